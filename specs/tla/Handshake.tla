----------------------------- MODULE Handshake ------------------------------
(***************************************************************************)
(* Opening a connection (section 4): NCSYN asks, NCSYN_ACK accepts,        *)
(* NCREFUSE refuses.  A connection has an id of its own, so a repeated     *)
(* NCSYN is known for what it is, whatever happened in between.            *)
(***************************************************************************)
EXTENDS Host

\* Tag of an NCSYN.
ClassTag(class) == IF class = "LATENCY" THEN 1 ELSE 2
ClassOf(tag) == IF tag = 1 THEN "LATENCY" ELSE "THROUGHPUT"

\* Connections that the application has closed and that still have bytes to deliver may count
\* against the limit, or not.
MustLimit(H) == Cardinality(Attached(H)) >= H.config.socketLimit
MayLimit(H) ==
  Cardinality(Attached(H) \cup {id \in DOMAIN H.conn : H.conn[id].alive}) >= H.config.socketLimit

Listen(H, port, backlog) ==
  [H EXCEPT !.listener = With(@, port, [backlog |-> backlog, queue |-> << >>])]

\* NC-HS-8: every child that was not accepted is reset.
RECURSIVE ResetAll(_, _)
ResetAll(H, ids) ==
  IF ids = << >> THEN H
  ELSE LET id == Head(ids)
           H1 == IF H.conn[id].alive
                 THEN Put(H, id,
                          [Reset(id, H.conn[id], "RESET", "CLOSED") EXCEPT !.reading = FALSE])
                 ELSE H
       IN ResetAll(H1, Tail(ids))

Unlisten(H, port) ==
  LET children == H.listener[port].queue
      H1 == [H EXCEPT !.listener = Without(@, {port})]
  IN IF Repaired("R7") THEN ResetAll(H1, children) ELSE H1

\* NC-HS-1: a fresh id and a free local port.
CanConnect(H, id, local) ==
  /\ id \notin DOMAIN H.conn /\ id \notin DOMAIN H.gone
  /\ \A other \in DOMAIN H.conn : H.conn[other].alive => H.conn[other].local # local

Ncsyn(H, id, c) == Control("NCSYN", id, c, ClassTag(c.class), H.config.sendBuffer)
NcsynAck(H, id, c) == Control("NCSYN_ACK", id, c, 0, H.config.sendBuffer)

\* The local port is None until the first packet shows which one the host chose.
Connect(H, s, id, local, remote, class) ==
  LET c == [NewConnection("connecting", class, local, remote)
              EXCEPT !.synDeadline = Plus(H.now, H.config.connectTimeout)]
      H1 == Put(H, id, Send1(c, Ncsyn(H, id, c)))
  IN [H1 EXCEPT !.socket = With(@, s, id)]

\* NC-HS-10: also a child that is over already.
Accept(H, port, s) ==
  [H EXCEPT !.listener[port].queue = Tail(@),
            !.socket = With(@, s, Head(H.listener[port].queue))]

Refuse(H, packet, reason) ==
  LET refusal == [Control("NCREFUSE", packet.connection,
                          [local |-> packet.destinationPort, remote |-> packet.sourcePort],
                          TagOf(RefuseReasons, reason), 0) EXCEPT !.ack = 0]
      H1 == IF Repaired("R44")
            THEN [H EXCEPT !.refused =
                     With(@, packet.connection, [since |-> H.now, reason |-> reason])]
            ELSE H
  IN Owe(H1, <<refusal>>)

\* The answer to a packet for a connection that is not there.
Unknown(H, packet) ==
  [Control("RST", packet.connection,
           [local |-> packet.destinationPort, remote |-> packet.sourcePort],
           TagOf(ResetReasons, "UNKNOWN_CONNECTION"), 0) EXCEPT !.ack = 0]

