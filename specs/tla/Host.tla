-------------------------------- MODULE Host --------------------------------
(***************************************************************************)
(* One host: its channels, connections, sockets and listeners, and what it *)
(* remembers of connections that are gone (sections 3, 8 and 9).           *)
(***************************************************************************)
EXTENDS Closing

\* A host before anything happened; k are its settings.
NewHost(k) ==
  [config |-> k,
   now |-> <<0, 0>>,
   incarnation |-> << >>,  \* of this host: unknown to an observer until its first HELLO
   peer |-> << >>,         \* of the other host, from its HELLO
   chan |-> << >>,         \* channel number -> channel
   controls |-> << >>,     \* the control channels that are up, in the order they came up
   conn |-> << >>,         \* connection id -> connection
   socket |-> << >>,       \* socket number -> connection id
   listener |-> << >>,     \* port -> listener
   gone |-> << >>,         \* id of a dead connection -> when it died
   refused |-> << >>,      \* id of a refused connection -> when and why
   condemned |-> << >>,    \* id of an unknown connection that an RST came for -> when
   answered |-> << >>,     \* id of an unknown connection -> when an RST answered it
   resets |-> << >>]       \* <<connection id, reason's tag>> -> the RST sent, and when: not
                           \* before `early`, not after `since`

With(f, key, value) == (key :> value) @@ f
Without(f, keys) == [key \in DOMAIN f \ keys |-> f[key]]

NewChannel(class, dialer) ==
  [class |-> class, dialer |-> dialer,
   state |-> "ACTIVE",     \* or "DRAINING", "FAILED"
   helloOut |-> FALSE, helloIn |-> FALSE,
   largest |-> 0,          \* payload that the peer accepts, from its HELLO
   closeOut |-> FALSE, closeIn |-> FALSE,
   committed |-> << >>,    \* connection id -> where what a draining channel may have queued ends
   owed |-> << >>]         \* control packets decided and not pulled

IsUp(H, n) == n \in DOMAIN H.chan /\ H.chan[n].state # "FAILED"

\* NC-CH-3: the newest control channel, or None.
NewestControl(H) == IF H.controls = << >> THEN None ELSE H.controls[Len(H.controls)]

\* The newest control channel that can be read, or None.
NewestHeard(H) ==
  LET heard == SelectSeq(H.controls, LAMBDA n : H.chan[n].helloIn)
  IN IF heard = << >> THEN None ELSE heard[Len(heard)]

\* NC-CH-5: the channels that new packets of a class may be put on.
ActiveChannels(H, class) ==
  {n \in DOMAIN H.chan : /\ H.chan[n].class = class
                         /\ H.chan[n].state = "ACTIVE"
                         /\ H.chan[n].helloIn}

\* NC-CH-4: payload bytes of a channel that wait in response queues.
RECURSIVE ChargeBetween(_, _, _, _)
ChargeBetween(queue, n, from, to) ==
  IF from >= to
  THEN IF from = to /\ queue[from].channel = n THEN queue[from].length ELSE 0
  ELSE LET middle == (from + to) \div 2
       IN ChargeBetween(queue, n, from, middle) + ChargeBetween(queue, n, middle + 1, to)

RECURSIVE ChargeIn(_, _, _)
ChargeIn(conn, ids, n) ==
  IF ids = {} THEN 0
  ELSE LET id == CHOOSE i \in ids : TRUE
       IN ChargeBetween(conn[id].queue, n, 1, Len(conn[id].queue)) + ChargeIn(conn, ids \ {id}, n)

