----------------------------- MODULE TimeCases ------------------------------
(***************************************************************************)
(* Cases of what time does, of what has to be sent by now, and of channels *)
(* that come up, drain and fail.                                           *)
(***************************************************************************)
EXTENDS ArrivalCases

Now == <<1, 0>>
Later1 == <<2, 0>>   \* a connect timeout from now

-----------------------------------------------------------------------------
(* Timers. *)

\* Which timers of NC-FAIL-1 run on a host that has only these channels.
Lost(c, channels) ==
  LET d == LostTimer([Base EXCEPT !.chan = Only(channels)], c) IN <<d.lostDeadline, d.goneDeadline>>
Acking(c) == Changed(c, AckTimer(c, Now, Settings))
Queued == [Open EXCEPT !.queue = <<[channel |-> Data3, from |-> 9, to |-> 10, length |-> 1]>>]
Waiting9 == "c9" :> [packet |-> RstOf(Open, "CLOSED"), since |-> Now, waiting |-> TRUE]
Running ==
  [Open EXCEPT !.holDeadline = <<1, 4>>, !.goneDeadline = <<1, 5>>, !.lostDeadline = <<0, 7>>]
Busy ==
  [Base EXCEPT !.chan = Only({Control1}),
               !.answered = Waiting9 @@ ("c8" :> [Waiting9["c9"] EXCEPT !.waiting = FALSE]),
               !.conn = ("c1" :> Running) @@ ("c2" :> [Opening EXCEPT !.synDeadline = <<1, 3>>])
                          @@ ("c3" :> [Running EXCEPT !.alive = FALSE])
                          @@ ("c4" :> [Opening EXCEPT !.alive = FALSE])]
Sent(H) == [i \in DOMAIN H.chan[Control1].owed |-> H.chan[Control1].owed[i].tag]

TimerTable == <<
  Row("bytes that no active channel takes (NC-FAIL-1)",
      <<Lost(Open, {Control1, Draining17}), Lost(Open, {Latency7}), Lost(Open, {Data3}),
        Lost(Open, {Failed13}), Lost(Open, {Unheard21})>>,
      <<<<Later1, Never>>, <<Later1, Later1>>, <<Never, Never>>, <<Later1, Later1>>,
        <<Later1, Never>>>>),
  Row("not of a stopped sender: it may have none that wait",
      Lost(Stopped1, {}), <<Later1, Never>>),
  Row("nor before it is established, when it is over, or when all arrived",
      <<Lost([Open EXCEPT !.state = "SYN_SENT"], {}), Lost([Open EXCEPT !.alive = FALSE], {}),
        Lost([Open EXCEPT !.sndUna = 3], {}), Lost([Open EXCEPT !.pending = {}], {})>>,
      [i \in 1..4 |-> <<Never, Never>>]),
  Row("the wait goes on as it began, and ends",
      <<Lost(Running, {}), Lost(Running, {Draining17}), Lost(Running, {Data3}),
        Lost([Running EXCEPT !.lostDeadline = Never], {Data3}),
        Lost([Running EXCEPT !.goneDeadline = Never], {Data3})>>,
      <<<<<<0, 7>>, <<1, 5>>>>, <<<<0, 7>>, Never>>, <<Never, Never>>, <<Never, Never>>,
        <<Never, Never>>>>),
  Row("of every connection",
      {c.lostDeadline : c \in {LostTimers([At(Open) EXCEPT !.chan = << >>]).conn["c1"]}}, {Later1}),
  Row("a packet that waits (NC-HOL-3)",
      <<Changed(Queued, HeadOfLineTimer(Queued, Now, <<0, 3>>)),
        Changed(Running, HeadOfLineTimer(Running, Now, <<0, 3>>)),
        HeadOfLineTimer([Queued EXCEPT !.holDeadline = <<1, 1>>], Now, <<0, 3>>).holDeadline,
        HeadOfLineTimer([Queued EXCEPT !.stopped = TRUE], Now, <<0, 3>>).holDeadline>>,
      <<[holDeadline |-> <<1, 3>>], [holDeadline |-> Never], <<1, 1>>, Never>>),
  Row("something to acknowledge, that was not told and may not have been (NC-DATA-5)",
      <<Acking([Open EXCEPT !.ackSent = 1]), Acking(Open),
        Acking([Open EXCEPT !.ackSent = 1, !.ackLost = 2]),
        Acking([Open EXCEPT !.ackSent = 1, !.ackDeadline = <<1, 1>>]),
        Acking([Open EXCEPT !.ackSent = 1, !.alive = FALSE])>>,
      <<[ackDeadline |-> <<1, 2>>], << >>, << >>, << >>, << >>>>),
  Row("the timers of those that are not over",
      Timers(Busy),
      {<<<<1, 2>>, "answer", "c9">>, <<<<1, 3>>, "connect", "c2">>,
       <<<<1, 4>>, "headOfLine", "c1">>,
       <<<<1, 5>>, "lost", "c1">>}),
  Row("they fall due in their order, up to the moment",
      [n \in {1, 2, 3, 4, 5} |-> Sent(FireUntil(Busy, <<1, n>>))],
      [n \in {1, 2, 3, 4, 5} |-> SubSeq(<<3, 8, 1, 4>>, 1, n - 1)]),
  Row("each at its own, or now when that is over",
      LET H == FireUntil(Busy, <<1, 9>>)
          late == FireUntil([Busy EXCEPT !.now = <<1, 7>>], <<1, 9>>)
      IN <<H.answered["c9"].since, H.gone["c2"], H.gone["c1"], H.now, late.gone["c2"]>>,
      <<<<1, 2>>, <<1, 3>>, <<1, 5>>, <<1, 9>>, <<1, 7>>>>),
  Row("the reset of NC-FAIL-1 may have been as early as the other deadline",
      FireUntil(Busy, <<1, 9>>).resets[<<"c1", 4>>].early, <<0, 7>>),
  Row("the answer that waited is sent (NC-HS-7)",
      Changed(Busy.answered["c9"], FireUntil(Busy, <<1, 2>>).answered["c9"]),
      [since |-> <<1, 2>>, waiting |-> FALSE]) >>

