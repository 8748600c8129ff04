---------------------------- MODULE TraceClauses ----------------------------
(***************************************************************************)
(* For a person: which clauses of the protocol the current event           *)
(* exercises, and, where no behaviour has it, why, and what could have     *)
(* been there instead.  Nothing here decides whether a trace is accepted.  *)
(***************************************************************************)
EXTENDS TraceEvent

Fault(wrong, clause, what) == IF wrong THEN {[clause |-> clause, fault |-> what]} ELSE {}

PulledClauses(type) ==
  CASE type = "HELLO" -> {"NC-CH-2"}
    [] type = "NCSYN" -> {"NC-HS-1"}
    [] type = "NCSYN_ACK" -> {"NC-HS-2"}
    [] type = "NCREFUSE" -> {"NC-HS-2"}
    [] type = "DATA" -> {"NC-DATA-2", "NC-DATA-3", "NC-SCH-1"}
    [] type = "ACK" -> {"NC-DATA-5"}
    [] type = "STOP" -> {"NC-HOL-3", "NC-HOL-4"}
    [] type = "STOP_ACK" -> {"NC-HOL-5"}
    [] type = "RESUME" -> {"NC-HOL-7"}
    [] type = "FIN" -> {"NC-FIN-1"}
    [] type = "RST" -> {"NC-RST-1"}
    [] type = "CHANNEL_CLOSE" -> {"NC-CH-5"}
    [] OTHER -> {"NC-HDR-1"}

DeliveredClauses(c, type) ==
  CASE type = "NCSYN" -> {"NC-HS-2"}
    [] type = "NCSYN_ACK" -> {"NC-HS-3"}
    [] type = "NCREFUSE" -> {"NC-HS-4"}
    [] type = "ACK" -> {"NC-DATA-5"}
    [] type = "STOP" -> {"NC-HOL-5"}
    [] type = "STOP_ACK" -> {"NC-HOL-6"}
    [] type = "RESUME" -> {"NC-HOL-8"}
    [] type = "FIN" -> {"NC-FIN-1", "NC-FIN-3"}
    [] type = "RST" -> {"NC-RST-1"}
    [] OTHER -> {}

\* NC-HDR-1: fields that the packet's type doesn't list, and that are not 0.
HasSpareFields(p) ==
  \/ p.tag # 0 /\ p.type \notin {"NCSYN", "NCREFUSE", "RST", "STOP", "STOP_ACK", "RESUME"}
  \/ p.offset # 0 /\ p.type \notin {"DATA", "FIN", "STOP_ACK", "NCSYN", "NCSYN_ACK"}
  \/ p.ack # 0 /\ p.type \in {"HELLO", "CHANNEL_CLOSE", "NCSYN", "NCREFUSE"}
  \/ /\ p.connection # NoId \/ p.sourcePort # 0 \/ p.destinationPort # 0
     /\ p.type \in {"HELLO", "CHANNEL_CLOSE"}

\* NC-HOL-10: somebody else's reader has stopped its peer, and this goes on.
AnotherIsStopped(id) ==
  \E other \in DOMAIN H.conn \ {id} : H.conn[other].alive /\ H.conn[other].stopped

\* NC-FIN-5: with this packet both directions are over.
EndsBoth(c, p) ==
  /\ p.ack = c.sent + 1 \/ FinAcknowledged(c)
  /\ \/ FinReceived(c)
     \/ p.type = "FIN" /\ p.offset = c.rcvNxt
     \/ p.type = "DATA" /\ p.offset <= c.rcvNxt /\ p.offset + p.length = c.fin

