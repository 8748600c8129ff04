----------------------------- MODULE ByteStream -----------------------------
(***************************************************************************)
(* What an application may rely on, and all that it has to know: a         *)
(* connection is a duplex stream of bytes.  What one end sends the other   *)
(* receives, in order, each byte once.  Each end can close its direction   *)
(* and still receive.  A connection is opened by one end, and may be       *)
(* refused; it is over when both directions are closed and everything has  *)
(* arrived, or at once, when it is reset.                                  *)
(*                                                                         *)
(* Channels, packets, acknowledgements, queues and timers don't occur.     *)
(* NetChannel refines this module (MCByteStream says how).                 *)
(***************************************************************************)
EXTENDS Naturals

CONSTANTS
  Connections,
  Sides,         \* two of them: one opens, one accepts
  Readers,       \* <<end, connection>>: an application that goes on receiving
  MayBeReset     \* connections that somebody may reset

VARIABLE
  stream         \* connection -> end -> what its application can know

Other(e) == CHOOSE f \in Sides : f # e

\* An end of a connection.
End ==
  [state : {"none", "opening", "open", "over"},
   how : {"", "REFUSED", "TIMEOUT", "RESET"},   \* why it is over, if not because all was done
   sent : Nat,       \* bytes that its application has given
   shut : BOOLEAN,   \* its application gives no more
   ready : Nat,      \* bytes of the other end that have arrived, in order
   got : Nat,        \* those that its application has received
   end : BOOLEAN]    \* the end of the other direction has arrived

Fresh(state) ==
  [state |-> state, how |-> "", sent |-> 0, shut |-> FALSE, ready |-> 0, got |-> 0, end |-> FALSE]

Init ==
  /\ DOMAIN stream = Connections
  /\ \A c \in Connections :
       stream[c] \in [Sides -> {Fresh("none"), Fresh("open")}]

-----------------------------------------------------------------------------
(* One step of one end; `other` is the other end of the connection.        *)

\* Section 10: connect, accept, and how they end.  A connection never goes back.
Rank == [none |-> 0, opening |-> 1, open |-> 2, over |-> 3]
Progress(old, new) == Rank[new.state] >= Rank[old.state]

\* NC-DATA-1, sending: a stream only grows, and not once it is closed.
Sends(old, new) ==
  /\ new.sent >= old.sent
  /\ new.sent > old.sent => old.state = "open" /\ ~old.shut
  /\ old.shut => new.shut

\* NC-DATA-1, receiving: nothing that was not sent, nothing twice, nothing left out.
Receives(old, new, other) ==
  /\ new.ready >= old.ready /\ new.ready <= other.sent
  /\ new.got >= old.got /\ new.got <= old.ready

\* NC-FIN-2: the end of a stream comes after its last byte.
SeesEnd(old, new, other) ==
  /\ old.end => new.end
  /\ new.end => other.shut /\ new.ready = other.sent

\* NC-FIN-5: a connection is over in peace when each end has seen the end of the other one's stream,
\* and with it all of its bytes (SeesEnd).
IsDone(new, other) == new.end /\ other.end

\* NC-HS-4, NC-HS-6, NC-RST-1: or it failed to open, or somebody has reset it.
IsOver(c, old, new, other) ==
  (old.state # "over" /\ new.state = "over") =>
     \/ new.how = "" /\ IsDone(new, other)
     \/ new.how \in {"REFUSED", "TIMEOUT"} /\ old.state = "opening"
     \/ new.how = "RESET" /\ c \in MayBeReset

\* Once it is over nothing is said of it any more but how it ended.
Stays(old, new) == old.state = "over" => new.how = old.how

Step(c, e) ==
  LET old == stream[c][e]
      new == stream'[c][e]
      other == stream[c][Other(e)]
  IN /\ new \in End
     /\ Progress(old, new) /\ Sends(old, new) /\ Receives(old, new, other)
     /\ SeesEnd(old, new, other) /\ IsOver(c, old, new, other) /\ Stays(old, new)

\* A step is taken at one end, of any number of connections at a time: a host may restart.
Next ==
  \E e \in Sides : \A c \in Connections :
    Step(c, e) /\ stream'[c][Other(e)] = stream[c][Other(e)]

-----------------------------------------------------------------------------
(* Promises.  What has to keep working is named in each of them.           *)

Over(c) == \E e \in Sides : stream[c][e].state = "over" /\ stream[c][e].how # ""

\* Every byte is delivered while the application of the receiving end goes on receiving, whatever
\* the readers of other connections do (NC-HOL-10).
EveryByteArrives ==
  \A r \in Readers :
    LET e == r[1]
        c == r[2]
    IN []<>(stream[c][e].got = stream[c][Other(e)].sent \/ Over(c))

\* Every connect returns.
EveryConnectReturns ==
  \A c \in Connections, e \in Sides : []<>(stream[c][e].state # "opening")

\* Who goes on receiving sees the end of a stream that was closed.
EveryEndArrives ==
  \A r \in Readers :
    LET e == r[1]
        c == r[2]
    IN []<>(stream[c][Other(e)].shut => stream[c][e].end \/ Over(c))

\* Every close finishes when both applications have closed and go on receiving.
EveryCloseFinishes ==
  \A c \in Connections :
    (\A e \in Sides : <<e, c>> \in Readers) =>
      []<>((\A e \in Sides : stream[c][e].shut) => \A e \in Sides : stream[c][e].state = "over")

Promises == EveryByteArrives /\ EveryConnectReturns /\ EveryEndArrives /\ EveryCloseFinishes

Spec == Init /\ [][Next]_stream /\ Promises
=============================================================================
