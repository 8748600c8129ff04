-------------------------- MODULE TraceNetChannel ---------------------------
(***************************************************************************)
(* What is observable of NetChannel: a trace is a sequence of events, each *)
(* a call on one host's endpoint with its result.  The current event is    *)
(* supplied from outside.  TraceNext takes it, if the specification can.   *)
(*                                                                         *)
(* One predicate stands for each operation; it wraps the action of the     *)
(* same name and says what the results have to be.                         *)
(***************************************************************************)
EXTENDS NetChannel

\* The current event: a record.  Its value comes from the checker that reads the trace.
Event == CHOOSE e : FALSE

E == Event
H == host[E.host]

\* Settings of a host that was not opened yet.
Unopened == [open |-> FALSE]

Init ==
  /\ host = [h \in Hosts |-> Unopened]
  /\ wire = [h \in Hosts |-> << >>]

IsOpen == "config" \in DOMAIN H

\* The time on a line is that of its host, and only advance lets it pass.
InTime == E.nanos = IF IsOpen THEN H.now ELSE <<0, 0>>

-----------------------------------------------------------------------------
(* Results.                                                                *)

Went == E.ok
Answered(error, reason) == ~E.ok /\ E.error = error /\ E.reason = reason

Socket(s) == s \in DOMAIN H.socket
Conn == H.conn[H.socket[E.socket]]
Id == H.socket[E.socket]

\* How a connection that ended badly answers.
Failed(c) == c.error # "" /\ Answered(c.error, IF c.error = "TIMEOUT" THEN E.reason ELSE c.reason)

FreshSocket(s) == s \notin DOMAIN H.socket

DataOk == "intact" \in DOMAIN E => E.intact

-----------------------------------------------------------------------------
(* Operations that make no sense are answered BAD_REQUEST and change nothing.  Numbers that the    *)
(* trace format itself excludes don't occur.                                                       *)

Odd(n) == n % 2 = 1

\* endpoint.md, "config keys".
LegalTime(t) == Before(<<0, 0>>, t) /\ ~Before(<<3600, 0>>, t)
Legal(k) ==
  /\ \A n \in {k.sendBuffer, k.receiveBuffer, k.channelBudget, k.queueThreshold} :
       n >= 1 /\ n <= 1073741824
  /\ k.maxPayload >= 1 /\ k.maxPayload <= 65496
  /\ k.socketLimit >= 1 /\ k.socketLimit <= 1048576
  /\ \A t \in {k.holTimer, k.ackDelay, k.connectTimeout} : LegalTime(t)

MakesSense ==
  CASE E.op = "open" -> ~IsOpen /\ E.unknownSettings = {} /\ Legal(E.config)
    [] E.op # "open" /\ ~IsOpen -> FALSE
    [] OTHER ->
       CASE E.op = "channelUp" -> /\ E.channel > 0 /\ E.channel \notin DOMAIN H.chan
                                  /\ \A n \in DOMAIN H.chan :
                                       (Odd(n) <=> H.chan[n].dialer)
                                         <=> (Odd(E.channel) <=> E.dialer)
         [] E.op \in {"channelDown", "deliver"} -> E.channel \in DOMAIN H.chan
         [] E.op \in {"pull", "pullEnd"} -> E.channel \in DOMAIN H.chan /\ E.max >= 1
         [] E.op = "channelDrain" ->
              E.channel \in DOMAIN H.chan /\ H.chan[E.channel].class # "CONTROL"
         [] E.op = "listen" -> E.port \in 1..65535 /\ E.backlog >= 1
         [] E.op = "unlisten" -> E.port \in DOMAIN H.listener
         [] E.op = "accept" -> E.port \in DOMAIN H.listener
         [] E.op = "connect" -> E.port \in 1..65535 /\ E.class \in {"LATENCY", "THROUGHPUT"}
         [] E.op = "receive" -> E.max >= 1
         [] E.op = "advance" -> E.by[1] >= 0
         [] OTHER -> TRUE

\* Where BAD_REQUEST is one of two legal answers, because the endpoint's text leaves it open.
MayBeBad == E.op = "pullEnd" /\ ~IsUp(H, E.channel)

BadRequest == E.error = "BAD_REQUEST" /\ (~MakesSense \/ MayBeBad) /\ UNCHANGED vars

-----------------------------------------------------------------------------
(* Applications.                                                           *)

TraceOpen ==
  /\ Went
  /\ Become(E.host, [NewHost(E.config) EXCEPT !.incarnation = E.incarnation])
  /\ UNCHANGED wire

TraceListen ==
  IF E.port \in DOMAIN H.listener THEN Answered("PORT_IN_USE", "") /\ UNCHANGED vars
  ELSE Went /\ Quietly(E.host, Listen(H, E.port, E.backlog))

TraceUnlisten == Went /\ Quietly(E.host, Unlisten(H, E.port))

TraceConnect ==
  \/ MayLimit(H) /\ Answered("REFUSED", "LIMIT") /\ UNCHANGED vars
  \/ /\ Went /\ ~MustLimit(H)
     /\ FreshSocket(E.socket) /\ E.socket > 0
     /\ E.connection # NoId
     /\ E.connection \notin DOMAIN H.conn \cup DOMAIN H.gone
     /\ Quietly(E.host, Connect(H, E.socket, E.connection, None, E.port, E.class))

TraceAccept ==
  /\ Went
  /\ LET queue == H.listener[E.port].queue
     IN IF queue = << >> THEN E.socket = 0 /\ UNCHANGED vars
        ELSE /\ FreshSocket(E.socket) /\ E.socket > 0
             /\ E.connection = Head(queue)
             /\ Quietly(E.host, Accept(H, E.port, E.socket))

NoSocket == Answered("NO_SUCH_SOCKET", "") /\ UNCHANGED vars

TraceSend ==
  IF ~Socket(E.socket) THEN NoSocket
  ELSE
    /\ E.offset = Conn.sent
    /\ \/ Conn.finAsked /\ Answered("NOT_CONNECTED", "") /\ UNCHANGED vars
       \/ Failed(Conn) /\ UNCHANGED vars
       \/ /\ Went /\ ~Conn.finAsked /\ Conn.error = ""
          /\ LET space == IF Conn.state = "ESTABLISHED" THEN SendSpace(Conn, H.config) ELSE 0
                 most == Lower(space, E.length)
             IN E.taken \in 0..most /\ (most > 0 => E.taken > 0)
          /\ IF E.taken = 0 THEN UNCHANGED vars
             ELSE Quietly(E.host, Put(H, Id, Send(Conn, E.taken)))

\* NC-DATA-1, NC-FIN-2, NC-HOL-7, NC-RST-1.
TraceReceive ==
  IF ~Socket(E.socket) THEN NoSocket
  ELSE LET c == Conn
           available == c.rcvNxt - c.read
       IN CASE available > 0 ->
                 /\ Went /\ ~E.end /\ DataOk
                 /\ E.offset = c.read
                 /\ E.length \in 1..Lower(available, E.max)
                 /\ LET after == Settle([c EXCEPT !.read = @ + E.length], H.config, H.now)
                    IN \E r \in Resumptions(Id, after, H.config.receiveBuffer) :
                         Quietly(E.host, Put(H, Id, r))
            [] available = 0 /\ FinReceived(c) ->
                 Went /\ E.end /\ E.offset = c.read /\ E.length = 0 /\ UNCHANGED vars
            [] available = 0 /\ ~FinReceived(c) /\ c.error # "" -> Failed(c) /\ UNCHANGED vars
            [] OTHER -> /\ Went /\ ~E.end /\ E.offset = c.read /\ E.length = 0
                        /\ \/ UNCHANGED vars
                           \/ /\ MayResume(c, H.config.receiveBuffer)
                              /\ Quietly(E.host, Put(H, Id, SendResume(Id, c)))

TraceShutdown ==
  IF ~Socket(E.socket) THEN NoSocket
  ELSE IF Went THEN Quietly(E.host, IF Conn.alive THEN Put(H, Id, Shutdown(Conn)) ELSE
                                      [H EXCEPT !.conn[Id].finAsked = TRUE])
  ELSE /\ Failed(Conn) \/ (Answered("NOT_CONNECTED", "") /\ Conn.finAsked)
       /\ UNCHANGED vars

Detach(K, s) == [K EXCEPT !.socket = Without(@, {s})]

TraceClose ==
  IF ~Socket(E.socket) THEN NoSocket
  ELSE Went /\ Quietly(E.host, Detach(Put(H, Id, Close(Id, Conn)), E.socket))

TraceAbort ==
  IF ~Socket(E.socket) THEN NoSocket
  ELSE Went /\ Quietly(E.host, Detach(Put(H, Id, Abort(Id, Conn)), E.socket))

TraceStatus ==
  IF ~Socket(E.socket) THEN NoSocket
  ELSE Went /\ E.state = Conn.state /\ E.reason = Conn.reason /\ UNCHANGED vars

-----------------------------------------------------------------------------
(* The network.                                                            *)

TraceChannelUp ==
  /\ Went
  /\ Become(E.host, ChannelUp(H, E.channel, E.class, E.dialer))
  /\ UNCHANGED wire

TraceChannelDown == Went /\ Fail(E.host, E.channel)

TraceChannelDrain == Went /\ Quietly(E.host, Drain(H, E.channel))

\* NC-CH-4 says whether the packet is read.
TraceDeliver ==
  /\ Went
  /\ LET n == E.channel
         under == Incoming(E.host, n)
     IN /\ E.forged \/ (under # << >> /\ Head(under) = E.packet)
        /\ IF ~IsUp(H, n) \/ IsClosed(H, n) THEN E.failed /\ UNCHANGED vars
           ELSE IF ~Reads(H, n) THEN ~E.accepted /\ ~E.failed /\ UNCHANGED vars
           ELSE /\ E.accepted
                /\ \E K \in OnPacket(H, n, E.packet) :
                     /\ E.failed <=> ~IsUp(K, n)
                     /\ Become(E.host, K)
                /\ IF E.forged THEN UNCHANGED wire
                   ELSE wire' = [wire EXCEPT ![E.host][n] = Tail(@)]

TracePull == Went /\ E.packet.intact /\ Pull(E.host, E.channel, E.packet)

\* A dead connection of which nothing more can come out of channel n.
Settled(K, n) ==
  LET dead == {id \in DOMAIN K.conn : ~K.conn[id].alive /\ n \in K.conn[id].lingering}
  IN IF dead = {} THEN K
     ELSE [K EXCEPT !.conn = [id \in DOMAIN @ |->
             IF id \in dead THEN [@[id] EXCEPT !.lingering = @ \ {n}] ELSE @[id]]]

TracePullEnd ==
  /\ Went
  /\ IF ~E.drained THEN UNCHANGED vars
     ELSE Obligations(H, E.channel) = {} /\ Quietly(E.host, Settled(H, E.channel))

TraceAdvance == Went /\ Quietly(E.host, Advance(H, E.by))

-----------------------------------------------------------------------------
(* For a person: which clauses an event exercises, and why one can't be explained. *)

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

KnownClauses(c, p, n) ==
  IF ~PortsFit(c, p) THEN {"NC-HDR-4"}
  ELSE DeliveredClauses(c, p.type)
       \cup (IF p.type = "DATA" THEN DataClauses(c, p, n) ELSE {})
       \cup (IF c.state = "SYN_SENT" THEN {"NC-HS-3"} ELSE {})
       \cup (IF p.type \notin {"NCSYN", "NCREFUSE", "RST"} /\ AckIsWrong(c, p.ack)
             THEN {"NC-DATA-5"} ELSE {})
       \cup (IF p.type = "FIN" /\ p.offset > c.rcvNxt THEN {"NC-FIN-2"} ELSE {})

PacketClauses(n, p) ==
  CASE ~IsUp(H, n) -> {"NC-FAIL-5"}
    [] ~Reads(H, n) -> {"NC-CH-4", "NC-HOL-2", "NC-HOL-6"}
    [] p.type = "UNREADABLE" -> {"NC-HDR-2"}
    [] p.type = "HELLO" -> {"NC-CH-2", "NC-FAIL-3"}
    [] p.type = "UNKNOWN" -> {"NC-HDR-3"}
    [] p.type = "CHANNEL_CLOSE" -> {"NC-CH-5"}
    [] BreaksChannel(H, n, p) -> {"NC-HDR-2", "NC-HDR-5", "NC-CH-2"}
    [] IsKnown(H, p.connection) -> KnownClauses(H.conn[p.connection], p, n)
    [] p.type = "NCSYN" -> {"NC-HS-2", "NC-HS-7"}
    [] OTHER -> {"NC-HS-7"}

ApplicationClauses ==
  CASE E.op = "connect" -> {"NC-HS-1"}
    [] E.op = "accept" -> {"NC-HS-2", "NC-HS-10"}
    [] E.op = "send" -> {"NC-DATA-3"}
    [] E.op = "receive" -> {"NC-DATA-1"} \cup
         (IF ~Socket(E.socket) THEN {}
          ELSE (IF Conn.stopped THEN {"NC-HOL-7"} ELSE {})
               \cup (IF Conn.fin # None THEN {"NC-FIN-2"} ELSE {})
               \cup (IF Conn.error # "" THEN {"NC-RST-1"} ELSE {}))
    [] E.op = "shutdown" -> {"NC-FIN-1"}
    [] E.op = "close" -> {"NC-FIN-4"}
    [] E.op = "abort" -> {"NC-RST-1"}
    [] E.op = "unlisten" -> {"NC-HS-8"}
    [] OTHER -> {}

NetworkClauses ==
  CASE E.op = "deliver" -> PacketClauses(E.channel, E.packet)
    [] E.op = "pull" -> PulledClauses(E.packet.type)
                        \cup (IF H.chan[E.channel].state = "DRAINING" THEN {"NC-CH-5"} ELSE {})
    [] E.op = "channelUp" -> IF E.class = "CONTROL" THEN {"NC-CH-3", "NC-FAIL-2"} ELSE {"NC-CH-2"}
    [] E.op = "channelDown" -> {"NC-FAIL-1", "NC-CH-1"}
    [] E.op = "channelDrain" -> {"NC-CH-5"}
    [] OTHER -> {}

\* The clauses that the current event exercises.
Exercised ==
  IF ~IsOpen \/ ~E.ok THEN {} ELSE ApplicationClauses \cup NetworkClauses

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
  IN UNION {{[clause |-> clause, fault |-> Text(o)] : clause \in PulledClauses(o.type)} : o \in same}

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

-----------------------------------------------------------------------------
TraceNext ==
  /\ InTime
  /\ IF ~E.ok /\ E.error = "BAD_REQUEST" THEN BadRequest
     ELSE
       /\ MakesSense
       /\ CASE E.op = "open" -> TraceOpen
            [] E.op = "channelUp" -> TraceChannelUp
            [] E.op = "channelDown" -> TraceChannelDown
            [] E.op = "channelDrain" -> TraceChannelDrain
            [] E.op = "listen" -> TraceListen
            [] E.op = "unlisten" -> TraceUnlisten
            [] E.op = "connect" -> TraceConnect
            [] E.op = "accept" -> TraceAccept
            [] E.op = "send" -> TraceSend
            [] E.op = "receive" -> TraceReceive
            [] E.op = "shutdown" -> TraceShutdown
            [] E.op = "close" -> TraceClose
            [] E.op = "abort" -> TraceAbort
            [] E.op = "status" -> TraceStatus
            [] E.op = "deliver" -> TraceDeliver
            [] E.op = "pull" -> TracePull
            [] E.op = "pullEnd" -> TracePullEnd
            [] E.op = "advance" -> TraceAdvance
            [] OTHER -> FALSE

\* Steps without an event: a connection that waited too long for a channel, where only the
\* implementation knows whether bytes still wait (NC-FAIL-1).
MayBeLost(h, id) ==
  LET c == host[h].conn[id]
  IN c.alive /\ Due(c.lostDeadline, host[h].now)

Internal ==
  \E h \in {g \in Hosts : "config" \in DOMAIN host[g]} :
    \E id \in {i \in DOMAIN host[h].conn : MayBeLost(h, i)} :
      Quietly(h, ChannelLostExpires(host[h], id))

Next == TraceNext \/ Internal
=============================================================================
