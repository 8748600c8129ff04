------------------------------ MODULE Channels ------------------------------
(***************************************************************************)
(* Channels come up, drain and fail (sections 3 and 9).  A control channel *)
(* that comes up repeats the control state of every connection, so that    *)
(* nothing depends on what became of the one before.                       *)
(***************************************************************************)
EXTENDS Handshake

Again(packet, must) == [packet EXCEPT !.again = TRUE, !.must = must]

\* NC-FAIL-2: the control state of one connection.  A FIN is late-bound: MustFin asks for it.
Repetition(H, id) ==
  LET c == H.conn[id]
      opening ==
        CASE c.state = "SYN_SENT" -> IF Repaired("R5") THEN <<Ncsyn(H, id, c)>> ELSE << >>
          [] c.role = "accepting" -> IF Repaired("R48") THEN <<NcsynAck(H, id, c)>> ELSE << >>
          [] OTHER -> <<Control("ACK", id, c, 0, 0)>>
      stop ==
        IF ~Repaired("R24") THEN << >>
        ELSE IF c.stopped THEN <<Control("STOP", id, c, c.epoch, 0)>>
        ELSE IF c.epoch > 0 THEN <<Control("RESUME", id, c, c.epoch, 0)>> ELSE << >>
      all == IF c.alive THEN opening \o stop ELSE << >>
  IN [i \in DOMAIN all |-> Again(all[i], TRUE)]

RECURSIVE Repetitions(_, _)
Repetitions(H, ids) ==
  IF ids = {} THEN << >>
  ELSE LET id == CHOOSE i \in ids : TRUE IN Repetition(H, id) \o Repetitions(H, ids \ {id})

RECURSIVE RepeatedResets(_, _)
RepeatedResets(H, ids) ==
  IF ids = {} \/ ~Repaired("R45") THEN << >>
  ELSE LET id == CHOOSE i \in ids : TRUE
           sent == H.resets[id]
       IN (IF Recent(H, sent.since)
           THEN <<Again(sent.packet, sent.packet.must /\ Recent(H, sent.early))>> ELSE << >>)
            \o RepeatedResets(H, ids \ {id})

\* NC-FAIL-2: what the control channel n that came up has to repeat of a connection, or may not.
OnNewControl(c, n) ==
  [c EXCEPT !.finAgain = n, !.ackLost = 0,
            !.finOn = IF FinAcknowledged(c) THEN @ \cup {n} ELSE @]

\* NC-CH-2, NC-CH-3, NC-FAIL-2.
ChannelUp(H, n, class, dialer) ==
  IF class = "CONTROL"
  THEN LET H1 == [H EXCEPT !.chan = With(@, n, NewChannel(class, dialer)),
                           !.controls = Append(@, n),
                           !.conn = [id \in DOMAIN @ |-> OnNewControl(@[id], n)]]
       IN [H1 EXCEPT !.chan[n].owed = Repetitions(H, DOMAIN H.conn)
                                        \o RepeatedResets(H, DOMAIN H.resets)]
  ELSE [H EXCEPT !.chan = With(@, n, NewChannel(class, dialer))]

\* A FIN and an ACK may have been lost in the control channel before anybody saw them.  They have to
\* be repeated on the next new one, and may be on an older one that lives on (NC-FAIL-2).
LoseUnseen(c, n, H) ==
  IF n # NewestControl(H) \/ ~c.alive THEN c
  ELSE [c EXCEPT !.finOn = IF CanPutFin(c, n) THEN @ \cup {n} ELSE @,
                 !.ackLost = RcvNxt(c), !.ackAgain = None, !.ackDeadline = Never]

\* NC-FAIL-2: the newest control channel of H failed, and an older one lives in H1.  Nobody may dial
\* again, so what was lost is repeated there (R55).  A host may leave that to the next one.
RepeatOnOlder(H, H1) ==
  LET n == NewestControl(H1)
      again == Repetitions(H1, DOMAIN H1.conn) \o RepeatedResets(H1, DOMAIN H1.resets)
      optional == [i \in DOMAIN again |-> [again[i] EXCEPT !.must = FALSE]]
  IN IF n \in {None, NewestControl(H)} \/ ~Repaired("R55") THEN H1
     ELSE [H1 EXCEPT !.chan[n].owed = @ \o optional,
                     !.conn = [id \in DOMAIN @ |->
                                 IF ~@[id].finAsked \/ FinAcknowledged(@[id]) THEN @[id]
                                 ELSE [@[id] EXCEPT !.finSpare = @ + 1]]]