Waiting(H) == {id \in DOMAIN H.conn : H.conn[id].queue # << >>}
Charge(H, n) == ChargeIn(H.conn, Waiting(H), n)

\* NC-CH-4: whether the next packet of a channel is read at all.
Reads(H, n) ==
  \/ ~IsUp(H, n)
  \/ H.chan[n].class = "CONTROL"
  \/ Charge(H, n) < H.config.channelBudget

\* NC-CH-5: nothing can be lost with this channel any more.
IsClosed(H, n) ==
  /\ H.chan[n].closeIn /\ H.chan[n].closeOut
  /\ \/ ~Repaired("R40")
     \/ \A id \in DOMAIN H.conn : OnChannel(H.conn[id], n) = << >>

RECURSIVE Remember(_, _, _)
Remember(H, packets, now) ==
  IF packets = << >> THEN H.resets
  ELSE LET rest == Remember(H, Tail(packets), now)
           p == Head(packets)
       IN IF p.type # "RST" THEN rest
          ELSE With(rest, <<p.connection, p.tag>>, [packet |-> p, since |-> now, early |-> now])

\* Where control packets go: with the repair of R15 off, behind the data; with that of R43 off, on
\* the oldest control channel that is up.
Outlet(H) ==
  IF Repaired("R15")
  THEN (IF Repaired("R43") \/ H.controls = << >> THEN NewestControl(H) ELSE Head(H.controls))
  ELSE LET data == {n \in DOMAIN H.chan : H.chan[n].class # "CONTROL" /\ IsUp(H, n)}
       IN IF data = {} THEN None ELSE Smallest(data)

\* Control packets are decided: they go out on the newest control channel.  When there is none, what
\* a new one repeats makes up for them (NC-FAIL-2).
Owe(H, packets) ==
  IF packets = << >> THEN H
  ELSE LET H1 == [H EXCEPT !.resets = Remember(H, packets, H.now)]
       IN IF Outlet(H) = None THEN H1
          ELSE [H1 EXCEPT !.chan[Outlet(H)].owed = @ \o packets]

DataChannelsUp(H, class) == {n \in DOMAIN H.chan : H.chan[n].class = class /\ IsUp(H, n)}

\* NC-FAIL-1: bytes wait, and no channel can take them.  An observer can't tell bytes that wait from
\* those in the transmit queue of a draining channel: the connection may be reset when lostDeadline
\* is over, and must be when goneDeadline is.
LostTimer(H, c) ==
  LET wait == /\ c.alive /\ c.state = "ESTABLISHED"
              /\ {i \in c.pending : i[2] > c.sndUna} # {}
      later == Plus(H.now, H.config.connectTimeout)
      lost == IF wait /\ ActiveChannels(H, c.class) = {}
              THEN (IF c.lostDeadline = Never THEN later ELSE c.lostDeadline) ELSE Never
      gone == IF wait /\ ~Stopped(c) /\ DataChannelsUp(H, c.class) = {}
              THEN (IF c.goneDeadline = Never THEN later ELSE c.goneDeadline) ELSE Never
  IN IF lost = c.lostDeadline /\ gone = c.goneDeadline THEN c
     ELSE [c EXCEPT !.lostDeadline = lost, !.goneDeadline = gone]

LostTimers(H) == [H EXCEPT !.conn = [id \in DOMAIN @ |-> LostTimer(H, @[id])]]

\* A step of a connection ends here: what can move moves, what was decided goes out, and a
\* connection that died leaves the demultiplexing table.
Put(H, id, c) ==
  LET c1 == Finish(id, IF c.alive THEN Settle(c, H.config, H.now) ELSE c)
      c2 == IF c1.alive THEN LostTimer(H, AckTimer(c1, H.now, H.config)) ELSE c1
      dies == ~c2.alive /\ (id \notin DOMAIN H.conn \/ H.conn[id].alive)
      c3 == [c2 EXCEPT !.out = << >>,
                       !.lingering = IF dies THEN {n \in DOMAIN H.chan : IsUp(H, n)} ELSE @]
      H1 == [H EXCEPT !.conn = With(@, id, c3),
                      !.gone = IF dies THEN With(@, id, H.now) ELSE @]
  IN Owe(H1, c2.out)

\* Whether something remembered since `then` still counts (NC-HS-2, NC-HS-7, NC-FAIL-2).
Recent(H, then) == Before(H.now, Plus(then, H.config.connectTimeout))

Forget(H, memory, Since(_)) ==
  Without(memory, {id \in DOMAIN memory : ~Recent(H, Since(memory[id]))})

\* The connections that a socket stands for or that wait to be accepted.
Attached(H) ==
  {H.socket[s] : s \in DOMAIN H.socket}
    \cup UNION {{H.listener[p].queue[i] : i \in DOMAIN H.listener[p].queue} :
                 p \in DOMAIN H.listener}

\* A packet of a connection that is over says nothing any more, but for RST and NCREFUSE, and for
\* the last ACK until another packet said the same (NC-FIN-5).
SaysNothing(H, o) ==
  /\ o.connection \in DOMAIN H.conn
  /\ ~H.conn[o.connection].alive
  /\ o.type \notin {"RST", "NCREFUSE"}
  /\ o.type # "ACK" \/ H.conn[o.connection].ackSent >= o.ack

\* It may still come out of its transmit queue.
Relax(H, owed) == [i \in DOMAIN owed |-> [owed[i] EXCEPT !.must = @ /\ ~SaysNothing(H, owed[i])]]

\* A dead connection that no socket stands for and no packet can come of is forgotten; likewise what
\* was remembered for a connect timeout.
Prune(H) ==
  LET attached == Attached(H)
      over == {id \in DOMAIN H.conn : /\ ~H.conn[id].alive
                                      /\ H.conn[id].lingering = {}
                                      /\ id \notin attached}
  IN [H EXCEPT !.conn = IF over = {} THEN @ ELSE Without(@, over),
               !.chan = IF over = {} THEN @ ELSE
                          [n \in DOMAIN @ |-> [@[n] EXCEPT !.owed = Relax(H, @)]],
               !.gone = IF @ = << >> THEN @ ELSE Forget(H, @, LAMBDA t : t),
               !.refused = IF @ = << >> THEN @ ELSE Forget(H, @, LAMBDA r : r.since),
               !.condemned = IF @ = << >> THEN @ ELSE Forget(H, @, LAMBDA t : t),
               !.resets = IF @ = << >> THEN @ ELSE Forget(H, @, LAMBDA r : r.since)]
=============================================================================