-----------------------------------------------------------------------------
(* What is remembered, and for how long. *)

Since(t) == [since |-> t, reason |-> "LIMIT"]
SentRst(since, early) == [packet |-> RstOf(Open, "CLOSED"), since |-> since, early |-> early]
Remembering ==
  [Base EXCEPT !.resets = ("a" :> SentRst(LongAgo, LongAgo)) @@ ("b" :> SentRst(JustNow, LongAgo))
                            @@ ("c" :> SentRst(JustNow, JustNow))]
Musts(owed) == {<<owed[i].again, owed[i].must>> : i \in DOMAIN owed}
Full ==
  [Remembering EXCEPT !.gone = ("a" :> LongAgo) @@ ("b" :> JustNow),
                      !.refused = ("a" :> Since(LongAgo)) @@ ("b" :> Since(JustNow)),
                      !.condemned = ("a" :> LongAgo) @@ ("b" :> JustNow),
                      !.socket = 1 :> "held",
                      !.listener = 1 :> [backlog |-> 1, queue |-> <<"queued">>],
                      !.conn = [id \in {"alive", "held", "queued", "lingers", "over"} |->
                           IF id = "alive" THEN Open
                           ELSE IF id = "lingers" THEN Lingers(Open) ELSE Dead(Open, "", "")]]
Of(type, id) == [Control(type, id, Open, 0, 0) EXCEPT !.ack = 3]
Relaxed ==
  Relax([Full EXCEPT !.conn["held"].ackSent = 3],
        <<Of("ACK", "over"), Of("ACK", "held"), Of("STOP", "over"), Of("RST", "over"),
          Of("NCREFUSE", "over"), Of("STOP", "alive"), Of("STOP", "nobody"),
          [Of("STOP", "alive") EXCEPT !.must = FALSE]>>)