\* DATA for a connection: what it shows depends on what is there already.
DataClauses(c, p, n) ==
  LET piece == [from |-> p.offset, to |-> p.offset + p.length]
      rest == Rest(c, piece)
  IN {"NC-DATA-1", "NC-HOL-1"}
     \cup (IF rest < p.length THEN {"NC-DATA-4"} ELSE {})
     \cup (IF Complaints(c, p) # {} THEN {"NC-DATA-6", "NC-FIN-3"} ELSE {})
     \cup (IF ~c.reading THEN {"NC-FIN-4"} ELSE {})
     \cup (IF Held(c) + rest > H.config.receiveBuffer THEN {"NC-HOL-2", "NC-HOL-3"} ELSE {})
     \cup (IF c.quiet # None THEN {"NC-HOL-6"} ELSE {})
     \cup (IF c.class # H.chan[n].class THEN {"NC-HDR-5"} ELSE {})
     \cup (IF AnotherIsStopped(p.connection) THEN {"NC-HOL-10"} ELSE {})

\* What is special about a packet for a connection that is opening.
OpeningClauses(c, p) ==
  IF c.state # "SYN_SENT" THEN {}
  ELSE {"NC-HS-3"} \cup (IF p.type = "RST" THEN {"NC-HS-11"} ELSE {})
                   \cup (IF c.finAsked THEN {"NC-HS-11"} ELSE {})

KnownClauses(c, p, n) ==
  IF ~PortsFit(c, p) THEN {"NC-HDR-4"}
  ELSE DeliveredClauses(c, p.type)
       \cup (IF p.type = "DATA" THEN DataClauses(c, p, n) ELSE {})
       \cup OpeningClauses(c, p)
       \cup (IF p.type \notin {"NCSYN", "NCREFUSE", "RST"} /\ AckIsWrong(c, p.ack)
             THEN {"NC-DATA-5"} ELSE {})
       \cup (IF p.type = "FIN" /\ p.offset > c.rcvNxt THEN {"NC-FIN-2"} ELSE {})
       \cup (IF EndsBoth(c, p) THEN {"NC-FIN-5"} ELSE {})
       \cup (IF p.type = "RST" /\ p.tag = 2 /\ FinReceived(c) /\ c.finOn # {}
             THEN {"NC-FIN-6"} ELSE {})
       \cup (IF p.type = "STOP_ACK" /\ c.stopped /\ p.tag = c.epoch /\ c.queue # << >>
             THEN {"NC-HOL-9"} ELSE {})

\* NC-HS-9: this host has asked for a connection, too, and has no answer yet.
Crosses == \E id \in DOMAIN H.conn : H.conn[id].state = "SYN_SENT"

PacketClauses(n, p) ==
  CASE ~IsUp(H, n) -> {"NC-FAIL-5", "NC-CH-1"}
    [] ~Reads(H, n) -> {"NC-CH-4", "NC-HOL-2", "NC-HOL-6"}
    [] p.type = "UNREADABLE" -> {"NC-HDR-2"}
    [] p.type = "HELLO" -> {"NC-CH-2", "NC-FAIL-3"}
    [] p.type = "UNKNOWN" -> {"NC-HDR-3"}
    [] p.type = "CHANNEL_CLOSE" -> {"NC-CH-5"}
    [] BreaksChannel(H, n, p) -> {"NC-HDR-2", "NC-HDR-5", "NC-CH-2"}
    [] IsKnown(H, p.connection) -> KnownClauses(H.conn[p.connection], p, n)
    [] p.type = "NCSYN" ->
         {"NC-HS-2", "NC-HS-7"} \cup (IF Crosses THEN {"NC-HS-9"} ELSE {})
    [] OTHER -> {"NC-HS-7"}

\* NC-FAIL-5: the other host sees the channel as failed.
IsHalfFailed(n) ==
  LET other == host[Peer[E.host]]
  IN "config" \in DOMAIN other /\ n \in DOMAIN other.chan /\ ~IsUp(other, n)

ArrivalClauses(n, p) ==
  PacketClauses(n, p)
    \cup (IF IsHalfFailed(n) THEN {"NC-FAIL-5"} ELSE {})
    \cup (IF p.type \notin {"UNREADABLE", "UNKNOWN"} /\ HasSpareFields(p) THEN {"NC-HDR-1"} ELSE {})

HasFailed(K) == \E n \in DOMAIN K.chan : ~IsUp(K, n)

ReceiveClauses ==
  {"NC-DATA-1"} \cup
    (IF ~Socket(E.socket) THEN {}
     ELSE (IF Conn.stopped THEN {"NC-HOL-7"} ELSE {})
          \cup (IF Conn.fin # None THEN {"NC-FIN-2"} ELSE {})
          \cup (IF Conn.error # "" THEN {"NC-RST-1"} ELSE {})
          \cup (IF E.length > 0 /\ HasFailed(H) THEN {"NC-FAIL-4"} ELSE {}))

\* NC-HS-11, NC-HS-5: what is asked of a connection that is opening.
IsOpening == Socket(E.socket) /\ Conn.state = "SYN_SENT"

ApplicationClauses ==
  CASE E.op = "connect" -> {"NC-HS-1"}
    [] E.op = "accept" -> {"NC-HS-2", "NC-HS-10"}
    [] E.op = "send" -> {"NC-DATA-3"} \cup (IF IsOpening THEN {"NC-HS-5"} ELSE {})
    [] E.op = "receive" -> ReceiveClauses
    [] E.op = "shutdown" -> {"NC-FIN-1"} \cup (IF IsOpening THEN {"NC-HS-11"} ELSE {})
    [] E.op = "close" -> {"NC-FIN-4"} \cup (IF IsOpening THEN {"NC-HS-11"} ELSE {})
    [] E.op = "abort" -> {"NC-RST-1"}
    [] E.op = "unlisten" -> {"NC-HS-8"}
    [] OTHER -> {}

\* NC-SCH-2: more waits than the channels of the class may take.
Waits(n, c) ==
  Count(c.pending) > H.config.queueThreshold * Cardinality(ActiveChannels(H, H.chan[n].class))

PullClauses(n, p) ==
  LET known == p.connection \in DOMAIN H.conn
      c == H.conn[p.connection]
  IN PulledClauses(p.type)
     \cup (IF H.chan[n].state = "DRAINING" THEN {"NC-CH-5"} ELSE {})
     \cup (IF p.type \in {"FIN", "RST"} /\ known /\ Stopped(c) THEN {"NC-RST-2"} ELSE {})
     \cup (IF p.type = "DATA" /\ known /\ Waits(n, c) THEN {"NC-SCH-2"} ELSE {})
     \cup (IF p.type = "DATA" /\ Cardinality(ActiveChannels(H, H.chan[n].class)) > 1
           THEN {"NC-SCH-3"} ELSE {})

\* NC-HS-6: an answer is waited for no longer.
TimesOut ==
  LET then == Plus(H.now, E.by)
  IN \E id \in DOMAIN H.conn :
       H.conn[id].alive /\ H.conn[id].synDeadline # Never /\ Due(H.conn[id].synDeadline, then)

NetworkClauses ==
  CASE E.op = "deliver" -> ArrivalClauses(E.channel, E.packet)
    [] E.op = "pull" -> PullClauses(E.channel, E.packet)
    [] E.op = "channelUp" -> IF E.class = "CONTROL" THEN {"NC-CH-3", "NC-FAIL-2"} ELSE {"NC-CH-2"}
    [] E.op = "channelDown" -> {"NC-FAIL-1", "NC-CH-1"}
    [] E.op = "channelDrain" -> {"NC-CH-5"}
    [] E.op = "advance" -> IF TimesOut THEN {"NC-HS-6"} ELSE {}
    [] OTHER -> {}

\* An application learns how its connection ended.
ErrorClauses ==
  CASE E.error = "RESET" -> {"NC-RST-1"}
    [] E.error = "REFUSED" /\ E.op # "connect" -> {"NC-HS-4"}
    [] E.error = "TIMEOUT" -> {"NC-HS-6"}
    [] E.error = "NOT_CONNECTED" -> {"NC-FIN-1"}
    [] OTHER -> {}

\* The clauses that the current event exercises.
Exercised ==
  CASE ~IsOpen -> {}
    [] IsOpen /\ ~E.ok -> ErrorClauses
    [] OTHER -> ApplicationClauses \cup NetworkClauses

ConnectionFaults(c, p) ==
  Fault(p.sourcePort # c.local \/ p.destinationPort # c.remote, "NC-HDR-4",
        "the ports are not the connection's")
  \cup Fault(p.ack > RcvNxt(c), "NC-HOL-2",
              "it acknowledges bytes that are not in the receive buffer")
  \cup Fault(p.ack > RcvNxt(c), "NC-DATA-5", "ack is over rcv_nxt")

DataFaults(n, c, p) ==
  LET ch == H.chan[n]
      end == p.offset + p.length
  IN Fault(~ch.helloIn, "NC-CH-2", "the peer's HELLO has not arrived on this channel")
     \cup Fault(ch.closeOut \/ ch.state = "DRAINING", "NC-CH-5",
                "the channel is draining, or CHANNEL_CLOSE went out on it")
     \cup Fault(ch.class # c.class, "NC-SCH-1", "the channel is of another class")
     \cup Fault(p.length > ch.largest, "NC-HDR-2", "longer than the peer accepts")
     \cup Fault(Stopped(c) /\ end > c.limit, "NC-HOL-5",
                 "a STOP is in force, and these bytes are new")
     \cup Fault(Stopped(c) /\ end > c.limit, "NC-HOL-8", "no RESUME for the STOP in force arrived")
     \cup Fault(c.state = "SYN_SENT", "NC-HS-5", "the connection is not established")
     \cup Fault(end > c.sent, "NC-DATA-1", "the application gave no such bytes")
     \cup Fault(end <= c.sent /\ ~Covers(c.pending, p.offset, end), "NC-DATA-2",
                "the bytes were put on a channel already")
     \cup Fault(end <= c.sent /\ ~Covers(c.pending, p.offset, end), "NC-FAIL-1",
                "no channel that they were on has failed")

FinFaults(n, c, p) ==
  Fault(~c.finAsked, "NC-FIN-1", "the application has not shut down")
  \cup Fault(p.offset # c.sent, "NC-FIN-1", "the offset is not the final one")
  \cup Fault(SndNxtLimit(c) # c.sent, "NC-RST-2", "stopped, with bytes left")
  \cup Fault(n \in c.finOn, "NC-FIN-1", "a second FIN on this control channel")

\* What an RST with this tag is about.
ResetClauses(tag) ==
  LET reason == IF tag \in DOMAIN ResetReasons THEN ResetReasons[tag] ELSE ""
  IN CASE reason = "UNKNOWN_CONNECTION" -> {"NC-HS-7", "NC-HS-2"}
       [] reason = "CLOSED" -> {"NC-FIN-4", "NC-HS-8", "NC-DATA-4"}
       [] reason = "CHANNEL_LOST" -> {"NC-FAIL-1"}
       [] reason = "HOST_RESTARTED" -> {"NC-FAIL-3"}
       [] reason = "PROTOCOL_ERROR" -> {"NC-FIN-3", "NC-DATA-5", "NC-HDR-5"}
       [] reason = "BUFFER_EXCEEDED" -> {"NC-DATA-6"}
       [] reason = "TIMEOUT" -> {"NC-HS-6", "NC-HS-3"}
       [] OTHER -> {}

\* What is called for instead, for the same connection.
CalledFor(n, p) ==
  LET owed == H.chan[n].owed
      same == {owed[i] : i \in {j \in DOMAIN owed : owed[j].connection = p.connection}}
      Text(o) == "called for instead: " \o o.type \o ", tag " \o ToString(o.tag)
  IN UNION {{[clause |-> clause, fault |-> Text(o)] : clause \in PulledClauses(o.type)} :
              o \in same}

OwedFaults(n, p) ==
  LET owed == H.chan[n].owed
      same == {i \in DOMAIN owed : owed[i].type = p.type /\ owed[i].connection = p.connection}
      about == PulledClauses(p.type) \cup IF p.type = "RST" THEN ResetClauses(p.tag) ELSE {}
      what == IF same = {} THEN "nothing calls for this packet"
              ELSE "its fields or its turn are not those of the one that is called for"
  IN {[clause |-> clause, fault |-> what] : clause \in about} \cup CalledFor(n, p)

PullFaults(n, p) ==
  LET known == p.connection \in DOMAIN H.conn
      c == H.conn[p.connection]
  IN Fault(~IsUp(H, n), "NC-CH-1", "the channel has failed")
     \cup Fault(IsUp(H, n) /\ ~H.chan[n].helloOut /\ p.type # "HELLO", "NC-CH-2", "HELLO is first")
     \cup Fault(H.chan[n].helloOut /\ p.type = "HELLO", "NC-CH-2", "HELLO is sent once")
     \cup Fault(~p.intact, "NC-DATA-1", "the payload is not what the application gave")
     \cup (IF p.type \in {"DATA", "FIN", "ACK"} /\ ~known
           THEN Fault(TRUE, "NC-HS-1", "there is no such connection") ELSE {})
     \cup (IF known /\ p.type \notin {"NCSYN", "NCREFUSE", "RST"}
            THEN ConnectionFaults(c, p) ELSE {})
     \cup (IF p.type = "DATA" /\ known THEN DataFaults(n, c, p) ELSE {})
     \cup (IF p.type = "FIN" /\ known THEN FinFaults(n, c, p) ELSE {})
     \cup Fault(p.type = "CHANNEL_CLOSE" /\ ~PullsChannelClose(H, n), "NC-CH-5",
                "the channel is not draining, or CHANNEL_CLOSE went out already")
     \cup (IF p.type \in {"NCSYN", "NCSYN_ACK", "NCREFUSE", "STOP", "STOP_ACK", "RESUME", "RST"}
           THEN OwedFaults(n, p) ELSE {})

DeliverFaults(n, p) ==
  LET under == Incoming(E.host, n)
  IN Fault(~E.forged /\ under = << >>, "NC-CH-1", "nothing is under way on this channel")
     \cup Fault(~E.forged /\ under # << >> /\ Head(under) # p, "NC-CH-1",
                "another packet is the next on this channel")
     \cup (IF ~IsUp(H, n) THEN Fault(~E.failed, "NC-CH-1", "the channel has failed")
           ELSE IF ~Reads(H, n)
                THEN {[clause |-> clause, fault |-> "the channel's budget is spent"] :
                        clause \in {"NC-CH-4", "NC-HOL-1", "NC-HOL-2", "NC-HOL-6"}}
                ELSE {[clause |-> clause, fault |-> "the channel's budget is not spent"] :
                        clause \in IF E.accepted THEN {} ELSE
                          {"NC-CH-4", "NC-HOL-1", "NC-HOL-2", "NC-HOL-6", "NC-DATA-4"}})
     \cup {[clause |-> clause, fault |-> "this is what the packet calls for"] :
             clause \in PacketClauses(n, p)}

ObligationFaults(n) ==
  LET owed == H.chan[n].owed
      resets == {owed[i].tag : i \in {j \in DOMAIN owed : owed[j].type = "RST"}}
  IN {[clause |-> clause, fault |-> "not on the channel, and it has to be"] :
        clause \in UNION {PulledClauses(type) : type \in Obligations(H, n)}
                   \cup UNION {ResetClauses(tag) : tag \in resets}}

\* How the connection of the socket came to be what it is.
SocketFaults ==
  IF ~Socket(E.socket) THEN Fault(TRUE, "NC-HS-1", "there is no such socket")
  ELSE LET c == Conn
           what == [state |-> c.state, error |-> c.error, reason |-> c.reason,
                    readable |-> c.rcvNxt - c.read, end |-> FinReceived(c) /\ c.read = c.rcvNxt,
                    room |-> SendSpace(c, H.config)]
           Because(clauses) == {[clause |-> clause, fault |-> what] : clause \in clauses}
       IN IF E.op = "receive"
          THEN Because({"NC-DATA-1", "NC-DATA-4", "NC-HOL-2", "NC-RST-1"}
                         \cup IF "end" \in DOMAIN E /\ (E.end \/ c.fin # None)
                              THEN {"NC-FIN-1", "NC-FIN-2"} ELSE {})
          ELSE IF E.op = "send" THEN Because({"NC-DATA-3", "NC-RST-1", "NC-HS-3"})
          ELSE IF c.state = "SYN_SENT" THEN Because({"NC-HS-3", "NC-HS-4", "NC-HS-6"})
          ELSE Because({"NC-HS-3", "NC-RST-1", "NC-FIN-5", "NC-HS-4"})

AcceptFaults ==
  {[clause |-> "NC-HS-2",
    fault |-> [waiting |->
                 IF E.port \in DOMAIN H.listener THEN H.listener[E.port].queue ELSE << >>]]}

Faults ==
  CASE ~InTime ->
         Fault(TRUE, "NC-HS-6", <<"the time on this host is", IF IsOpen THEN H.now ELSE 0>>)
    [] ~IsOpen -> Fault(TRUE, "NC-CH-2", "open comes first, once")
    [] E.op \in {"pull"} /\ E.channel \in DOMAIN H.chan -> PullFaults(E.channel, E.packet)
    [] E.op = "pullEnd" /\ E.channel \in DOMAIN H.chan -> ObligationFaults(E.channel)
    [] E.op = "deliver" /\ E.channel \in DOMAIN H.chan -> DeliverFaults(E.channel, E.packet)
    [] E.op \in {"send", "receive", "shutdown", "close", "abort", "status"} -> SocketFaults
    [] E.op = "accept" -> AcceptFaults
    [] E.op = "connect" ->
         Fault(TRUE, "NC-HS-1", "the socket or the id is in use, or the limit reached")
    [] OTHER -> Fault(TRUE, "NC-CH-2", "the call makes no sense here, or its answer")

\* Why the current event has no explanation.
Explain ==
  LET faults == Faults
  IN [clauses |-> {f.clause : f \in faults},
      expected |-> {f.fault : f \in faults}]
=============================================================================