\* NC-FAIL-1, NC-DATA-5: this host sees the channel fail.
ChannelDown(H, n) ==
  IF ~IsUp(H, n) \/ IsClosed(H, n) THEN H
  ELSE LET H1 == [H EXCEPT !.chan[n].state = "FAILED", !.chan[n].owed = << >>,
                           !.controls = SelectSeq(@, LAMBDA m : m # n),
                           !.conn = [id \in DOMAIN @ |->
                              [LoseChannel(LoseUnseen(@[id], n, H), n)
                                 EXCEPT !.lingering = @ \ {n}]]]
       IN RepeatOnOlder(H, LostTimers(H1))

\* NC-CH-5.  What a draining channel may have in its transmit queue was handed over before.
Drain(H, n) ==
  IF H.chan[n].state # "ACTIVE" THEN H
  ELSE LostTimers([H EXCEPT !.chan[n].state = "DRAINING",
                            !.chan[n].committed =
                              [id \in DOMAIN H.conn |-> SndNxtLimit(H.conn[id])]])

RECURSIVE Restart(_, _)
Restart(H, ids) ==
  IF ids = {} THEN H
  ELSE LET id == CHOOSE i \in ids : TRUE
           c == Reset(id, H.conn[id], "RESET", "HOST_RESTARTED")
           \* The new life knows nothing of the connection, so the RST may be left out.
           optional == [c EXCEPT !.out = [i \in DOMAIN @ |-> [@[i] EXCEPT !.must = FALSE]]]
       IN Restart(Put(H, id, optional), ids \ {id})

RECURSIVE FailAll(_, _)
FailAll(H, channels) ==
  IF channels = {} THEN H
  ELSE LET n == CHOOSE m \in channels : TRUE IN FailAll(ChannelDown(H, n), channels \ {n})

Later(a, b) ==   \* incarnations are triples of numbers below 2^22, most significant first
  \/ a[1] > b[1]
  \/ a[1] = b[1] /\ a[2] > b[2]
  \/ a[1] = b[1] /\ a[2] = b[2] /\ a[3] > b[3]

\* NC-FAIL-3: a later life of the peer ends everything of the earlier one.  With the repair of R50
\* off lives differ, and nobody knows which is later.  Every HELLO so far was of an earlier life.
NewLife(H, incarnation) ==
  IF H.peer # << >> /\ (Later(incarnation, H.peer) \/ (H.peer # incarnation /\ ~Repaired("R50")))
  THEN LET old == {m \in DOMAIN H.chan : IsUp(H, m) /\ H.chan[m].helloIn}
           ids == {id \in DOMAIN H.conn : H.conn[id].alive /\ H.conn[id].state # "SYN_SENT"}
       IN Restart(FailAll(H, old), ids)
  ELSE H

\* NC-CH-2, NC-FAIL-3.
OnHello(H, n, hello) ==
  IF \/ hello.channel # n \/ hello.class # H.chan[n].class \/ hello.largestPayload = 0
     \/ H.peer # << >> /\ Later(H.peer, hello.incarnation) /\ Repaired("R50")
  THEN ChannelDown(H, n)
  ELSE LET H1 == NewLife(H, hello.incarnation)
       IN LostTimers([H1 EXCEPT !.peer = hello.incarnation,
                                !.chan[n].helloIn = TRUE,
                                !.chan[n].largest = hello.largestPayload])

\* NC-CH-5: the other host drains the channel, so this one does.
OnChannelClose(H, n) ==
  IF H.chan[n].class = "CONTROL" THEN ChannelDown(H, n)
  ELSE [Drain(H, n) EXCEPT !.chan[n].closeIn = TRUE]
=============================================================================