Memory == <<
  Row("what is older than a connect timeout is forgotten (NC-HS-2, NC-HS-7, NC-FAIL-2)",
      LET H == Prune(Full) IN <<DOMAIN H.gone, DOMAIN H.refused, DOMAIN H.condemned,
                                DOMAIN H.resets>>,
      <<{"b"}, {"b"}, {"b"}, {"b", "c"}>>),
  Row("a connection that is over stays while anybody may ask for it",
      DOMAIN Prune(Full).conn, {"alive", "held", "queued", "lingers"}),
  Row("time goes on and forgets",
      LET H == Advance(Full, <<0, 1>>) IN <<DOMAIN H.gone, H.now>>, <<{}, <<1, 1>>>>),
  Row("those of connections that are over may be left out, but RST, NCREFUSE and the last ACK",
      [i \in DOMAIN Relaxed |-> Relaxed[i].must],
      <<TRUE, FALSE, FALSE, TRUE, TRUE, TRUE, TRUE, FALSE>>),
  Row("that is so when they are forgotten, too",
      [over \in {"STOP", "RST"} |->
         Prune(WithOwed(Full, Control1, <<Of(over, "over")>>)).chan[Control1].owed[1].must],
      [over \in {"STOP", "RST"} |-> over = "RST"]),
  Row("a connection that dies is remembered, and so is what may still come out of its channels",
      LET H == Put([At(Open) EXCEPT !.chan = Only({Control1, Data3, Failed13})], "c1",
                   Reset("c1", Open, "RESET", "ABORTED"))
          again == Put([H EXCEPT !.now = Later1], "c1", H.conn["c1"])
      IN <<H.gone, H.conn["c1"].lingering, H.conn["c1"].out, Sent(H), again.gone,
           again.conn = H.conn>>,
      <<"c1" :> Now, {Control1, Data3}, << >>, <<1>>, "c1" :> Now, TRUE>>),
  Row("and one that was never there",
      DOMAIN Put(Base, "c1", Dead(Open, "", "")).gone, {"c1"}),
  Row("an RST that is not too old is repeated; one that may be may be left out",
      Musts(RepeatedResets(Remembering, DOMAIN Remembering.resets)),
      {<<TRUE, FALSE>>, <<TRUE, TRUE>>}),
  Row("one that was optional stays so",
      Musts(RepeatedResets([Remembering EXCEPT !.resets["c"].packet.must = FALSE], {"c"})),
      {<<TRUE, FALSE>>}),
  Row("an RST is remembered with its reason, nothing else",
      Owe(Base, <<RstOf(Open, "CLOSED"), Of("STOP", "c1")>>).resets,
      <<"c1", 3>> :> [packet |-> RstOf(Open, "CLOSED"), since |-> Now, early |-> Now]) >>

-----------------------------------------------------------------------------
(* What has to be on a channel by now. *)

Unsaid == [Open EXCEPT !.pending = {}, !.rcvNxt = 3, !.ackSent = 2, !.ackDeadline = <<1, 0>>]
HostMust(c, n) == Obligations([At(c) EXCEPT !.controls = <<Silent9, Control1>>], n)

