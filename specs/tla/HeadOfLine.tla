----------------------------- MODULE HeadOfLine -----------------------------
(***************************************************************************)
(* The response queue, STOP and RESUME (section 6).  A packet leaves its   *)
(* channel at once for the response queue of its connection, so that it    *)
(* blocks nobody behind it, and is charged to the budget of its channel    *)
(* until it moves to the receive buffer.  When it waits too long the       *)
(* sender is stopped.  The sender answers how far it had got; after that   *)
(* answer everything up to there may move, and the channel is free.        *)
(***************************************************************************)
EXTENDS Connection

\* Bytes of a waiting packet that are not in the receive buffer and were not read (NC-DATA-4).
Rest(c, q) == Missing(c.ahead, Higher(q.from, c.rcvNxt), q.to)

\* Of a packet that has a rest.
CarriesNext(c, q) == q.from <= c.rcvNxt

NothingToRead(c) == c.read = c.rcvNxt

\* NC-HOL-2 and the second half of NC-HOL-6.  `room` is what the receive buffer has left.
CanMove(c, q, room) ==
  LET rest == Rest(c, q) IN
  \/ rest = 0
  \/ rest <= room
  \/ /\ Repaired("R13")
     /\ CarriesNext(c, q)
     /\ NothingToRead(c) \/ ~Repaired("R46")
  \/ /\ Repaired("R21")
     /\ q.from < c.quiet   \* None is below every offset

\* The bytes enter the receive buffer; rcv_nxt moves over all that is in order now.
Take(c, from, to) ==
  LET bytes == Add(c.ahead, Higher(from, c.rcvNxt), to)
      next == {i \in bytes : i[1] <= c.rcvNxt}
  IN IF next = {} THEN [c EXCEPT !.ahead = bytes]
     ELSE [c EXCEPT !.ahead = bytes \ next, !.rcvNxt = (CHOOSE i \in next : TRUE)[2]]

RemoveAt(queue, i) == SubSeq(queue, 1, i - 1) \o SubSeq(queue, i + 1, Len(queue))

\* NC-HOL-2: the i-th packet of the response queue moves to the receive buffer.
MoveAt(c, i) ==
  LET q == c.queue[i] IN
  Take([c EXCEPT !.queue = RemoveAt(@, i)], q.from, q.to)

Room(c, size) == size - Held(c)

Movable(c, size) ==
  LET room == Room(c, size) IN {i \in DOMAIN c.queue : CanMove(c, c.queue[i], room)}

RECURSIVE MoveAll(_, _)
MoveAll(c, size) ==
  LET room == Room(c, size) IN
  IF \A i \in DOMAIN c.queue : ~CanMove(c, c.queue[i], room) THEN c
  ELSE LET first == CHOOSE i \in DOMAIN c.queue :
                      /\ CanMove(c, c.queue[i], room)
                      /\ \A j \in 1..(i - 1) : ~CanMove(c, c.queue[j], room)
       IN MoveAll(MoveAt(c, first), size)

\* NC-HOL-3: the timer runs while a packet waits and no STOP is outstanding.
HeadOfLineTimer(c, now, delay) ==
  IF c.queue = << >> \/ c.stopped
  THEN (IF c.holDeadline = Never THEN c ELSE [c EXCEPT !.holDeadline = Never])
  ELSE IF c.holDeadline = Never THEN [c EXCEPT !.holDeadline = Plus(now, delay)] ELSE c

\* After every step: all that can move has moved, and the timer runs if something waits.
Settle(c, k, now) ==
  IF c.queue = << >> /\ c.holDeadline = Never THEN c
  ELSE HeadOfLineTimer(IF Eager THEN MoveAll(c, k.receiveBuffer) ELSE c, now, k.holTimer)

\* NC-HOL-4: a new epoch begins.
SendStop(id, c) ==
  Send1([c EXCEPT !.epoch = @ + 1, !.stopped = TRUE, !.quiet = None, !.holDeadline = Never],
        Control("STOP", id, c, c.epoch + 1, 0))

\* NC-HOL-7: when RESUME may be sent, and when it is to be sent at the latest.
MayResume(c, size) == c.stopped /\ c.queue = << >> /\ Held(c) < size
MustResume(c) == c.stopped /\ c.queue = << >> /\ Held(c) = 0

SendResume(id, c) ==
  Send1([c EXCEPT !.stopped = FALSE, !.quiet = IF Repaired("R54") THEN None ELSE @],
        Control("RESUME", id, c, c.epoch, 0))

\* The legal ways to go on at a read or at a STOP_ACK.
Resumptions(id, c, size) ==
  IF ~MayResume(c, size) THEN {c}
  ELSE IF MustResume(c) THEN {SendResume(id, c)}
  ELSE {c, SendResume(id, c)}

\* NC-HOL-5, at the sender.
OnStop(id, c, epoch) ==
  LET stops == \/ /\ epoch > c.stopIn \/ ~Repaired("R20")
                  /\ epoch > c.resumed \/ ~Repaired("R18")
               \/ ~Repaired("R41")
      after == IF stops THEN [c EXCEPT !.stopIn = epoch, !.limit = SndNxtLimit(c),
                                       !.resumed = IF Repaired("R41") THEN @ ELSE 0]
               ELSE c
  IN Send1(after, [Control("STOP_ACK", id, c, epoch, None) EXCEPT !.low = c.sndNxt])

\* NC-HOL-8, at the sender.
OnResume(c, epoch) ==
  LET known == IF Repaired("R18") \/ Stopped(c) THEN epoch ELSE 0
      after == [c EXCEPT !.resumed =
                  Higher(@, IF Repaired("R19") /\ Repaired("R41")
                            THEN known ELSE Higher(known, c.stopIn))]
  IN IF Stopped(after) THEN after ELSE [after EXCEPT !.limit = None]

RECURSIVE MoveQueue(_)
MoveQueue(c) == IF c.queue = << >> THEN c ELSE MoveQueue(MoveAt(c, 1))

\* NC-HOL-6, at the receiver.  An offset beyond all that the peer can have sent would undo NC-HOL-9:
\* it counts as far as the peer can have got, or as a protocol error.
OnStopAck(id, c, epoch, offset) ==
  LET most == c.rcvNxt + PeerBuffer(c)
  IN IF ~(c.stopped /\ (epoch = c.epoch \/ ~Repaired("R22"))) THEN {c}
     ELSE {[MoveQueue(c) EXCEPT !.quiet = Lower(offset, most)]}
          \cup (IF offset > most THEN {Reset(id, c, "RESET", "PROTOCOL_ERROR")} ELSE {})
=============================================================================
