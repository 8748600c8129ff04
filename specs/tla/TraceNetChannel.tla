-------------------------- MODULE TraceNetChannel ---------------------------
(***************************************************************************)
(* What is observable of NetChannel: a trace is a sequence of events, each *)
(* a call on one host's endpoint with its result.  The current event is    *)
(* supplied from outside.  TraceNext takes it, if the specification can.   *)
(*                                                                         *)
(* One predicate stands for each operation; it wraps the action of the     *)
(* same name and says what the results have to be.                         *)
(***************************************************************************)
EXTENDS TraceClauses

\* Settings of a host that was not opened yet.
Unopened == [open |-> FALSE]

Init ==
  /\ host = [h \in Hosts |-> Unopened]
  /\ wire = [h \in Hosts |-> << >>]

\* NC-CH-3 once said that NCSYN counts on the newest control channel only (R56).  Who still does it
\* that way is accepted: an application sees a connect that runs into its timeout, no more.
MayHearNcsyn(receiver, n) == {n = NewestHeard(receiver), TRUE}

-----------------------------------------------------------------------------
(* Results.                                                                *)

Went == E.ok
Answered(error, reason) == ~E.ok /\ E.error = error /\ E.reason = reason

\* How a connection that ended badly answers.
Failed(c) == c.error # "" /\ Answered(c.error, IF c.error = "TIMEOUT" THEN E.reason ELSE c.reason)

FreshSocket(s) == s \notin DOMAIN H.socket

DataOk == "intact" \in DOMAIN E => E.intact

-----------------------------------------------------------------------------
(* Operations that make no sense are answered BAD_REQUEST and change       *)
(* nothing.  Numbers that the trace format itself excludes don't occur.    *)

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

\* The transmit queue of channel n is empty: what was left out of it can't come out any more, and
\* nothing more of a dead connection.
Settled(K, n) ==
  LET dead == {id \in DOMAIN K.conn : ~K.conn[id].alive /\ n \in K.conn[id].lingering}
      K1 == IF K.chan[n].owed = << >> THEN K ELSE [K EXCEPT !.chan[n].owed = << >>]
  IN IF dead = {} THEN K1
     ELSE [K1 EXCEPT !.conn = [id \in DOMAIN @ |->
             IF id \in dead THEN [@[id] EXCEPT !.lingering = @ \ {n}] ELSE @[id]]]

TracePullEnd ==
  /\ Went
  /\ IF ~E.drained THEN UNCHANGED vars
     ELSE Obligations(H, E.channel) = {} /\ Quietly(E.host, Settled(H, E.channel))

TraceAdvance == Went /\ Quietly(E.host, Advance(H, E.by))

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