Duties == <<
  Row("ACK, when the delay is over or a quarter of the buffer has come (NC-DATA-5)",
      <<MustAck(Unsaid, Now), MustAck([Unsaid EXCEPT !.ackDeadline = <<1, 1>>], Now),
        MustAck([Unsaid EXCEPT !.ackDeadline = <<1, 1>>, !.rcvNxt = 4], Now),
        MustAck([Unsaid EXCEPT !.ackDeadline = <<1, 1>>, !.rcvNxt = 4, !.peerBuffer = None], Now)>>,
      <<TRUE, FALSE, TRUE, FALSE>>),
  Row("not when it was told, or may have been; and again when that was lost",
      <<MustAck([Unsaid EXCEPT !.ackSent = 3], Now), MustAck([Unsaid EXCEPT !.ackLost = 3], Now),
        MustAck([Unsaid EXCEPT !.ackSent = 3, !.ackAgain = 3, !.ackDeadline = Never], Now)>>,
      <<FALSE, FALSE, TRUE>>),
  Row("not beside DATA that may carry it, unless that has arrived",
      <<MustAck([Unsaid EXCEPT !.pending = {<<1, 3>>}], Now),
        MustAck([Unsaid EXCEPT !.pending = {<<1, 3>>}, !.sndUna = 3], Now)>>, <<FALSE, TRUE>>),
  Row("nor early or late",
      <<MustAck([Unsaid EXCEPT !.state = "SYN_SENT"], Now),
        MustAck([Unsaid EXCEPT !.alive = FALSE], Now)>>,
      <<FALSE, FALSE>>),
  Row("FIN, when every byte was seen on a channel (NC-FIN-1)",
      <<MustFin(Closing1, 1), MustFin([Closing1 EXCEPT !.pending = {<<1, 3>>}, !.sndUna = 0], 1),
        MustFin([Closing1 EXCEPT !.pending = {<<1, 3>>}], 1),
        MustFin([Closing1 EXCEPT !.finAsked = FALSE], 1)>>,
      <<TRUE, FALSE, TRUE, FALSE>>),
  Row("once, and again on the next control channel until it is acknowledged (NC-FAIL-2)",
      <<MustFin([Closing1 EXCEPT !.finOn = {1}], 1), MustFin([Closing1 EXCEPT !.finOn = {3}], 1),
        MustFin([Closing1 EXCEPT !.finOn = {3}, !.finAgain = 1], 1),
        MustFin([Closing1 EXCEPT !.finOn = {1}, !.finAgain = 1, !.finSpare = 1], 1),
        MustFin([Closing1 EXCEPT !.finOn = {3}, !.finAgain = 1, !.sndUna = 4], 1)>>,
      <<FALSE, FALSE, TRUE, FALSE, FALSE>>),
  Row("nor early or late",
      <<MustFin([Closing1 EXCEPT !.state = "SYN_SENT", !.lingering = {1}], 1),
        MustFin([Closing1 EXCEPT !.alive = FALSE], 1)>>, <<FALSE, FALSE>>),
  Row("a new channel owes its HELLO, a draining one its end, one that failed nothing",
      [n \in {Silent9, Draining17, Drained19, Data3, Failed13} |-> HostMust(Open, n)],
      (Silent9 :> {"HELLO"}) @@ (Draining17 :> {"CHANNEL_CLOSE"}) @@ (Drained19 :> {})
         @@ (Data3 :> {})
         @@ (Failed13 :> {})),
  Row("a control channel what was decided and may not be left out; the newest ACK and FIN, too",
      <<HostMust(Unsaid, Control1), HostMust(Closing1, Control1), HostMust(Open, Control1),
        Obligations([At(Unsaid) EXCEPT !.controls = <<Control1, Silent9>>], Control1),
        Obligations([At(Closing1) EXCEPT !.controls = <<Control1, Silent9>>], Control1),
        Obligations(WithOwed(Full, Control1, <<Of("RST", "over"), Of("STOP", "over"),
                                               [Of("RESUME", "alive") EXCEPT !.must = FALSE]>>),
                                               Control1)>>,
      <<{"ACK"}, {"FIN"}, {}, {}, {}, {"RST"}>>) >>

-----------------------------------------------------------------------------
(* Channels. *)

\* The types that a new control channel repeats of a connection.
Repeats(c) == LET all == Repetition(At(c),
                                    "c1") IN [i \in DOMAIN all |-> <<all[i].type, all[i].tag>>]
Answering(c) == [c EXCEPT !.role = "connecting"]
OnFive == [Open EXCEPT !.flight = (Data3 :> << <<0, 1>> >>) @@ (Data5 :> << <<1, 2>> >>),
                       !.pending = {<<2, 3>>}, !.ackSent = 1, !.ackDeadline = <<1, 1>>,
                       !.lingering = {Data3, Data5}]
Shut == [Closing1 EXCEPT !.ackDeadline = <<1, 1>>, !.ackAgain = 1]
TwoUp(c) == [TwoControls(c) EXCEPT !.chan[Newest23].owed = <<Of("STOP", "c1")>>]
Lives(c, incarnation) ==
  NewLife([At(c) EXCEPT !.chan = Only({Control1, Data3, Silent9, Failed13})], incarnation)
Hello(H, incarnation) == OnHello(H, Silent9, [Hello9 EXCEPT !.incarnation = incarnation])
Up(H) == {n \in DOMAIN H.chan : IsUp(H, n)}

