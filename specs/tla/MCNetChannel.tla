---------------------------- MODULE MCNetChannel ----------------------------
(***************************************************************************)
(* NetChannel made finite for TLC: an environment of applications and      *)
(* channels, set by constants, so that a model is a configuration file.    *)
(*                                                                         *)
(* Time stands still: a timer that runs may expire at any moment, what is  *)
(* remembered for a while is remembered.  Host "A" dials and connects,     *)
(* host "B" listens on port 1 and accepts.  Control packets are pulled as  *)
(* soon as they are decided, before anything else happens: when they       *)
(* arrive is free, and so is what a STOP_ACK says, so nothing is lost.     *)
(***************************************************************************)
EXTENDS NetChannel

CONSTANTS
  Ids,            \* the connections, by id
  Established,    \* whether they are established from the start
  BytesA, BytesB, \* how many bytes the application of host A, and of B, sends on each connection
  SendBuffer, ReceiveBuffer,   \* of each connection, in bytes (NC-DATA-3, section 6)
  ChannelBudget,  \* of each data channel, in bytes (NC-CH-4)
  MinCut, MaxCut, \* smallest and largest piece of the stream; its last one may be smaller
  DataChannels,   \* numbers of the data channels, up from the start
  ReadsA, ReadsB, \* the connections that the application of A, and of B, reads
  ClosesA, ClosesB,   \* those that it shuts down when all is sent
  AbortsA, AbortsB,   \* those that it may abort
  LeavesB,        \* those that the application of B may close, whatever it has read
  ListensLate,    \* whether B starts without its listener
  Restarts,       \* whether host A starts a second time before it connects
  Redials,        \* how many control channels come up beside or after the first
  MayFail,        \* channels that may fail
  MayDrain,       \* channels that may be drained, by either host
  Acknowledging,  \* whether ACKs are sent
  Stopping        \* whether the head-of-line timer may expire

VARIABLE
  seen            \* ends whose timer saw a packet waiting and has not acted on it (R23)

mcVars == <<host, wire, seen>>

\* What the constants say about ends: an end is a host and a connection, <<"A", "c1">>.
BytesFrom == [h \in Hosts |-> IF h = "A" THEN BytesA ELSE BytesB]
Ends(atA, atB) == {<<"A", id>> : id \in atA} \cup {<<"B", id>> : id \in atB}
Readers == Ends(ReadsA, ReadsB)
Closers == Ends(ClosesA, ClosesB)
Aborters == Ends(AbortsA, AbortsB)
Leavers == Ends({}, LeavesB)

Settings ==
  [sendBuffer |-> SendBuffer, receiveBuffer |-> ReceiveBuffer, channelBudget |-> ChannelBudget,
   queueThreshold |-> 1, maxPayload |-> MaxCut, socketLimit |-> 9,
   holTimer |-> <<0, 0>>, ackDelay |-> <<0, 0>>, connectTimeout |-> <<1, 0>>]

FirstControl == 1
\* Further control channels, in the order they come up.
NthControl(i) == 101 + 2 * i
ControlChannels == {FirstControl} \cup {NthControl(i) : i \in 1..Redials}

Open(class, dialer) ==
  [NewChannel(class, dialer) EXCEPT !.helloOut = TRUE, !.helloIn = TRUE, !.largest = MaxCut]

StartChannels(h) ==
  [n \in {FirstControl} \cup DataChannels |->
     Open(IF n = FirstControl THEN "CONTROL" ELSE "THROUGHPUT", h = "A")]

StartEnd(h) ==
  [NewConnection(IF h = "A" THEN "connecting" ELSE "accepting", "THROUGHPUT", 1, 1)
     EXCEPT !.state = "ESTABLISHED", !.peerBuffer = SendBuffer]

StartHost(h) ==
  [NewHost(Settings) EXCEPT
     !.incarnation = <<0, 0, 0>>, !.peer = <<0, 0, 0>>,
     !.chan = StartChannels(h), !.controls = <<FirstControl>>,
     !.conn = IF Established THEN [id \in Ids |-> StartEnd(h)] ELSE << >>,
     !.listener = IF h = "B" /\ ~Established /\ ~ListensLate
                  THEN 1 :> [backlog |-> 2, queue |-> << >>] ELSE << >>]