\* NC-HS-7: the second answer within the acknowledgement delay waits, further ones are merged with
\* it. The last packet says to which ports: a forged one before it misdirects no answer.
AnswerUnknown(H, packet) ==
  LET id == packet.connection
      rst == Unknown(H, packet)
      fresh == [packet |-> rst, since |-> H.now, waiting |-> FALSE]
  IN IF \/ id \notin DOMAIN H.answered
        \/ Due(Plus(H.answered[id].since, H.config.ackDelay), H.now)
     THEN Owe([H EXCEPT !.answered = With(@, id, fresh)], <<rst>>)
     ELSE [H EXCEPT !.answered[id] = [@ EXCEPT !.packet = rst, !.waiting = TRUE]]

\* NC-HS-2, last line: the child enters the demultiplexing table, then the accept queue, and then
\* NCSYN_ACK is sent.
Child(H, packet) ==
  LET c == [NewConnection("accepting", ClassOf(packet.tag),
                          packet.destinationPort, packet.sourcePort)
              EXCEPT !.state = "ESTABLISHED", !.peerBuffer = packet.offset]
      id == packet.connection
      H1 == Put(H, id, Send1(c, NcsynAck(H, id, c)))
  IN [H1 EXCEPT !.listener[packet.destinationPort].queue = Append(@, id)]

\* NC-HS-2, for an id that is not in the demultiplexing table.
AnswerNcsyn(H, packet) ==
  LET id == packet.connection
      port == packet.destinationPort
      held == id \in DOMAIN H.conn /\ id \in Attached(H)
      gone == held \/ (id \in DOMAIN H.gone /\ Recent(H, H.gone[id]))
  IN CASE id \in DOMAIN H.condemned /\ Recent(H, H.condemned[id]) -> H                \* NC-HS-7
       [] gone /\ Repaired("R42") -> Owe(H, <<Unknown(H, packet)>>)
       [] id \in DOMAIN H.refused /\ Recent(H, H.refused[id].since)
            -> Refuse(H, packet, H.refused[id].reason)
       [] packet.tag \notin {1, 2} ->
            Owe(H, <<[Unknown(H, packet) EXCEPT !.tag = TagOf(ResetReasons, "PROTOCOL_ERROR")]>>)
       [] port \notin DOMAIN H.listener -> Refuse(H, packet, "NO_LISTENER")
       [] Len(H.listener[port].queue) >= H.listener[port].backlog
            -> Refuse(H, packet, "BACKLOG_FULL")
       [] OTHER -> Child(H, packet)

\* The limit is the last thing that can be in the way of a child.
OnStrangeNcsyn(H, packet) ==
  LET answer == AnswerNcsyn(H, packet)
      isChild == packet.connection \in DOMAIN answer.conn
  IN IF ~isChild \/ packet.connection \in DOMAIN H.conn THEN {answer}
     ELSE (IF MustLimit(H) THEN {} ELSE {answer})
          \cup (IF MayLimit(H) THEN {Refuse(H, packet, "LIMIT")} ELSE {})

\* NC-HS-2, for a connection that is known.  With the repair of R3 off it has a second child.
OnKnownNcsyn(H, packet) ==
  LET id == packet.connection
  IN IF Repaired("R3") THEN Owe(H, <<NcsynAck(H, id, H.conn[id])>>)
     ELSE [Owe(H, <<NcsynAck(H, id, H.conn[id])>>)
             EXCEPT !.listener[packet.destinationPort].queue = Append(@, id)]

\* NC-HS-3: the connection is established, and the announced buffer is learned (R48).
Establish(c) == [c EXCEPT !.state = "ESTABLISHED", !.synDeadline = Never]

OnNcsynAck(c, packet) ==
  IF c.peerBuffer = None /\ c.role = "connecting"
  THEN [Establish(c) EXCEPT !.peerBuffer = packet.offset]
  ELSE c

\* NC-HS-4: refused, unless it was established before.
OnNcrefuse(c, reason) == IF c.state = "SYN_SENT" THEN Dead(c, "REFUSED", reason) ELSE c

\* NC-HS-6: nobody answered in time.
ConnectTimeout(id, c) == Reset(id, c, "TIMEOUT", "TIMEOUT")
=============================================================================
