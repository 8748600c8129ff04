------------------------------ MODULE Closing -------------------------------
(***************************************************************************)
(* The end of a connection (section 7).  A FIN carries the final offset of *)
(* its direction, so it may overtake DATA; `ack` one past that offset says *)
(* that all of it arrived.  An RST ends both directions at once.           *)
(***************************************************************************)
EXTENDS Delivery

\* NC-FIN-1: a FIN can be put on a control channel once every byte was handed to a channel.  A
\* stopped sender that has bytes left cannot (NC-RST-2).
CanPutFin(c, channel) ==
  /\ c.state = "ESTABLISHED" \/ c.lingering # {}
  /\ c.finAsked
  /\ SndNxtLimit(c) = c.sent
  /\ channel \notin c.finOn \/ c.finSpare > 0
  /\ c.finOn = {} \/ Repaired("R30")   \* NC-FAIL-2

PutFin(c, channel) ==
  [c EXCEPT !.finOn = @ \cup {channel}, !.finSeen = TRUE, !.sndNxt = c.sent,
            !.finSpare = IF channel \in c.finOn THEN @ - 1 ELSE @]

\* A FIN has to stand on the newest control channel by now: every byte was seen on a channel.
MustFin(c, channel) ==
  /\ c.alive /\ c.state = "ESTABLISHED"
  /\ CanPutFin(c, channel) /\ channel \notin c.finOn
  /\ c.finOn = {} \/ c.finAgain = channel
  /\ ~FinAcknowledged(c)
  /\ {i \in c.pending : i[2] > c.sndUna} = {}

\* NC-FIN-5: both directions are over.  The last ACK is sent, and the connection is gone.  Bytes to
\* be sent again may stand in a transmit queue, though they have arrived: they may come out yet.
Finish(id, c) ==
  IF ~(c.alive /\ FinReceived(c) /\ FinAcknowledged(c)) THEN c
  ELSE Send1(Dead(c, "", ""),
             [Control("ACK", id, c, 0, 0) EXCEPT !.ack = RcvNxt(c),
                                                 !.must = c.ackSent < RcvNxt(c)])

\* NC-FIN-1, NC-HS-11: a FIN in SYN_SENT waits until the connection is established.
Shutdown(c) == [c EXCEPT !.finAsked = TRUE]

Unread(c) == c.read < c.rcvNxt \/ c.ahead # {} \/ c.queue # << >>

\* NC-FIN-4, NC-HS-11.
Close(id, c) ==
  LET closed == IF ~c.alive THEN c
                ELSE IF c.state = "SYN_SENT" \/ (Unread(c) /\ Repaired("R26"))
                THEN Reset(id, c, "RESET", "CLOSED") ELSE Shutdown(c)
  IN [closed EXCEPT !.reading = FALSE]

\* NC-RST-1: the application gives up.
Abort(id, c) ==
  IF c.alive THEN [Reset(id, c, "RESET", "ABORTED") EXCEPT !.reading = FALSE]
  ELSE [c EXCEPT !.reading = FALSE]

\* NC-FIN-1, NC-FIN-3.  A final offset beyond what NC-DATA-6 lets anybody send promises bytes that
\* can't come; whether the receiver says so at once is its own affair.
OnFin(id, c, packet) ==
  LET final == IF Repaired("R27") THEN packet.offset ELSE c.rcvNxt
      wrong == Repaired("R27") /\ ((c.fin # None /\ c.fin # final) \/ final < Received(c))
      known == IF c.fin # None THEN c ELSE [c EXCEPT !.fin = final]
  IN IF wrong THEN {Reset(id, c, "RESET", "PROTOCOL_ERROR")}
     ELSE {known} \cup (IF final > c.rcvNxt + PeerBuffer(c) \/ final >= Huge
                        THEN {Reset(id, c, "RESET", "BUFFER_EXCEEDED")} ELSE {})

\* NC-RST-1, NC-FIN-6, NC-HS-11.  Whether a FIN that nobody saw was sent is known to its host alone.
OnRst(c, reason) ==
  LET clean == /\ reason = "UNKNOWN_CONNECTION" /\ FinReceived(c) /\ Repaired("R51")
               /\ c.finAsked /\ SndNxtLimit(c) = c.sent
  IN (IF clean THEN {Dead(c, "", "")} ELSE {})
     \cup (IF clean /\ FinSent(c) THEN {} ELSE {Dead(c, "RESET", reason)})
=============================================================================