Init ==
  /\ host = [h \in Hosts |-> StartHost(h)]
  /\ wire = [h \in Hosts |-> [n \in {FirstControl} \cup DataChannels |-> << >>]]
  /\ seen = {}

-----------------------------------------------------------------------------
(* Packets that can be pulled. *)

Packet(type, c, id, tag, offset, ack, length) ==
  [type |-> type, connection |-> id, sourcePort |-> c.local, destinationPort |-> c.remote,
   tag |-> tag, offset |-> offset, ack |-> ack, length |-> length]

\* A decided control packet, with the values that are bound only now.
Filled(H, o) ==
  LET ack == IF o.ack # None THEN o.ack
             ELSE IF o.type = "NCSYN" THEN 0 ELSE RcvNxt(H.conn[o.connection])
      offsets == IF o.offset # None THEN {o.offset}
                 ELSE o.low..SndNxtLimit(H.conn[o.connection])
  IN {[type |-> o.type, connection |-> o.connection, sourcePort |-> o.sourcePort,
       destinationPort |-> o.destinationPort, tag |-> o.tag, offset |-> x, ack |-> ack,
       length |-> 0] : x \in offsets}

\* The first packet owed on a channel: an implementation's transmit queue keeps its order.
Decided(H, n) == IF H.chan[n].owed = << >> THEN {} ELSE Filled(H, Head(H.chan[n].owed))

Pieces(H, n, id) ==
  LET c == H.conn[id]
  IN UNION {{Packet("DATA", c, id, 0, i[1], RcvNxt(c), to - i[1]) :
               to \in Lower(i[1] + MinCut, i[2])..Lower(i[1] + MaxCut, i[2])} :
            i \in c.pending}

Data(H, n) == UNION {Pieces(H, n, id) : id \in {i \in DOMAIN H.conn : H.conn[i].alive}}