ChannelTable == <<
  Row("a new control channel repeats the control state (NC-FAIL-2)",
      <<Repeats(Opening), Repeats(Open), Repeats(Answering(Open)),
        Repeats([Open EXCEPT !.epoch = 2]),
        Repeats([Open EXCEPT !.epoch = 2, !.stopped = TRUE]), Repeats(Dead(Open, "", ""))>>,
      <<<<<<"NCSYN", 2>>>>, <<<<"NCSYN_ACK", 0>>>>, <<<<"ACK", 0>>>>,
        <<<<"NCSYN_ACK", 0>>, <<"RESUME", 2>>>>, <<<<"NCSYN_ACK", 0>>, <<"STOP", 2>>>>, << >>>>),
  Row("as repetitions, none of which may be left out",
      Musts(Repetition(At([Open EXCEPT !.epoch = 2]), "c1")), {<<TRUE, TRUE>>}),
  Row("it is the newest from now on",
      LET H == ChannelUp([At(Open) EXCEPT !.resets = Remembering.resets], Newest23, "CONTROL", TRUE)
      IN <<H.controls, Len(H.chan[Newest23].owed), Changed(Open, H.conn["c1"]),
           Changed(NewChannel("CONTROL", TRUE), [H.chan[Newest23] EXCEPT !.owed = << >>])>>,
      <<<<Control1, Newest23>>, 3, [finAgain |-> Newest23], << >>>>),
  Row("what it may not repeat: a FIN that is acknowledged",
      <<Changed(Shut, OnNewControl([Shut EXCEPT !.ackLost = 5], Newest23)),
        Changed(Shut, OnNewControl([Shut EXCEPT !.sndUna = 4], Newest23))>>,
      <<[finAgain |-> Newest23], [finAgain |-> Newest23, finOn |-> {Newest23}, sndUna |-> 4]>>),
  Row("a data channel comes up", Changed(Base, ChannelUp(Base, Newest23, "LATENCY", FALSE)),
      [chan |-> With(AllChannels, Newest23, NewChannel("LATENCY", FALSE))]),
  Row("bytes of a data channel that fails wait again, and acks that it had (NC-FAIL-1)",
      LET H == ChannelDown(At(OnFive), Data5)
      IN <<Changed(OnFive, H.conn["c1"]), Changed(AllChannels[Data5], H.chan[Data5]), H.controls>>,
      <<[pending |-> {<<1, 3>>}, flight |-> Data3 :> << <<0, 1>> >>, ackAgain |-> 2,
         lingering |-> {Data3}], [state |-> "FAILED"], <<Control1>>>>),
  Row("not those that arrived, nor acks of a connection that is over",
      <<LoseChannel([OnFive EXCEPT !.sndUna = 2], Data5).pending,
        LoseChannel([OnFive EXCEPT !.alive = FALSE], Data5).ackAgain>>, <<{<<2, 3>>}, None>>),
  Row("FIN and ACK may have been lost with the newest control channel",
      LET H == ChannelDown(WithOwed(At(Shut), Control1, <<Of("STOP", "c1")>>), Control1)
      IN <<Changed(Shut, H.conn["c1"]), H.controls, H.chan[Control1].owed>>,
      <<[finOn |-> {Control1}, ackLost |-> 2, ackAgain |-> None, ackDeadline |-> Never], << >>,
        << >>>>),
  Row("a FIN that could not be sent was not",
      ChannelDown(At(Open), Control1).conn["c1"].finOn, {}),
  Row("what was lost may be repeated on the older one, all of it (R55)",
      LET H == ChannelDown([TwoUp(Shut) EXCEPT !.resets = Remembering.resets], Newest23)
      IN <<H.controls, H.conn["c1"].finSpare, Musts(H.chan[Control1].owed),
           Len(H.chan[Control1].owed)>>,
      <<<<Control1>>, 1, {<<TRUE, FALSE>>}, 3>>),
  Row("but a FIN only where there is one that matters",
      <<ChannelDown(TwoUp(Open), Newest23).conn["c1"].finSpare,
        ChannelDown(TwoUp([Shut EXCEPT !.sndUna = 4]), Newest23).conn["c1"].finSpare,
        ChannelDown(TwoUp(Shut), Control1).conn["c1"].finSpare>>, <<0, 0, 0>>),
  Row("what has failed, or is closed, does not fail again (NC-CH-5)",
      LET closed == [Base EXCEPT !.chan[Drained19].closeIn = TRUE]
          owes == [closed EXCEPT !.conn = "c1" :> [Open EXCEPT !.flight = Drained19 :> << <<0,
                                                                                            1>> >>]]
      IN <<ChannelDown(Base, Failed13) = Base, ChannelDown(closed, Drained19) = closed,
           ChannelDown(Base, Drained19) = Base, ChannelDown(owes, Drained19) = owes,
           ChannelDown(Base, Closed11) = Base>>, <<TRUE, TRUE, FALSE, FALSE, FALSE>>),
  Row("draining keeps what it had, and is begun once (NC-CH-5)",
      <<Changed(AllChannels[Data3], Drain(At(Stopped1), Data3).chan[Data3]),
        Drain(At(Open), Draining17) = At(Open)>>,
      <<[state |-> "DRAINING", committed |-> "c1" :> 2], TRUE>>),
  Row("a later life of the peer ends what was of the earlier one (NC-FAIL-3)",
      <<Up(Lives(Open, <<0, 0, 6>>)), Lives(Open, <<0, 0, 6>>).conn["c1"].reason,
        Lives(Opening, <<0, 0, 6>>).conn["c1"].reason,
        Lives(Dead(Open, "RESET", "ABORTED"), <<0, 0, 6>>).conn["c1"].reason,
        Changed(At(Open), NewLife(At(Open), <<0, 0, 5>>)),
        Changed(At(Open), NewLife(At(Open), <<0, 0, 4>>)),
        Changed(At(Open), NewLife([At(Open) EXCEPT !.peer = << >>], <<0, 0, 6>>))>>,
      <<{Silent9}, "HOST_RESTARTED", "", "ABORTED", << >>, << >>, [peer |-> << >>]>>),
  Row("the new life needs no RST",
      {o.must : o \in {Restart(At(Open), {"c1"}).chan[Control1].owed[1]}}, {FALSE}),
  Row("HELLO of the same life and of a later one is heard, of an earlier one not",
      <<Changed(AllChannels[Silent9], Hello(Base, <<0, 0, 5>>).chan[Silent9]),
        Hello(Base, <<0, 0, 6>>).peer, Hello([Base EXCEPT !.peer = << >>], <<0, 0, 4>>).peer,
        Hello(Base, <<0, 0, 4>>) = ChannelDown(Base, Silent9)>>,
      <<[helloIn |-> TRUE, largest |-> 2], <<0, 0, 6>>, <<0, 0, 4>>, TRUE>>),
  Row("HELLO says which channel it is, and takes a payload",
      <<OnHello(Base, Silent9, [Hello9 EXCEPT !.channel = 8]),
        OnHello(Base, Silent9, [Hello9 EXCEPT !.class = "LATENCY"]),
        OnHello(Base, Silent9, [Hello9 EXCEPT !.largestPayload = 0])>>,
      [i \in 1..3 |-> ChannelDown(Base, Silent9)]),
  Row("a channel is read while its charge is under the budget; control channels always (NC-CH-4)",
      LET q(n) == [channel |-> n, from |-> 9, to |-> 11, length |-> 2]
          H == [Base EXCEPT !.conn = ("c1" :> [Open EXCEPT !.queue = <<q(3), q(5), q(3), q(1),
                                                                       q(1)>>])
                                       @@ ("c2" :> [Open EXCEPT !.queue = <<q(5)>>])
                                       @@ ("c3" :> [Open EXCEPT !.queue = <<q(Latency7)>>])]
      IN <<[n \in {Data3, Data5, Latency7} |-> Charge(H, n)],
           {n \in {Control1, Data3, Data5, Latency7, Failed13} : Reads(H, n)}>>,
      <<[n \in {Data3, Data5, Latency7} |-> IF n = Latency7 THEN 2 ELSE 4],
        {Control1, Latency7, Failed13}>>) >>
=============================================================================
