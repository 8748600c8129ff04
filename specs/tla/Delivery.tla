------------------------------ MODULE Delivery ------------------------------
(***************************************************************************)
(* In-order delivery over many channels (section 5).  The sender cuts the  *)
(* stream anywhere and puts each piece on any channel; the receiver puts   *)
(* the pieces in order by their offsets, and drops what it has already.    *)
(***************************************************************************)
EXTENDS HeadOfLine

\* Bytes that the sender may still take from the application (NC-DATA-3).
SendSpace(c, k) ==
  IF Repaired("R25") THEN k.sendBuffer - (c.sent - Lower(c.sndUna, c.sent)) ELSE Huge

\* NC-DATA-3: the application gives n bytes.
Send(c, n) ==
  [c EXCEPT !.sent = @ + n, !.pending = Add(@, c.sent, c.sent + n)]

OnChannel(c, channel) ==
  IF channel \in DOMAIN c.flight THEN c.flight[channel] ELSE << >>

\* NC-DATA-2, NC-HS-5: the bytes [from, to) can be put on a channel now.
CanPutData(c, from, to) ==
  /\ c.state = "ESTABLISHED" \/ ~Repaired("R2")                                       \* NC-HS-5
  /\ from < to
  /\ to <= SndNxtLimit(c)
  /\ Covers(c.pending, from, to)

\* NC-DATA-2: and so they are.
PutData(c, channel, from, to) ==
  [c EXCEPT !.pending = Remove(@, from, to),
            !.sndNxt = Higher(@, to),
            !.flight = (channel :> Append(OnChannel(c, channel), <<from, to>>)) @@ @]

\* NC-DATA-5: what a packet with this ack tells the peer.  The delay runs anew for what is unsaid.
TellAck(c, ack, now, k) ==
  LET told == Higher(c.ackSent, ack) IN
  IF told = c.ackSent /\ c.ackAgain = None THEN c
  ELSE [c EXCEPT !.ackSent = told,
                 !.ackAgain = IF ack >= @ THEN None ELSE @,
                 !.ackDeadline = IF told = RcvNxt(c) THEN Never ELSE Plus(now, k.ackDelay)]

\* NC-FAIL-2: what an implementation may have said without anybody seeing it counts as said.  The
\* next control channel repeats it.
MayHaveTold(c) == Higher(c.ackSent, c.ackLost)

\* NC-DATA-5: there is something to acknowledge.
AckTimer(c, now, k) ==
  IF c.alive /\ MayHaveTold(c) < RcvNxt(c) /\ c.ackDeadline = Never
  THEN [c EXCEPT !.ackDeadline = Plus(now, k.ackDelay)]
  ELSE c

\* NC-DATA-5: an ACK has to stand on the control channel by now.  While DATA waits to be sent the
\* acknowledgement may be riding on it, unseen.
MustAck(c, now) ==
  /\ c.alive /\ c.state = "ESTABLISHED"
  /\ {i \in c.pending : i[2] > c.sndUna} = {}
  /\ \/ c.ackAgain # None
     \/ /\ MayHaveTold(c) < RcvNxt(c)
        /\ \/ Due(c.ackDeadline, now)
           \/ c.peerBuffer # None /\ 4 * (c.rcvNxt - MayHaveTold(c)) >= c.peerBuffer

\* An ack value is a lie when it is over snd_nxt, which counts the FIN.
AckIsWrong(c, ack) == ack > IF FinSent(c) THEN c.sent + 1 ELSE c.sndNxt
AckMayBeRight(c, ack) ==
  ack <= IF c.finAsked /\ SndNxtLimit(c) = c.sent THEN c.sent + 1 ELSE SndNxtLimit(c)

\* NC-DATA-5: bytes below ack are acknowledged; an ack under snd_una is old.
OnAck(c, ack) ==
  IF ack <= c.sndUna THEN c
  ELSE [c EXCEPT !.sndUna = ack,
                 !.sndNxt = Higher(@, Lower(ack, c.sent)),
                 !.flight = [channel \in DOMAIN @ |->
                               SelectSeq(@[channel], LAMBDA piece : piece[2] > ack)]]

\* NC-FAIL-1: what was on the channel and is not acknowledged has to be sent again.
RECURSIVE AddAll(_, _, _)
AddAll(S, pieces, from) ==
  IF pieces = << >> THEN S
  ELSE AddAll(Add(S, Higher(Head(pieces)[1], from), Head(pieces)[2]), Tail(pieces), from)

LoseChannel(c, channel) ==
  IF channel \notin DOMAIN c.flight THEN c
  ELSE [c EXCEPT !.pending = IF Repaired("R33") THEN AddAll(@, c.flight[channel], c.sndUna) ELSE @,
                 !.flight = [n \in DOMAIN @ \ {channel} |-> @[n]],
                 !.ackAgain = IF c.alive /\ Repaired("R47") THEN RcvNxt(c) ELSE @]

\* One past the highest byte received, in a response queue or not.
Received(c) ==
  LET queued == {c.queue[i].to : i \in DOMAIN c.queue}
  IN Largest({c.rcvNxt, End(c.ahead, 0)} \cup queued)

\* What is wrong with a packet of DATA.  Where two things are, the receiver may name either.
Complaints(c, packet) ==
  LET end == packet.offset + packet.length
  IN (IF c.fin # None /\ end > c.fin THEN {"PROTOCOL_ERROR"} ELSE {})                  \* NC-FIN-3
     \cup (IF packet.offset >= Huge \/ (end > c.rcvNxt + PeerBuffer(c) /\ Repaired("R25"))
           THEN {"BUFFER_EXCEEDED"} ELSE {})                                          \* NC-DATA-6

\* Offsets never wrap.  With the repair of R12 off they are as narrow as serial numbers may be, that
\* is, twice the window, and the receiver takes the one that lies next to rcv_nxt.
Unwrapped(c, offset) ==
  IF Repaired("R12") THEN offset
  ELSE LET window == PeerBuffer(c)
       IN CHOOSE x \in (c.rcvNxt - window)..(c.rcvNxt + window - 1) :
            (x - offset) % (2 * window) = 0

\* NC-HOL-1, NC-DATA-4: bytes that are new wait in the response queue; the others are dropped.  New
\* ones for a reader that has closed are answered by a reset (NC-FIN-4).
OnData(id, c, channel, packet) ==
  LET complaints == Complaints(c, packet)
      from == Unwrapped(c, packet.offset)
      piece == [channel |-> channel, from |-> from, to |-> from + packet.length,
                length |-> packet.length]
  IN IF complaints # {} THEN {Reset(id, c, "RESET", complaint) : complaint \in complaints}
     ELSE IF Rest(c, piece) = 0 THEN {c}
     ELSE IF ~c.reading THEN {IF Repaired("R26") THEN Reset(id, c, "RESET", "CLOSED") ELSE c}
     ELSE {[c EXCEPT !.queue = Append(@, piece),
                     !.foreign = @ \/ packet.connection # id \/ from # packet.offset]}
=============================================================================
