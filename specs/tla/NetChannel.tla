----------------------------- MODULE NetChannel -----------------------------
(***************************************************************************)
(* Two hosts and the channels between them.  The external actions are the  *)
(* operations of an endpoint: what an application calls, what the network  *)
(* does to channels, and packets that are pulled from one host and         *)
(* delivered to the other.  Internal actions move packets from response    *)
(* queues to receive buffers and let timers expire.                        *)
(*                                                                         *)
(* A trace is accepted when this module has a behaviour with that trace as *)
(* its observable part; TraceNetChannel says what is observable.           *)
(***************************************************************************)
EXTENDS Channels

CONSTANT Hosts   \* two of them

VARIABLES
  host,   \* host -> its state (module Host)
  wire    \* host -> channel -> packets under way to that host

vars == <<host, wire>>

Peer == [h \in Hosts |-> CHOOSE g \in Hosts : g # h]

-----------------------------------------------------------------------------
(***************************************************************************)
(* Packets arrive.                                                         *)
(***************************************************************************)

\* The packet belongs to a connection of this host: the id says to which, so crossing NCSYNs are two
\* connections, whatever their ports (NC-HS-9).  With the repair of R10 off DATA has no id in its
\* header, and ports have to do; with that of R11 off, nor have control packets.
Owner(H, packet) ==
  IF Repaired(IF packet.type = "DATA" THEN "R10" ELSE "R11") \/ packet.type = "NCSYN"
  THEN packet.connection
  ELSE LET same == {id \in DOMAIN H.conn : /\ H.conn[id].alive
                                           /\ H.conn[id].local = packet.destinationPort
                                           /\ H.conn[id].remote = packet.sourcePort}
       IN IF same = {} THEN packet.connection ELSE CHOOSE id \in same : TRUE

IsKnown(H, id) == id \in DOMAIN H.conn /\ H.conn[id].alive

\* NC-HDR-4: a packet whose ports are not those of its connection is dropped.
PortsFit(c, packet) ==
  /\ packet.sourcePort = c.remote
  /\ packet.destinationPort = c.local \/ c.local = None

\* NC-HS-3: whether the packet establishes the connection.
Establishes(c, packet) ==
  /\ c.state = "SYN_SENT"
  /\ packet.type \notin {"NCSYN", "NCREFUSE", "RST"}
  /\ packet.type = "NCSYN_ACK" \/ Repaired("R1")

\* What a packet does to its connection, apart from its ack.
React(H, id, c, n, packet) ==
  CASE packet.type = "DATA" -> OnData(id, c, n, packet)
    [] packet.type = "FIN" -> OnFin(id, c, packet)
    [] packet.type = "STOP" -> {OnStop(id, c, packet.tag)}
    [] packet.type = "STOP_ACK" ->
         LET answered == OnStopAck(id, c, packet.tag, packet.offset)
         IN IF packet.tag = c.epoch /\ Repaired("NC-HOL-7")
            THEN UNION {IF after.alive THEN Resumptions(id, after, H.config.receiveBuffer)
                        ELSE {after} : after \in answered}
            ELSE answered
    [] packet.type = "RESUME" -> {OnResume(c, packet.tag)}
    [] packet.type = "NCSYN_ACK" -> {OnNcsynAck(c, packet)}
    [] OTHER -> {c}

\* NC-DATA-5: every packet acknowledges.  A value over snd_nxt is a protocol error; where an
\* observer can't know snd_nxt either may be.
Acknowledge(H, id, c, n, packet) ==
  (IF AckIsWrong(c, packet.ack) THEN {Reset(id, c, "RESET", "PROTOCOL_ERROR")} ELSE {})
  \cup
  (IF AckMayBeRight(c, packet.ack) THEN React(H, id, OnAck(c, packet.ack), n, packet) ELSE {})

\* NC-CH-3: every control channel is read.  With the repair off NCSYN counts on the newest only.
HearsNcsyn(H, n) == {n = NewestHeard(H) \/ Repaired("R56")}

\* A packet for a connection in the demultiplexing table: the states its host may be in after it.
OnKnown(H, n, id, packet) ==
  LET c == H.conn[id]
      open == IF Establishes(c, packet) THEN Establish(c) ELSE c
      tag == packet.tag
  IN CASE ~PortsFit(c, packet) -> {H}                                                 \* NC-HDR-4
       [] OTHER ->
          CASE packet.type = "NCSYN" ->
                 {IF c.role = "accepting" /\ heard THEN OnKnownNcsyn(H, packet) ELSE H :
                    heard \in HearsNcsyn(H, n)}
            [] packet.type = "NCREFUSE" ->
                 {IF tag \in DOMAIN RefuseReasons
                  THEN Put(H, id, OnNcrefuse(c, RefuseReasons[tag])) ELSE H}
            [] packet.type = "RST" ->
                 IF tag \in DOMAIN ResetReasons
                 THEN {Put(H, id, after) : after \in OnRst(c, ResetReasons[tag])} ELSE {H}
            [] open.state = "SYN_SENT" -> {H}                                         \* R1
            [] packet.type = "DATA" /\ c.class # H.chan[n].class /\ Repaired("R15") ->
                 {Put(H, id, Reset(id, open, "RESET", "PROTOCOL_ERROR"))}             \* NC-HDR-5
            [] OTHER ->
                 {Put(H, id, after) : after \in Acknowledge(H, id, open, n, packet)}

\* The id that no connection has.
NoId == "0000000000000000"

\* NC-HS-2, NC-HS-7.
OnStrange(H, n, packet) ==
  CASE packet.type = "NCSYN" ->
         UNION {IF heard THEN OnStrangeNcsyn(H, packet) ELSE {H} : heard \in HearsNcsyn(H, n)}
    [] packet.type \in {"DATA", "FIN", "STOP", "NCSYN_ACK"} -> {AnswerUnknown(H, packet)}
    [] packet.type = "ACK" -> {IF Repaired("R53") THEN AnswerUnknown(H, packet) ELSE H}
    [] packet.type = "RST" -> {[H EXCEPT !.condemned = With(@, packet.connection, H.now)]}
    [] OTHER -> {H}

\* NC-HDR-5, NC-CH-2, NC-HDR-2: packets that fail their channel.
BreaksChannel(H, n, packet) ==
  LET ch == H.chan[n]
  IN \/ packet.type = "UNREADABLE"
     \/ ~ch.helloIn /\ packet.type # "HELLO"
     \/ packet.type = "HELLO" /\ (ch.helloIn \/ "hello" \notin DOMAIN packet)
     \/ ch.closeIn
     \/ packet.type # "HELLO" /\ packet.length > H.config.maxPayload
     \/ packet.type \notin {"HELLO", "DATA", "UNKNOWN"} /\ packet.length > 0
     \/ packet.type = "DATA" /\ (packet.length = 0 \/ ch.class = "CONTROL")
     \/ /\ Repaired("R15")
        /\ packet.type \notin {"HELLO", "DATA", "CHANNEL_CLOSE", "UNKNOWN"}
        /\ ch.class # "CONTROL"

\* A packet is read from channel n: the states that its host may be in after it.
OnPacket(H, n, packet) ==
  IF ~IsUp(H, n) THEN {H}
  ELSE IF BreaksChannel(H, n, packet) THEN {ChannelDown(H, n)}
  ELSE CASE packet.type = "HELLO" -> {OnHello(H, n, packet.hello)}
         [] packet.type = "CHANNEL_CLOSE" -> {OnChannelClose(H, n)}
         [] packet.type = "UNKNOWN" -> {H}                                            \* NC-HDR-3
         [] OTHER ->
            LET id == Owner(H, packet)
            IN IF id = NoId THEN {H}
               ELSE IF IsKnown(H, id) THEN OnKnown(H, n, id, packet)
               ELSE OnStrange(H, n, packet)

-----------------------------------------------------------------------------
(***************************************************************************)
(* Packets leave.  Each operator says whether a packet may be put on       *)
(* channel n now, and gives the host after it.                             *)
(***************************************************************************)

PullsHello(H, n, p) ==
  /\ p.hello.channel = n /\ p.hello.class = H.chan[n].class
  /\ p.hello.largestPayload = H.config.maxPayload
  /\ H.incarnation \in {<< >>, p.hello.incarnation}

AfterHello(H, n, p) ==
  [H EXCEPT !.chan[n].helloOut = TRUE, !.incarnation = p.hello.incarnation]

Committed(H, n, id) ==
  IF id \in DOMAIN H.chan[n].committed THEN H.chan[n].committed[id] ELSE 0

\* NC-CH-5: a draining channel is not chosen any more; what was put on it before comes out of it.
DrainAllows(H, n, p) ==
  /\ ~H.chan[n].closeOut
  /\ H.chan[n].state = "DRAINING" => p.offset + p.length <= Committed(H, n, p.connection)

\* NC-DATA-2, NC-SCH-1, NC-CH-2, NC-CH-5.
PullsData(H, n, p) ==
  LET ch == H.chan[n]
      c == H.conn[p.connection]
      end == p.offset + p.length
  IN /\ ch.helloIn
     /\ DrainAllows(H, n, p) \/ ~Repaired("R31")
     /\ p.length <= ch.largest
     /\ ch.class = c.class
     /\ p.sourcePort = c.local /\ p.destinationPort = c.remote
     /\ p.ack <= RcvNxt(c) /\ p.tag = 0
     /\ \/ c.alive /\ CanPutData(c, p.offset, end)
        \/ n \in c.lingering /\ p.length > 0 /\ end <= SndNxtLimit(c)
             /\ Covers(c.pending, p.offset, end)

AfterData(H, n, p) ==
  LET c == H.conn[p.connection]
      c1 == TellAck(PutData(c, n, p.offset, p.offset + p.length), p.ack, H.now, H.config)
  IN [H EXCEPT !.conn[p.connection] =
        IF c.alive THEN LostTimer(H, c1)
        ELSE [c EXCEPT !.pending = Remove(@, p.offset, p.offset + p.length)]]

\* NC-CH-5: the last packet of a draining channel.
PullsChannelClose(H, n) ==
  H.chan[n].class # "CONTROL" /\ H.chan[n].state = "DRAINING" /\ ~H.chan[n].closeOut

AfterChannelClose(H, n) == [H EXCEPT !.chan[n].closeOut = TRUE, !.chan[n].owed = << >>]

\* An acknowledgement may be sent at any time (NC-DATA-5 says by when it must be).
PullsAck(H, n, p) ==
  /\ p.connection \in DOMAIN H.conn
  /\ LET c == H.conn[p.connection]
     IN /\ \/ c.alive /\ c.state = "ESTABLISHED"
           \/ n \in c.lingering
        /\ p.sourcePort = c.local /\ p.destinationPort = c.remote
        /\ p.ack <= RcvNxt(c) /\ p.tag = 0 /\ p.offset = 0

AfterAck(H, p) ==
  IF H.conn[p.connection].alive
  THEN [H EXCEPT !.conn[p.connection] = TellAck(@, p.ack, H.now, H.config)]
  ELSE H

PullsFin(H, n, p) ==
  /\ H.chan[n].class = "CONTROL"
  /\ p.connection \in DOMAIN H.conn
  /\ LET c == H.conn[p.connection]
     IN /\ \/ c.alive /\ c.state = "ESTABLISHED"
           \/ n \in c.lingering
        /\ CanPutFin(c, n)
        /\ p.sourcePort = c.local /\ p.destinationPort = c.remote
        /\ p.offset = c.sent /\ p.ack <= RcvNxt(c) /\ p.tag = 0

AfterFin(H, n, p) ==
  [H EXCEPT !.conn[p.connection] = TellAck(PutFin(@, n), p.ack, H.now, H.config)]

MayBeLeftOut(H, o) == ~o.must \/ SaysNothing(H, o)

\* Which of the packets owed on the channel this one can be: the first of its connection, or any of
\* several first ones that are repetitions or may be left out.
Candidates(H, owed, p) ==
  {i \in DOMAIN owed :
     /\ owed[i].connection = p.connection /\ owed[i].type = p.type
     /\ \A j \in 1..(i - 1) : owed[j].connection = p.connection =>
          owed[j].again \/ MayBeLeftOut(H, owed[j])}

OffsetFits(H, o, p) ==
  IF o.type # "STOP_ACK" THEN p.offset = o.offset
  ELSE /\ o.low <= p.offset
       /\ p.connection \in DOMAIN H.conn =>
            LET c == H.conn[p.connection]
            IN /\ p.offset <= SndNxtLimit(c)
               /\ c.stopIn = o.tag /\ Stopped(c) => c.sndNxt <= p.offset

AckFits(H, o, p) ==
  IF o.ack # None THEN p.ack = o.ack
  ELSE IF o.type = "NCSYN" THEN p.ack = 0
  ELSE p.connection \in DOMAIN H.conn => p.ack <= RcvNxt(H.conn[p.connection])

\* A host shows which local port it chose in the first packet.
PortFits(H, o, p) ==
  /\ p.destinationPort = o.destinationPort
  /\ \/ p.sourcePort = o.sourcePort
     \/ /\ o.sourcePort = None
        /\ p.connection \in DOMAIN H.conn => H.conn[p.connection].local \in {None, p.sourcePort}
        /\ \A id \in DOMAIN H.conn \ {p.connection} :
             H.conn[id].alive => H.conn[id].local # p.sourcePort

Owes(H, n, p) ==
  {i \in Candidates(H, H.chan[n].owed, p) :
     LET o == H.chan[n].owed[i]
     IN p.tag = o.tag /\ OffsetFits(H, o, p) /\ AckFits(H, o, p) /\ PortFits(H, o, p)}

\* NC-HOL-5: a STOP_ACK settles what snd_nxt is.
AfterOwed(H, n, p, i) ==
  LET H1 == [H EXCEPT !.chan[n].owed = RemoveAt(@, i)]
      id == p.connection
  IN IF id \notin DOMAIN H.conn THEN H1
     ELSE IF ~H.conn[id].alive
          THEN [H1 EXCEPT !.conn[id].ackSent = IF p.ack > @ /\ p.ack < Huge THEN p.ack ELSE @]
     ELSE LET c == H.conn[id]
              c1 == IF c.local = None THEN [c EXCEPT !.local = p.sourcePort] ELSE c
              c2 == IF p.type = "STOP_ACK" /\ Stopped(c) /\ c.stopIn = p.tag
                    THEN [c1 EXCEPT !.limit = p.offset, !.sndNxt = p.offset] ELSE c1
          IN [H1 EXCEPT !.conn[id] =
                IF p.type \in {"NCSYN", "RST", "NCREFUSE"} THEN c2
                ELSE TellAck(c2, p.ack, H.now, H.config)]

\* The hosts that one may have become by putting packet p on channel n; none when it may not.
AfterPull(H, n, p) ==
  IF ~IsUp(H, n) \/ ~H.chan[n].helloOut
  THEN IF IsUp(H, n) /\ p.type = "HELLO" /\ PullsHello(H, n, p) THEN {AfterHello(H, n, p)} ELSE {}
  ELSE CASE p.type = "DATA" ->
              IF p.connection \in DOMAIN H.conn /\ PullsData(H, n, p)
              THEN {AfterData(H, n, p)} ELSE {}
         [] p.type = "CHANNEL_CLOSE" ->
              IF PullsChannelClose(H, n) THEN {AfterChannelClose(H, n)} ELSE {}
         [] p.type = "FIN" -> IF PullsFin(H, n, p) THEN {AfterFin(H, n, p)} ELSE {}
         [] p.type = "ACK" ->
              LET owed == Owes(H, n, p)
              IN IF owed # {} THEN {AfterOwed(H, n, p, Smallest(owed))}
                 ELSE IF H.chan[n].class = "CONTROL" /\ PullsAck(H, n, p)
                      THEN {AfterAck(H, p)} ELSE {}
         [] OTHER -> LET owed == Owes(H, n, p)
                     IN IF owed = {} THEN {} ELSE {AfterOwed(H, n, p, Smallest(owed))}

\* What has to stand on the channel by now: a channel that has nothing more to transmit owes
\* nothing.
Obligations(H, n) ==
  IF ~IsUp(H, n) THEN {}
  ELSE IF ~H.chan[n].helloOut THEN {"HELLO"}
  ELSE IF H.chan[n].class # "CONTROL"
       THEN IF H.chan[n].state = "DRAINING" /\ ~H.chan[n].closeOut THEN {"CHANNEL_CLOSE"} ELSE {}
  ELSE {H.chan[n].owed[i].type :
          i \in {j \in DOMAIN H.chan[n].owed : ~MayBeLeftOut(H, H.chan[n].owed[j])}}
       \cup (IF n = NewestControl(H) /\ \E id \in DOMAIN H.conn : MustAck(H.conn[id], H.now)
             THEN {"ACK"} ELSE {})
       \cup (IF n = NewestControl(H) /\ \E id \in DOMAIN H.conn : MustFin(H.conn[id], n)
             THEN {"FIN"} ELSE {})

-----------------------------------------------------------------------------
(***************************************************************************)
(* Time.                                                                   *)
(***************************************************************************)

\* NC-HOL-4.  Deciding to send and seeing the queue non-empty is one step: with the repair of R23
\* off MCNetChannel splits it.
HeadOfLineTimerExpires(H, id) == Put(H, id, SendStop(id, H.conn[id]))

\* NC-HS-6: RST TIMEOUT is sent.
ConnectTimeoutExpires(H, id) == Put(H, id, ConnectTimeout(id, H.conn[id]))

\* NC-FAIL-1.  An observer knows only that the wait was not over before lostDeadline.
ChannelLostExpires(H, id) ==
  LET early == H.conn[id].lostDeadline
      H1 == Put(H, id, Reset(id, H.conn[id], "RESET", "CHANNEL_LOST"))
  IN [H1 EXCEPT !.resets[<<id, TagOf(ResetReasons, "CHANNEL_LOST")>>].early = early]

\* NC-HS-7: the merged answer.
AnswerExpires(H, id) ==
  Owe([H EXCEPT !.answered[id] = [@ EXCEPT !.since = H.now, !.waiting = FALSE]],
      <<H.answered[id].packet>>)

\* The timers that run, as <<deadline, what, id>>.
Timers(H) ==
  LET alive == {id \in DOMAIN H.conn : H.conn[id].alive}
  IN {<<H.conn[id].holDeadline, "headOfLine", id>> :
        id \in {i \in alive : H.conn[i].holDeadline # Never}}
     \cup {<<H.conn[id].synDeadline, "connect", id>> :
        id \in {i \in alive : H.conn[i].synDeadline # Never}}
     \cup {<<H.conn[id].goneDeadline, "lost", id>> :
        id \in {i \in alive : H.conn[i].goneDeadline # Never}}
     \cup {<<Plus(H.answered[id].since, H.config.ackDelay), "answer", id>> :
        id \in {i \in DOMAIN H.answered : H.answered[i].waiting}}

Expire(H, timer) ==
  LET id == timer[3]
  IN CASE timer[2] = "headOfLine" -> HeadOfLineTimerExpires(H, id)
       [] timer[2] = "connect" -> ConnectTimeoutExpires(H, id)
       [] timer[2] = "lost" -> ChannelLostExpires(H, id)
       [] timer[2] = "answer" -> AnswerExpires(H, id)

\* Timers fire in the order of their deadlines, each at its deadline.
RECURSIVE FireUntil(_, _)
FireUntil(H, then) ==
  LET due == {t \in Timers(H) : ~Before(then, t[1])}
  IN IF due = {} THEN [H EXCEPT !.now = then]
     ELSE LET first == CHOOSE t \in due : \A u \in due : ~Before(u[1], t[1])
              at == IF Before(first[1], H.now) THEN H.now ELSE first[1]
          IN FireUntil(Expire([H EXCEPT !.now = at], first), then)

Advance(H, duration) == Prune(FireUntil(H, Plus(H.now, duration)))

-----------------------------------------------------------------------------
(***************************************************************************)
(* The actions.                                                            *)
(***************************************************************************)

Become(h, H) == host' = [host EXCEPT ![h] = H]
Quietly(h, H) == Become(h, H) /\ UNCHANGED wire

Incoming(h, n) == IF n \in DOMAIN wire[h] THEN wire[h][n] ELSE << >>

\* NC-CH-1: a packet leaves h and is under way on channel n, behind those that left before.
Pull(h, n, p) ==
  \E H \in AfterPull(host[h], n, p) :
    /\ Become(h, H)
    /\ wire' = [wire EXCEPT ![Peer[h]] = With(@, n, Append(Incoming(Peer[h], n), p))]

\* NC-HOL-1: DATA leaves its channel whether its connection has room for it or not.  With the repair
\* of R14 off it stays there until it has.
Leaves(H, packet) ==
  IF Repaired("R14") \/ packet.type # "DATA" \/ ~IsKnown(H, packet.connection) THEN TRUE
  ELSE LET c == H.conn[packet.connection]
       IN CanMove(c, [from |-> packet.offset, to |-> packet.offset + packet.length],
                  Room(c, H.config.receiveBuffer))

CanDeliver(h, n) ==
  /\ Incoming(h, n) # << >>
  /\ IsUp(host[h], n)
  /\ Reads(host[h], n)
  /\ Leaves(host[h], Head(Incoming(h, n)))

\* The next packet of channel n reaches h.
Deliver(h, n) ==
  /\ CanDeliver(h, n)
  /\ \E H \in OnPacket(host[h], n, Head(Incoming(h, n))) : Become(h, H)
  /\ wire' = [wire EXCEPT ![h][n] = Tail(@)]

\* h sees channel n fail.  What was under way to it is gone; what was under way from it may still
\* arrive until the other host sees it too (NC-FAIL-5).
Fail(h, n) ==
  /\ Become(h, ChannelDown(host[h], n))
  /\ wire' = [wire EXCEPT ![h] = With(@, n, << >>)]
=============================================================================
