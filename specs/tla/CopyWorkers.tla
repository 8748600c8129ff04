---------------------------- MODULE CopyWorkers -----------------------------
(***************************************************************************)
(* Bytes are copied between the memory of an application and the buffers   *)
(* of its connection by workers, several at a time and each at its own     *)
(* pace.  This module is about what may be said of bytes that are still    *)
(* being copied: to the network (they may not be handed to a channel), to  *)
(* the application (receive may not return them), and to both at the end   *)
(* (a FIN waits for them, and so does the close of a reader).              *)
(*                                                                         *)
(* One direction of one connection, from the sending application's memory  *)
(* over send buffer, channels and receive buffer to the receiving one's.   *)
(* What happens in between is the business of Delivery: here bytes arrive  *)
(* in order.  Copies begin in order, and end in any.                       *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, TLC

CONSTANTS
  Off,       \* repairs that are switched off: rows of races.md
  Workers,   \* the copy workers, which serve both ends
  Size,      \* how many bytes the sending application has
  MaxPiece   \* how many bytes one copy has at most

VARIABLES
  copy,      \* "send" and "receive" -> the state of the copies there (Untouched)
  task,      \* worker -> the piece it copies, or Idle
  taken,     \* bytes taken from the sending application
  sndNxt,    \* bytes handed to a channel
  arrived,   \* bytes in the receive buffer
  fin,       \* the final offset that a FIN told the receiver, or None
  closed,    \* whether the sending application has closed
  left       \* whether the close of the receiving application has returned

vars == <<copy, task, taken, sndNxt, arrived, fin, closed, left>>

\* Workers are told apart by nothing but their names: they are compared with each other and with
\* nothing else, no CHOOSE is among them, and no invariant names one.  So states that differ in
\* names only are one.  Not for temporal properties: TLC may then miss a violation.
Symmetry == Permutations(Workers)

Repaired(row) == row \notin Off
None == -1
Idle == [at |-> "nowhere", from |-> 0, to |-> 0]

Ends == {"send", "receive"}
Untouched ==
  [begun |-> 0,        \* bytes below this were given to workers
   done |-> {},        \* offsets whose copies have ended
   complete |-> 0]     \* bytes below this count as copied

Init ==
  /\ copy = [end \in Ends |-> Untouched]
  /\ task = [w \in Workers |-> Idle]
  /\ taken = 0 /\ sndNxt = 0 /\ arrived = 0
  /\ fin = None /\ closed = FALSE /\ left = FALSE

-----------------------------------------------------------------------------
(* Workers. *)

\* The bytes that are there to be copied: those that the application gave, those that arrived.
Source(end) == IF end = "send" THEN taken ELSE arrived

\* A worker takes the next piece.  For a reader that has closed nothing more is copied.
Begin(w, end) ==
  /\ task[w] = Idle
  /\ end = "receive" => ~left
  /\ \E length \in 1..MaxPiece :
       LET from == copy[end].begun
           to == from + length
       IN /\ to <= Source(end)
          /\ task' = [task EXCEPT ![w] = [at |-> end, from |-> from, to |-> to]]
          /\ copy' = [copy EXCEPT ![end].begun = to]
  /\ UNCHANGED <<taken, sndNxt, arrived, fin, closed, left>>

\* How many bytes there are from 0 on without a gap.
Prefix(offsets) == CHOOSE n \in 0..Size : n \notin offsets /\ 0..(n - 1) \subseteq offsets

\* R37: copies complete in order.  With the repair off a counter goes up by what was copied.
Finish(w) ==
  /\ task[w] # Idle
  /\ LET piece == task[w]
         done == copy[piece.at].done \cup piece.from..(piece.to - 1)
     IN copy' = [copy EXCEPT ![piece.at].done = done,
                             ![piece.at].complete =
                                IF Repaired("R37") THEN Prefix(done) ELSE Cardinality(done)]
  /\ task' = [task EXCEPT ![w] = Idle]
  /\ UNCHANGED <<taken, sndNxt, arrived, fin, closed, left>>

Copies(end) == {w \in Workers : task[w].at = end}

-----------------------------------------------------------------------------
(* The sending end. *)

\* The application sends; it is told that the bytes are taken before they are copied.
Send ==
  /\ ~closed
  /\ \E n \in 1..(Size - taken) : taken' = taken + n
  /\ UNCHANGED <<copy, task, sndNxt, arrived, fin, closed, left>>

Close ==
  /\ ~closed
  /\ closed' = TRUE
  /\ UNCHANGED <<copy, task, taken, sndNxt, arrived, fin, left>>

\* A byte that is completely in the send buffer is handed to a channel.
Hand ==
  /\ sndNxt < copy["send"].complete
  /\ fin = None
  /\ sndNxt' = sndNxt + 1
  /\ UNCHANGED <<copy, task, taken, arrived, fin, closed, left>>

\* NC-FIN-1: FIN comes after every byte was handed to a channel.  R29: bytes that are still being
\* copied are bytes too.  With the repair off all that is in the send buffer counts as all.
SendFin ==
  /\ closed /\ fin = None
  /\ sndNxt = IF Repaired("R29") THEN taken ELSE copy["send"].complete
  /\ fin' = taken
  /\ UNCHANGED <<copy, task, taken, sndNxt, arrived, closed, left>>

-----------------------------------------------------------------------------
(* The receiving end.  Receive returns the bytes below complete, which moves by itself. *)

Arrive ==
  /\ arrived < sndNxt
  /\ arrived' = arrived + 1
  /\ UNCHANGED <<copy, task, taken, sndNxt, fin, closed, left>>

\* The reader closes, and its memory is its own again.  R29: not while a worker copies into it.
Leave ==
  /\ ~left
  /\ Repaired("R29") => Copies("receive") = {}
  /\ left' = TRUE
  /\ UNCHANGED <<copy, task, taken, sndNxt, arrived, fin, closed>>

-----------------------------------------------------------------------------
\* What goes on by itself.  An application need not send, close or leave.
System ==
  \/ \E w \in Workers : Finish(w) \/ \E end \in Ends : Begin(w, end)
  \/ Hand \/ SendFin \/ Arrive

Next == System \/ Send \/ Close \/ Leave

\* Every worker that copies comes to an end, and the hosts and channels between go on.
Spec == Init /\ [][Next]_vars /\ WF_vars(System)

-----------------------------------------------------------------------------
(* What has to hold. *)

\* R37: a channel carries bytes that were copied before.
SentBytesAreThere == 0..(sndNxt - 1) \subseteq copy["send"].done

\* R37: receive returns bytes that were copied before.
ReturnedBytesAreThere == 0..(copy["receive"].complete - 1) \subseteq copy["receive"].done

\* R29, NC-FIN-1: every byte below the final offset was handed to a channel.
FinIsLast == fin # None => sndNxt = fin

\* R29: nobody writes into the memory of an application that closed.
NoCopyAfterClose == left => Copies("receive") = {}

\* NC-FIN-2: a reader that stays sees the end of a stream that was closed, with all of its bytes.
EndIsSeen == closed ~> left \/ (fin # None /\ copy["receive"].complete = fin)
=============================================================================
