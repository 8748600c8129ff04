----------------------------- MODULE Connection -----------------------------
(***************************************************************************)
(* One end of a connection: a record, and the operators that several of    *)
(* the modules after this one need.  Operators named like an action take   *)
(* the record before and give the record after; NetChannel puts it back    *)
(* into its host.                                                          *)
(*                                                                         *)
(* There are no transmit queues here.  A packet is put on its channel when *)
(* it is seen there, and what an implementation had committed itself to    *)
(* before, without anybody seeing it, is bound late:                       *)
(*   - DATA stands in `pending` until it is seen on a channel;             *)
(*   - snd_nxt is known to lie between `sndNxt` and SndNxtLimit;           *)
(*   - control packets that have been decided stand in `out`, from where   *)
(*     NetChannel moves them to the control channel that was the newest.   *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, TLC, Time, Intervals

CONSTANTS
  Off,       \* repairs that are switched off: rows of races.md, and parts of clauses
  Eager      \* whether a packet that can move to the receive buffer does so at once

Repaired(row) == row \notin Off

None == -1   \* no offset, or no number, yet

\* Offsets from here on are beyond every stream that TLC's integers can hold; a hostile packet may
\* have one.
Huge == 1073741823

\* What the header's tag says in NCREFUSE and in RST.
RefuseReasons == <<"NO_LISTENER", "BACKLOG_FULL", "LIMIT">>
ResetReasons == <<"ABORTED", "UNKNOWN_CONNECTION", "CLOSED", "CHANNEL_LOST", "HOST_RESTARTED",
                  "PROTOCOL_ERROR", "BUFFER_EXCEEDED", "TIMEOUT">>
TagOf(reasons, reason) == CHOOSE i \in DOMAIN reasons : reasons[i] = reason

\* An end of a connection that has sent and received nothing.
NewConnection(role, class, local, remote) ==
  [role |-> role,          \* "connecting" or "accepting"
   class |-> class,        \* "LATENCY" or "THROUGHPUT", for both directions (NC-HS-1)
   local |-> local, remote |-> remote,   \* virtual ports
   alive |-> TRUE,         \* whether it is in the demultiplexing table
   state |-> "SYN_SENT",   \* or "ESTABLISHED", "CLOSED"
   error |-> "",           \* how it ended: "", "REFUSED", "TIMEOUT" or "RESET"
   reason |-> "",          \* and why, where there is a reason
   reading |-> TRUE,       \* until the application closes or aborts
   synDeadline |-> Never,  \* of the connect timeout (NC-HS-6)
   \* The sending direction.
   sent |-> 0,             \* bytes taken from the application
   pending |-> {},         \* those to be put on a channel, again or for the first time
   flight |-> << >>,       \* channel -> what is on it and not acknowledged, as <<from, to>>
   sndUna |-> 0,           \* snd_una; one more when the FIN is acknowledged
   sndNxt |-> 0,           \* snd_nxt is at least this
   limit |-> None,         \* while stopped: snd_nxt is at most this
   stopIn |-> 0,           \* epoch in force, of the STOPs received
   resumed |-> 0,          \* highest epoch resumed
   finAsked |-> FALSE,     \* the application wants no more to be sent
   finOn |-> {},           \* the control channels that a FIN was put on, or may have been
   finSeen |-> FALSE,      \* a FIN was seen on one
   finAgain |-> None,      \* the control channel that a FIN is to be repeated on
   finSpare |-> 0,         \* FINs that may come a second time on an older control channel (R55)
   lostDeadline |-> Never, \* of waiting for an active data channel (NC-FAIL-1)
   goneDeadline |-> Never, \* the same, counted while there is no data channel at all
   \* The receiving direction.
   peerBuffer |-> None,    \* the peer's announced send buffer
   rcvNxt |-> 0,           \* rcv_nxt without the FIN
   read |-> 0,             \* bytes the application has read
   ahead |-> {},           \* out-of-order bytes in the receive buffer
   queue |-> << >>,        \* the response queue
   fin |-> None,           \* the peer's final offset
   epoch |-> 0,            \* of the last STOP sent
   stopped |-> FALSE,      \* a STOP is outstanding
   quiet |-> None,         \* the offset of the STOP_ACK for it
   holDeadline |-> Never,  \* of the head-of-line timer
   ackSent |-> 0,          \* highest rcv_nxt that the peer was told
   ackDeadline |-> Never,  \* by when it is to be told more (NC-DATA-5)
   ackAgain |-> None,      \* rcv_nxt to be told again: a channel that may have carried it failed
   ackLost |-> 0,          \* rcv_nxt that may have been told on a control channel that failed
   \* Ghosts of mistakes that the repairs exclude.
   foreign |-> FALSE,      \* holds bytes of another connection (R10)
   lingering |-> {},       \* once dead: channels on which a packet of it may still come out
   out |-> << >>]          \* control packets decided in this step

\* rcv_nxt as the ack field says it: the FIN counts (NC-FIN-1).
RcvNxt(c) == IF c.fin # None /\ c.fin = c.rcvNxt THEN c.rcvNxt + 1 ELSE c.rcvNxt

\* The peer's announced send buffer; until it is known the largest there is (R48).
PeerBuffer(c) == IF c.peerBuffer = None THEN Huge ELSE c.peerBuffer

\* Bytes in the receive buffer.
Held(c) == (c.rcvNxt - c.read) + Count(c.ahead)

\* A STOP is in force when its epoch was not resumed (NC-HOL-5, NC-HOL-8).
Stopped(c) == c.stopIn > c.resumed

\* snd_nxt is at most this: what was handed over is never seen before it is pulled.
SndNxtLimit(c) == IF Stopped(c) THEN c.limit ELSE c.sent

FinReceived(c) == c.fin # None /\ c.fin = c.rcvNxt
FinAcknowledged(c) == c.sndUna = c.sent + 1
FinSent(c) == c.finSeen \/ FinAcknowledged(c)   \* known to be; it may have been without

\* NC-HDR-1: a control packet of connection `id`; what its type doesn't list is 0.  NetChannel fills
\* in the ack when it is pulled.  `again` says that it repeats what was sent on an earlier control
\* channel, `must` that it may not be left out.
Control(type, id, c, tag, offset) ==
  [type |-> type, connection |-> id, sourcePort |-> c.local, destinationPort |-> c.remote,
   tag |-> tag, offset |-> offset, low |-> 0, ack |-> None, again |-> FALSE, must |-> TRUE]

Send1(c, packet) == [c EXCEPT !.out = Append(@, packet)]

\* The end of both directions.  What is readable stays readable; nothing else does (NC-RST-1).  What
\* was committed to a channel before may still come out of it, so `pending` stays for a while.
Dead(c, error, reason) ==
  [c EXCEPT !.alive = FALSE, !.state = "CLOSED", !.error = error, !.reason = reason,
            !.flight = << >>, !.ahead = {}, !.queue = << >>,
            !.holDeadline = Never, !.ackDeadline = Never, !.synDeadline = Never,
            !.lostDeadline = Never, !.goneDeadline = Never, !.stopped = FALSE, !.ackAgain = None]

\* This end resets the connection and tells the peer (NC-RST-1).
Reset(id, c, error, reason) ==
  Send1(Dead(c, error, reason), Control("RST", id, c, TagOf(ResetReasons, reason), 0))
=============================================================================