Acks(H) ==
  {Packet("ACK", H.conn[id], id, 0, 0, RcvNxt(H.conn[id]), 0) :
     id \in {i \in DOMAIN H.conn : /\ H.conn[i].alive /\ H.conn[i].state = "ESTABLISHED"
                                   /\ \/ H.conn[i].ackSent < RcvNxt(H.conn[i])
                                      \/ H.conn[i].ackAgain # None}}

Fins(H, n) ==
  {Packet("FIN", H.conn[id], id, 0, H.conn[id].sent, RcvNxt(H.conn[id]), 0) :
     id \in {i \in DOMAIN H.conn : H.conn[i].alive /\ CanPutFin(H.conn[i], n)
                                     /\ ~FinAcknowledged(H.conn[i])}}

Hello(H, n) ==
  [type |-> "HELLO", connection |-> "", sourcePort |-> 0, destinationPort |-> 0, tag |-> 0,
   offset |-> 0, ack |-> 0, length |-> 24,
   hello |-> [incarnation |-> H.incarnation, channel |-> n, class |-> H.chan[n].class,
              largestPayload |-> MaxCut]]

ChannelClose ==
  [type |-> "CHANNEL_CLOSE", connection |-> "", sourcePort |-> 0, destinationPort |-> 0, tag |-> 0,
   offset |-> 0, ack |-> 0, length |-> 0]

\* What goes out at once.
Prompt(H, n) ==
  IF ~IsUp(H, n) THEN {}
  ELSE IF ~H.chan[n].helloOut THEN {Hello(H, n)} ELSE Decided(H, n)

\* What may go out.
Free(H, n) ==
  IF ~IsUp(H, n) \/ ~H.chan[n].helloOut THEN {}
  ELSE IF H.chan[n].class # "CONTROL"
       THEN Data(H, n) \cup (IF H.chan[n].state = "DRAINING" /\ ~H.chan[n].closeOut
                             THEN {ChannelClose} ELSE {})
  ELSE IF n # NewestControl(H) THEN {}
  ELSE Fins(H, n) \cup IF Acknowledging THEN Acks(H) ELSE {}

\* Prompt(host[h], n) # {}, in a form that TLC evaluates faster.
IsPrompt(h) ==
  \E n \in DOMAIN host[h].chan :
    IsUp(host[h], n) /\ (host[h].chan[n].owed # << >> \/ ~host[h].chan[n].helloOut)

\* Nothing else happens before.  In each action it stands behind the guards that are cheaper.
Calm == \A h \in Hosts : ~IsPrompt(h)

\* What was decided leaves, HELLO first (NC-CH-2).
PullPrompt(h) ==
  /\ \E n \in DOMAIN host[h].chan : \E p \in Prompt(host[h], n) : Pull(h, n, p)
  /\ UNCHANGED seen

\* DATA, FIN, ACK or CHANNEL_CLOSE leaves.  When it does is free, and so is how the stream is cut
\* and which channel a piece goes on (NC-DATA-2, NC-FIN-1, NC-DATA-5, NC-CH-5).
PullFree(h) ==
  /\ Calm
  /\ \E n \in DOMAIN host[h].chan : \E p \in Free(host[h], n) : Pull(h, n, p)
  /\ UNCHANGED seen

-----------------------------------------------------------------------------
(* Applications. *)

HasEnd(h, id) == id \in DOMAIN host[h].conn
End1(h, id) == host[h].conn[id]

IsRestarted == host["A"].incarnation # <<0, 0, 0>>

\* NC-HS-1: A connects each of the connections once.
MayConnect(id) ==
  ~Established /\ (Restarts => IsRestarted) /\ CanConnect(host["A"], id, 1)

AppConnect(id) ==
  /\ MayConnect(id)
  /\ Calm
  /\ Quietly("A",
       Connect(host["A"], Cardinality(DOMAIN host["A"].conn) + 1, id, 1, 1, "THROUGHPUT"))
  /\ UNCHANGED seen

\* NC-HS-2: until then every NCSYN is refused (R44).
AppListen ==
  /\ ListensLate /\ host["B"].listener = << >>
  /\ Calm
  /\ Quietly("B", Listen(host["B"], 1, 2))
  /\ UNCHANGED seen

\* NC-HS-2, NC-HS-10.
MayAccept == 1 \in DOMAIN host["B"].listener /\ host["B"].listener[1].queue # << >>

AppAccept ==
  /\ MayAccept
  /\ Calm
  /\ Quietly("B", Accept(host["B"], 1, Cardinality(DOMAIN host["B"].socket) + 1))
  /\ UNCHANGED seen

\* NC-DATA-3: all that fits at once.
Sendable(h, id) == Lower(SendSpace(End1(h, id), Settings), BytesFrom[h] - End1(h, id).sent)

MaySend(h, id) ==
  /\ HasEnd(h, id)
  /\ End1(h, id).alive /\ ~End1(h, id).finAsked
  /\ End1(h, id).state = "ESTABLISHED" \/ ~Repaired("R2")
  /\ Sendable(h, id) > 0

AppSend(h, id) ==
  /\ MaySend(h, id)
  /\ Calm
  /\ Quietly(h, Put(host[h], id, Send(End1(h, id), Sendable(h, id))))
  /\ UNCHANGED seen

\* NC-DATA-1: bytes in order.  With that switched off all that the receive buffer holds.
Readable(c) == IF Repaired("NC-DATA-1") THEN c.rcvNxt - c.read ELSE Held(c)

\* NC-HOL-7: the application reads a little, or all there is; a RESUME may follow.
MayReceive(h, id) ==
  /\ <<h, id>> \in Readers /\ HasEnd(h, id)
  /\ End1(h, id).reading /\ Readable(End1(h, id)) > 0

AppReceive(h, id) ==
  /\ MayReceive(h, id)
  /\ Calm
  /\ LET c == End1(h, id)
     IN \E n \in {Lower(MinCut, Readable(c)), Readable(c)} :
             LET after == Settle([c EXCEPT !.read = @ + n], Settings, <<0, 0>>)
             IN \E r \in Resumptions(id, after, ReceiveBuffer) : Quietly(h, Put(host[h], id, r))
  /\ UNCHANGED seen

\* NC-FIN-1: no more is to be sent.
MayShutdown(h, id) ==
  /\ <<h, id>> \in Closers /\ HasEnd(h, id)
  /\ End1(h, id).alive /\ End1(h, id).state = "ESTABLISHED" /\ ~End1(h, id).finAsked
  /\ End1(h, id).sent = BytesFrom[h]

AppShutdown(h, id) ==
  /\ MayShutdown(h, id)
  /\ Calm
  /\ Quietly(h, Put(host[h], id, Shutdown(End1(h, id))))
  /\ UNCHANGED seen

\* NC-FIN-4: the application leaves, whether it has read everything or not.
AppClose(h, id) ==
  /\ <<h, id>> \in Leavers /\ HasEnd(h, id)
  /\ End1(h, id).reading
  /\ Calm
  /\ Quietly(h, Put(host[h], id, Close(id, End1(h, id))))
  /\ UNCHANGED seen

\* NC-RST-1: the application gives up.
AppAbort(h, id) ==
  /\ <<h, id>> \in Aborters /\ HasEnd(h, id)
  /\ End1(h, id).alive
  /\ Calm
  /\ Quietly(h, Put(host[h], id, Abort(id, End1(h, id))))
  /\ UNCHANGED seen

-----------------------------------------------------------------------------
(* Inside the hosts. *)

\* NC-HOL-2: any packet that can move may do so at any moment.
MayMove(h, id) == HasEnd(h, id) /\ Movable(End1(h, id), ReceiveBuffer) # {}

Move(h, id) ==
  /\ MayMove(h, id)
  /\ Calm
  /\ \E i \in Movable(End1(h, id), ReceiveBuffer) :
       Quietly(h, Put(host[h], id, MoveAt(End1(h, id), i)))
  /\ UNCHANGED seen

\* NC-HOL-3: a packet waits.  When the timer expires is free.
TimerRuns(h, id) ==
  /\ HasEnd(h, id) /\ End1(h, id).alive
  /\ Stopping /\ End1(h, id).holDeadline # Never

\* NC-HOL-4, in one step.
HolTimerExpires(h, id) ==
  /\ Repaired("R23")
  /\ TimerRuns(h, id)
  /\ Calm
  /\ Quietly(h, HeadOfLineTimerExpires(host[h], id))
  /\ UNCHANGED seen

\* With the repair of R23 off: the timer sees the queue, and later sends STOP.
HolTimerSees(h, id) ==
  /\ ~Repaired("R23")
  /\ TimerRuns(h, id) /\ <<h, id>> \notin seen
  /\ Calm
  /\ seen' = seen \cup {<<h, id>>}
  /\ UNCHANGED <<host, wire>>

HolTimerSends(h, id) ==
  /\ <<h, id>> \in seen
  /\ Calm
  /\ seen' = seen \ {<<h, id>>}
  /\ IF HasEnd(h, id) /\ End1(h, id).alive /\ ~End1(h, id).stopped
     THEN Quietly(h, HeadOfLineTimerExpires(host[h], id)) ELSE UNCHANGED <<host, wire>>

-----------------------------------------------------------------------------
(* Channels. *)

\* NC-CH-1: the first packet under way on channel n reaches host h.
MayArrive(h, n) == n \in DOMAIN host[h].chan /\ CanDeliver(h, n)

Arrive(h, n) == MayArrive(h, n) /\ Calm /\ Deliver(h, n) /\ UNCHANGED seen

\* A dials the next control channel; it comes up here and there at different moments.
NextControl == Cardinality({n \in DOMAIN host["A"].chan : n \in ControlChannels})
LastDialed == IF NextControl = 1 THEN FirstControl ELSE NthControl(NextControl - 1)

\* NC-FAIL-2: A dials again when the channel that it dialed last has failed.  With the repair of R49
\* off, when no older one lives.
MustDial ==
  /\ NextControl <= Redials /\ ~IsUp(host["A"], LastDialed)
  /\ Repaired("R49") \/ host["A"].controls = << >>

Dial ==
  /\ NextControl <= Redials
  /\ Calm
  /\ Become("A", ChannelUp(host["A"], NthControl(NextControl), "CONTROL", TRUE))
  /\ UNCHANGED <<wire, seen>>

\* It comes up at B some time, in any order with others; when A has seen it fail before, maybe.
MayAnswerDial(n) ==
  n \in DOMAIN host["A"].chan /\ n \in ControlChannels /\ n \notin DOMAIN host["B"].chan

MustAnswerDial(n) == MayAnswerDial(n) /\ IsUp(host["A"], n)

AnswerDial(n) ==
  /\ MayAnswerDial(n)
  /\ Calm
  /\ Become("B", ChannelUp(host["B"], n, "CONTROL", FALSE))
  /\ UNCHANGED <<wire, seen>>

\* NC-FAIL-1, NC-FAIL-2: host h sees channel n fail.
Break(h, n) ==
  /\ n \in MayFail /\ IsUp(host[h], n)
  \* A control channel fails only when there is one to follow it.
  /\ n \in ControlChannels => n # LastDialed \/ NextControl <= Redials
  /\ Calm
  /\ Fail(h, n)
  /\ UNCHANGED seen

\* NC-FAIL-5: once one host has seen a channel fail the other one sees it some time.
MayNotice(h, n) ==
  /\ IsUp(host[h], n) /\ ~IsClosed(host[h], n)
  /\ n \in DOMAIN host[Peer[h]].chan /\ ~IsUp(host[Peer[h]], n)

Notice(h, n) ==
  /\ MayNotice(h, n)
  /\ Calm
  /\ Fail(h, n)
  /\ UNCHANGED seen

\* NC-CH-5: host h takes channel n out of use.
StartDrain(h, n) ==
  /\ n \in MayDrain /\ host[h].chan[n].state = "ACTIVE"
  /\ Calm
  /\ Quietly(h, Drain(host[h], n))
  /\ UNCHANGED seen

\* NC-FAIL-3: host A starts anew, with a later incarnation and nothing of what it had.
StartAnew ==
  /\ Restarts /\ ~IsRestarted /\ NextControl <= Redials
  /\ Calm
  /\ Become("A", [NewHost(Settings) EXCEPT
                    !.incarnation = <<0, 0, 1>>,
                    !.chan = [n \in DOMAIN host["A"].chan |->
                                [host["A"].chan[n] EXCEPT !.state = "FAILED", !.owed = << >>]]])
  /\ wire' = [wire EXCEPT !["A"] = [n \in DOMAIN @ |-> << >>]]
  /\ UNCHANGED seen

-----------------------------------------------------------------------------
Channels == ControlChannels \cup DataChannels

\* What goes on by itself.
System ==
  \/ \E h \in Hosts : PullPrompt(h) \/ PullFree(h)
  \/ \E h \in Hosts, n \in Channels : Arrive(h, n) \/ Notice(h, n)
  \/ \E h \in Hosts, id \in Ids :
       \/ Move(h, id) \/ HolTimerExpires(h, id) \/ HolTimerSends(h, id)
       \/ AppSend(h, id) \/ AppReceive(h, id) \/ AppShutdown(h, id)
  \/ AppAccept
  \/ \E id \in Ids : AppConnect(id)
  \/ \E n \in ControlChannels : MustAnswerDial(n) /\ AnswerDial(n)
  \/ MustDial /\ Dial

\* What may happen or not.
Chance ==
  \/ \E h \in Hosts, n \in Channels : Break(h, n)
  \/ \E h \in Hosts, n \in DataChannels : StartDrain(h, n)
  \/ \E h \in Hosts, id \in Ids : AppAbort(h, id) \/ AppClose(h, id) \/ HolTimerSees(h, id)
  \/ \E n \in ControlChannels : AnswerDial(n)
  \/ AppListen
  \/ NextControl = 1 /\ Dial
  \/ StartAnew

Next == System \/ Chance

\* ENABLED <<System>>_mcVars, in a form that TLC evaluates faster (GuardsAreRight).
CanGo ==
  \/ ~Calm
  \/ \E h \in Hosts :
       \/ \E n \in DOMAIN host[h].chan :
            \/ \E p \in Free(host[h], n) : AfterPull(host[h], n, p) # {}
            \/ MayArrive(h, n) \/ MayNotice(h, n)
       \/ \E id \in Ids :
            \/ MayMove(h, id) \/ MayReceive(h, id) \/ MayShutdown(h, id)
            \/ MaySend(h, id) /\ Repaired("guards")
            \/ <<h, id>> \in seen
            \/ Repaired("R23") /\ TimerRuns(h, id)
  \/ MayAccept
  \/ \E id \in Ids : MayConnect(id)
  \/ \E n \in ControlChannels : MustAnswerDial(n)
  \/ MustDial

GuardsAreRight == CanGo <=> ENABLED <<System>>_mcVars

\* The hosts, the channels and the applications that are there don't rest while one of their steps
\* is possible.  This is WF_mcVars(System), weakened to infinitely many steps of any kind: as Chance
\* is taken a bounded number of times that is the same, and TLC evaluates it faster.
Fairness == ([]<>~CanGo) \/ ([]<><<TRUE>>_mcVars)
Spec == Init /\ [][Next]_mcVars /\ Fairness

-----------------------------------------------------------------------------
(* What has to hold. *)

Peers(h, id) == HasEnd(h, id) /\ HasEnd(Peer[h], id)
Open1(h, id) == Peers(h, id) /\ End1(h, id).alive /\ End1(Peer[h], id).alive

UnderWay(h, id) ==
  UNION {{<<p.offset, p.offset + p.length>> :
            p \in {wire[h][n][i] : i \in {j \in DOMAIN wire[h][n] :
              wire[h][n][j].type = "DATA" /\ wire[h][n][j].connection = id}}} :
         n \in DOMAIN wire[h]}

Bytes(S) == UNION {i[1]..(i[2] - 1) : i \in S}

\* NC-DATA-1, NC-FAIL-4: a byte that was taken from an application is waiting to be sent, on its
\* way, or with the receiver.
NothingLost ==
  \A h \in Hosts, id \in Ids : Open1(Peer[h], id) =>
    LET s == End1(Peer[h], id)
        r == End1(h, id)
    IN 0..(s.sent - 1) \subseteq
         Bytes(s.pending) \cup Bytes(UnderWay(h, id)) \cup 0..(r.rcvNxt - 1) \cup Bytes(r.ahead)
           \cup Bytes({<<r.queue[i].from, r.queue[i].to>> : i \in DOMAIN r.queue})

\* NC-DATA-1: the receiver has nothing that was not sent.
NothingMadeUp ==
  \A h \in Hosts, id \in Ids : Peers(h, id) => End1(h, id).rcvNxt <= End1(Peer[h], id).sent

\* NC-HDR-4, connection id in every header (R10, R11).
NoForeignBytes == \A h \in Hosts, id \in Ids : HasEnd(h, id) => ~End1(h, id).foreign

\* NC-HS-2: one connect has at most one child (R3).
Occurrences(id) ==
  LET b == host["B"]
      queue == IF 1 \in DOMAIN b.listener THEN b.listener[1].queue ELSE << >>
  IN Cardinality({s \in DOMAIN b.socket : b.socket[s] = id})
       + Cardinality({i \in DOMAIN queue : queue[i] = id})
OneChild == \A id \in Ids : Occurrences(id) <= 1

\* NC-FIN-2: a reader that sees the end has every byte (R27).
NoTruncation ==
  \A h \in Hosts, id \in Ids : Peers(h, id) /\ End1(h, id).fin # None =>
    End1(h, id).fin = End1(Peer[h], id).sent /\ End1(Peer[h], id).finAsked

\* NC-HOL-9: the most that a receive buffer ever holds.
BufferBound ==
  \A h \in Hosts, id \in Ids : HasEnd(h, id) =>
    Held(End1(h, id)) <= ReceiveBuffer + MaxCut + SendBuffer

\* The same without the last byte: NC-HOL-9 is tight when this is violated.
BoundIsNotReached ==
  \A h \in Hosts, id \in Ids : HasEnd(h, id) =>
    Held(End1(h, id)) < ReceiveBuffer + MaxCut + SendBuffer

\* What the bound is without the exception of NC-HOL-2.
BoundWithoutException ==
  \A h \in Hosts, id \in Ids : HasEnd(h, id) =>
    Held(End1(h, id)) <= ReceiveBuffer + SendBuffer

\* NC-HOL-4: a STOP goes out only while a packet waits.
StopHasReason == [][
  \A h \in Hosts, id \in Ids :
    (HasEnd(h, id) /\ id \in DOMAIN host'[h].conn /\ host'[h].conn[id].epoch > End1(h, id).epoch)
      => End1(h, id).queue # << >>]_mcVars

\* NC-HOL-6: once a STOP_ACK came nothing of this connection stays in a response queue, unless it
\* can move (R21).
QuietIsQuiet ==
  \A h \in Hosts, id \in Ids : HasEnd(h, id) /\ End1(h, id).stopped /\ End1(h, id).quiet # None =>
    Movable(End1(h, id), ReceiveBuffer) = DOMAIN End1(h, id).queue

\* NC-HOL-5, NC-HOL-8: from STOP_ACK to RESUME the sender is stopped (R19, R20).
QuietIsStopped ==
  \A h \in Hosts, id \in Ids : Open1(h, id) /\ End1(h, id).stopped /\ End1(h, id).quiet # None =>
    Stopped(End1(Peer[h], id))

\* NC-HOL-10: a reader that never reads is stopped once, and then for good.
IdleReaderStopsOnce ==
  \A h \in Hosts, id \in Ids : HasEnd(h, id) /\ <<h, id>> \notin Readers => End1(h, id).epoch <= 1

\* A connection that nobody aborts is not reset (NC-FIN-6, R51).
NoneReset ==
  \A h \in Hosts, id \in Ids :
    HasEnd(h, id) /\ {<<"A", id>>, <<"B", id>>} \cap (Aborters \cup Leavers) = {}
      => End1(h, id).error = ""

\* NC-HS-2: a connect that was refused has no child (R44).
RefusedHasNoChild ==
  \A id \in Ids : HasEnd("A", id) /\ End1("A", id).error = "REFUSED" => ~HasEnd("B", id)

\* Liveness: every connect returns.
EveryConnectReturns ==
  <>[](\A id \in Ids : HasEnd("A", id) => End1("A", id).state # "SYN_SENT")

\* Liveness: both ends of a connection learn the other one's send buffer (R48).
EveryBufferIsLearned ==
  <>[](\A h \in Hosts, id \in Ids : Open1(h, id) => End1(h, id).peerBuffer # None)

\* Liveness: every byte sent to a reader is read.
AllRead(h, id) == HasEnd(h, id) /\ End1(h, id).read = BytesFrom[Peer[h]]
EveryByteIsRead == <>[](\A e \in Readers : AllRead(e[1], e[2]))

\* Liveness: every sender learns that its bytes arrived.
EveryByteIsAcknowledged ==
  <>[](\A h \in Hosts, id \in Ids : HasEnd(h, id) /\ End1(h, id).alive =>
         End1(h, id).sndUna >= BytesFrom[h])

\* Liveness: every sender learns how far the receiver has got.
EveryReceiptIsTold ==
  <>[](\A h \in Hosts, id \in Ids : Open1(h, id) =>
         End1(Peer[h], id).sndUna = RcvNxt(End1(h, id)))

\* Liveness: a connection ends on both hosts or on neither (R53).
NobodyIsHalfOpen ==
  <>[](\A id \in Ids : Peers("A", id) => (End1("A", id).alive <=> End1("B", id).alive))

\* Liveness: whoever wants to close is let go by a reader that has gone (R26).
NobodyLingers ==
  \A e \in Leavers : (HasEnd(e[1], e[2]) /\ ~End1(e[1], e[2]).reading)
                       ~> ~End1(Peer[e[1]], e[2]).alive

\* Liveness: no response queue keeps a channel for ever, whether its application reads or not.
EveryQueueEmpties ==
  <>[](\A h \in Hosts, id \in Ids : HasEnd(h, id) => End1(h, id).queue = << >>)

\* Liveness: a connection that both applications have shut down is gone on both hosts.
EveryCloseFinishes == <>[](\A e \in Closers : HasEnd(e[1], e[2]) => ~End1(e[1], e[2]).alive)
=============================================================================
