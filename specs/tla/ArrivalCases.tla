---------------------------- MODULE ArrivalCases ----------------------------
(***************************************************************************)
(* Cases of packets that arrive: those that break their channel, those of  *)
(* connections that are there, and those of strangers.                     *)
(***************************************************************************)
EXTENDS PullCases

Control10 ==
  {"NCSYN", "NCSYN_ACK", "NCREFUSE", "ACK", "STOP", "STOP_ACK", "RESUME", "FIN", "RST"}
Types == Control10 \cup {"HELLO", "DATA", "CHANNEL_CLOSE", "UNKNOWN", "UNREADABLE"}
Lengths == {0, 2, 3}

\* A packet to connection "c1", from where it should be.
To1(type, tag, offset, ack, length) ==
  [type |-> type, connection |-> "c1", sourcePort |-> 2, destinationPort |-> 1, tag |-> tag,
   offset |-> offset, ack |-> ack, length |-> length]
Plain(type) == To1(type, 0, 2, 0, IF type = "DATA" THEN 1 ELSE 0)
Greeting(type, length) ==
  IF type = "HELLO" THEN [type |-> type, length |-> length, hello |-> Hello9]
  ELSE [Plain(type) EXCEPT !.length = length]

Breaking(n) == {<<t, l>> \in Types \X Lengths : BreaksChannel(Base, n, Greeting(t, l))}

Breakers == <<
  Row("a control channel has no second HELLO, no DATA, and no payload, but that of unknown types",
      Breaking(Control1),
      ({"HELLO", "DATA", "UNREADABLE"} \X Lengths) \cup ((Control10 \cup {"CHANNEL_CLOSE"}) \X {2,
                                                                                                3})
         \cup {<<"UNKNOWN", 3>>}),
  Row("a data channel has no control packets (NC-HDR-5), and no DATA that is empty or too long",
      Breaking(Data3),
      (({"HELLO", "UNREADABLE"} \cup Control10) \X Lengths) \cup ({"CHANNEL_CLOSE"} \X {2, 3})
         \cup {<<"DATA", 0>>, <<"DATA", 3>>, <<"UNKNOWN", 3>>}),
  Row("HELLO comes first, however long (NC-CH-2)", Breaking(Silent9),
      (Types \ {"HELLO"}) \X Lengths),
  Row("and says something", BreaksChannel(Base, Silent9, Plain("HELLO")), TRUE),
  Row("CHANNEL_CLOSE comes last (NC-CH-5)", Breaking(Closed11), Types \X Lengths),
  Row("a channel that failed gives nothing more (NC-CH-1)",
      [type \in {"DATA", "ACK", "UNREADABLE"} |-> OnPacket(Base, Failed13, Plain(type))],
      [type \in {"DATA", "ACK", "UNREADABLE"} |-> {Base}]),
  Row("what breaks a channel fails it (NC-HDR-2)",
      OnPacket(Base, Data3, Plain("ACK")), {ChannelDown(Base, Data3)}),
  Row("what is unknown is skipped (NC-HDR-3)", OnPacket(Base, Data3, Plain("UNKNOWN")), {Base}),
  Row("a packet of no connection, too",
      OnPacket(Base, Control1, [Plain("ACK") EXCEPT !.connection = NoId]), {Base}),
  Row("CHANNEL_CLOSE makes a data channel draining (NC-CH-5)",
      {Changed(AllChannels[Data3], H.chan[Data3]) :
         H \in OnPacket(At(Open), Data3, Plain("CHANNEL_CLOSE"))},
      {[state |-> "DRAINING", committed |-> "c1" :> 3, closeIn |-> TRUE]}),
  Row("a control channel fails of it (NC-CH-3)",
      OnPacket(Base, Control1, Plain("CHANNEL_CLOSE")), {ChannelDown(Base, Control1)}) >>

-----------------------------------------------------------------------------
(* Packets of connections that are there. *)

\* How the connection may differ afterwards.
After(c, n, p) == {Changed(c, H.conn["c1"]) : H \in OnPacket(At(c), n, p)}
Reasons(c, n, p) == {H.conn["c1"].reason : H \in OnPacket(At(c), n, p)}
OwedAfter(H, n, p) ==
  {[i \in DOMAIN G.chan[n].owed |-> <<G.chan[n].owed[i].type, G.chan[n].owed[i].tag>>] :
     G \in OnPacket(H, n, p)}

\* Acknowledges byte 0.
Ack1 == To1("ACK", 0, 0, 1, 0)
Acked == {[sndUna |-> 1, flight |-> Data3 :> << >>]}
\* A second control channel, the newest.
Newest23 == 23
TwoControls(c) ==
  [At(c) EXCEPT !.chan = With(@, Newest23, Ready("CONTROL")),
                !.controls = <<Control1, Newest23>>]
StoppedPeer == [Open EXCEPT !.epoch = 2, !.stopped = TRUE, !.read = 2, !.ahead = {}]
Stopped2 == [Open EXCEPT !.stopIn = 2, !.resumed = 1, !.limit = 2]
AllRead == [Open EXCEPT !.read = 2]
Wait(from, to) == [channel |-> Data3, from |-> from, to |-> to, length |-> to - from]
FinKnown == [Open EXCEPT !.fin = 5]
Complain(c, offset, length) ==
  {d.reason : d \in OnData("c1", c, Data3, To1("DATA", 0, offset, 0, length))}
FinOutcomes(c, offset) ==
  {<<d.reason, d.fin>> : d \in OnFin("c1", c, To1("FIN", 0, offset, 0, 0))}
AllIn == [Closing1 EXCEPT !.fin = 2, !.ahead = {}]
RstErrors(c, reason) == {d.error : d \in OnRst(c, reason)}
Every == [Open EXCEPT !.fin = 9, !.queue = <<1>>, !.holDeadline = <<1, 1>>,
                      !.ackDeadline = <<1, 1>>, !.synDeadline = <<1, 1>>,
                      !.lostDeadline = <<1, 1>>, !.goneDeadline = <<1, 1>>, !.stopped = TRUE,
                      !.ackAgain = 1]
NoRead == [Open EXCEPT !.reading = FALSE]
RstOf(c, reason) == Control("RST", "c1", c, TagOf(ResetReasons, reason), 0)

Known == <<
  Row("a packet with other ports is dropped (NC-HDR-4)",
      <<After(Open, Control1, Ack1), After(Open, Control1, [Ack1 EXCEPT !.sourcePort = 9]),
        After(Open, Control1, [Ack1 EXCEPT !.destinationPort = 9]),
        {G.conn["c1"].state : G \in OnPacket(At(Unbound), Control1,
                                             [Plain("NCSYN_ACK") EXCEPT !.destinationPort = 9])}>>,
      <<Acked, {<< >>}, {<< >>}, {"ESTABLISHED"}>>),
  Row("every packet but NCREFUSE and RST establishes (NC-HS-3)",
      {type \in Control10 \cup {"DATA"} :
         \E G \in OnPacket(At([Opening EXCEPT !.peerBuffer = 8]),
                           IF type = "DATA" THEN Data3 ELSE Control1, Plain(type)) :
           G.conn["c1"].state = "ESTABLISHED"},
      (Control10 \cup {"DATA"}) \ {"NCSYN", "NCREFUSE", "RST"}),
  Row("which ends the wait and learns the peer's buffer",
      After(Opening, Control1, Plain("NCSYN_ACK")),
      {[state |-> "ESTABLISHED", synDeadline |-> Never, peerBuffer |-> 2]}),
  Row("once, and at the connecting side",
      <<OnNcsynAck([Opening EXCEPT !.peerBuffer = 5], Plain("NCSYN_ACK")).peerBuffer,
        OnNcsynAck([Open EXCEPT !.peerBuffer = None], Plain("NCSYN_ACK")).peerBuffer>>,
        <<5, None>>),
  Row("NCSYN again has NCSYN_ACK again, on the accepting side (NC-HS-2)",
      <<OwedAfter(At(Open), Control1, Plain("NCSYN")),
        OwedAfter(At(Opening), Control1, Plain("NCSYN"))>>,
      <<{<< <<"NCSYN_ACK", 0>> >>}, {<< >>}>>),
  Row("on every control channel, the newest or not (NC-CH-3)",
      [id \in {"c1", "c9"} |->
         TwoControls(Open) \in
           OnPacket(TwoControls(Open), Control1, [Plain("NCSYN") EXCEPT !.connection = id])],
      [id \in {"c1", "c9"} |-> FALSE]),
  Row("NCREFUSE has one of three reasons, before it is established (NC-HS-4)",
      <<[t \in 0..4 |-> Reasons(Opening, Control1, To1("NCREFUSE", t, 0, 0, 0))],
        Reasons(Open, Control1, To1("NCREFUSE", 1, 0, 0, 0))>>,
      <<[t \in 0..4 |-> IF t \in DOMAIN RefuseReasons THEN {RefuseReasons[t]} ELSE {""}], {""}>>),
  Row("RST has one of eight",
      [t \in 0..9 |-> Reasons(Open, Control1, To1("RST", t, 0, 0, 0))],
      [t \in 0..9 |-> IF t \in DOMAIN ResetReasons THEN {ResetReasons[t]} ELSE {""}]),
  Row("DATA comes on a channel of its class (NC-HDR-5)",
      <<Reasons(Open, Latency7, To1("DATA", 0, 2, 0, 1)),
        Reasons(Open, Data3, To1("DATA", 0, 2, 0, 1)),
        Reasons(Open, Control1, Ack1)>>, <<{"PROTOCOL_ERROR"}, {""}, {""}>>),
  Row("an ack over snd_nxt is a lie (NC-DATA-5)",
      <<[a \in 0..5 |-> Reasons(Open, Control1, To1("ACK", 0, 0, a, 0))],
        [a \in 0..5 |-> Reasons(Stopped1, Control1, To1("ACK", 0, 0, a, 0))],
        [a \in 3..5 |-> Reasons(Closing1, Control1, To1("ACK", 0, 0, a, 0))],
        [a \in 3..5 |-> Reasons([Closing1 EXCEPT !.finSeen = TRUE], Control1,
                                To1("ACK", 0, 0, a, 0))],
        [a \in 2..5 |-> Reasons([Stopped1 EXCEPT !.finAsked = TRUE], Control1,
                                To1("ACK", 0, 0, a, 0))]>>,
      LET lie == {"PROTOCOL_ERROR"}
          may == {"", "PROTOCOL_ERROR"}
      IN <<[a \in 0..5 |-> IF a < 2 THEN {""} ELSE IF a < 4 THEN may ELSE lie],
           [a \in 0..5 |-> IF a < 2 THEN {""} ELSE IF a < 3 THEN may ELSE lie],
           [a \in 3..5 |-> IF a = 3 THEN {""} ELSE IF a = 4 THEN may ELSE lie],
           [a \in 3..5 |-> IF a < 5 THEN {""} ELSE lie],
           [a \in 2..5 |-> IF a = 2 THEN may ELSE lie]>>),
  Row("an ack that says more tells what snd_nxt is at least, and counts the FIN",
      <<Changed(Open, OnAck(Open, 2)), OnAck([Closing1 EXCEPT !.sndNxt = 1], 4).sndNxt,
        Changed(Open, OnAck([Open EXCEPT !.flight = Data3 :> << <<0, 1>>, <<1, 3>> >>], 2))>>,
      <<[sndUna |-> 2, sndNxt |-> 2, flight |-> Data3 :> << >>], 3,
        [sndUna |-> 2, sndNxt |-> 2, flight |-> Data3 :> << <<1, 3>> >>]>>),
  Row("STOP_ACK of the STOP that is outstanding ends it where nothing waits (NC-HOL-6, NC-HOL-7)",
      [t \in 1..2 |-> {c.stopped : c \in {H.conn["c1"] :
                         H \in OnPacket(At(StoppedPeer), Control1, To1("STOP_ACK", t, 3, 0, 0))}}],
      [t \in 1..2 |-> {t = 1}]),
  Row("DATA that was received says nothing (NC-DATA-4)",
      After(Open, Data3, To1("DATA", 0, 0, 0, 2)), {<< >>}),
  Row("DATA that is new waits in the response queue, charged whole (NC-HOL-1)",
      {Changed(Open, d) : d \in OnData("c1", Open, Data3, To1("DATA", 0, 1, 0, 2))},
      {[queue |-> <<[channel |-> Data3, from |-> 1, to |-> 3, length |-> 2]>>]}),
  Row("it moves at once where it can, and what is in order now is",
      After(Open, Data3, To1("DATA", 0, 1, 0, 2)),
      {[rcvNxt |-> 4, ahead |-> {}, ackDeadline |-> <<1, 2>>]}),
  Row("what moves: what fits, or is next while there is nothing to read, or is below STOP_ACK",
      <<CanMove(Open, Wait(0, 2), 0), CanMove(Open, Wait(4, 6), 1), CanMove(Open, Wait(4, 6), 2),
        CanMove(Open, Wait(2, 3), 0), CanMove(AllRead, Wait(2, 3), 0),
        CanMove(AllRead, Wait(4, 5), 0), CanMove([Open EXCEPT !.quiet = 5], Wait(4, 6), 0),
        CanMove([Open EXCEPT !.quiet = 4], Wait(4, 6), 0)>>,
      <<TRUE, FALSE, TRUE, FALSE, TRUE, FALSE, TRUE, FALSE>>),
  Row("a STOP that is newer than both epochs stops (NC-HOL-5)",
      [in \in 0..2 |-> [resumed \in 0..2 |->
         LET c == [Open EXCEPT !.stopIn = in, !.resumed = resumed, !.limit = 2]
         IN <<Changed(c, [OnStop("c1", c, 2) EXCEPT !.out = << >>]),
              OnStop("c1", c, 2).out[1].tag, OnStop("c1", c, 2).out[1].low>>]],
      [in \in 0..2 |-> [resumed \in 0..2 |->
         <<IF in = 2 \/ resumed = 2 THEN << >>
           ELSE IF in > resumed THEN [stopIn |-> 2] ELSE [stopIn |-> 2, limit |-> 3], 2, 1>>]]),
  Row("a RESUME of that epoch or a newer one ends it (NC-HOL-8)",
      [e \in 0..3 |-> Changed(Stopped2, OnResume(Stopped2, e))],
      [e \in 0..3 |-> IF e < 2 THEN << >> ELSE [resumed |-> e, limit |-> None]]),
  Row("RESUME may go out when nothing waits and there is space, and has to when all is read",
      [held \in {0, 2, 4} |-> [waits \in BOOLEAN |-> [stopped \in BOOLEAN |->
         {c.stopped : c \in Resumptions("c1",
            [AllRead EXCEPT !.ahead = {}, !.rcvNxt = 2 + held, !.stopped = stopped,
                            !.queue = IF waits THEN <<Wait(9, 9)>> ELSE << >>], 4)}]]],
      [held \in {0, 2, 4} |-> [waits \in BOOLEAN |-> [stopped \in BOOLEAN |->
         IF ~stopped THEN {FALSE} ELSE IF waits \/ held = 4 THEN {TRUE}
         ELSE IF held = 0 THEN {FALSE} ELSE BOOLEAN]]]),
  Row("STOP_ACK moves all, up to what the peer can have sent, of the STOP that is outstanding",
      [o \in {3, 11} |->
         {<<c.reason, c.quiet, c.queue>> :
            c \in OnStopAck("c1", [StoppedPeer EXCEPT !.queue = <<Wait(4, 6)>>], 2, o)}],
      [o \in {3, 11} |->
         IF o = 3 THEN {<<"", 3, << >>>>}
         ELSE {<<"", 10, << >>>>, <<"PROTOCOL_ERROR", None, << >>>>}]),
  Row("no other",
      <<OnStopAck("c1", StoppedPeer, 1, 3), OnStopAck("c1", Open, 0, 3)>>,
      <<{StoppedPeer}, {Open}>>),
  Row("DATA over the final offset, or over what the peer can buffer (NC-FIN-3, NC-DATA-6)",
      <<Complain(FinKnown, 4, 1), Complain(FinKnown, 4, 2), Complain(Open, 9, 1),
        Complain(Open, 9, 2),
        Complain(FinKnown, 9, 2), Complain(Open, Huge, 1)>>,
      <<{""}, {"PROTOCOL_ERROR"}, {""}, {"BUFFER_EXCEEDED"}, {"PROTOCOL_ERROR", "BUFFER_EXCEEDED"},
        {"BUFFER_EXCEEDED"}>>),
  Row("new DATA for a reader that has gone (NC-FIN-4)",
      <<Complain(NoRead, 2, 1), Complain(NoRead, 0, 2)>>, <<{"CLOSED"}, {""}>>),
  Row("a final offset is one, and not below what was received (NC-FIN-3)",
      <<FinOutcomes(Open, 4), FinOutcomes(Open, 3), FinOutcomes(FinKnown, 5),
        FinOutcomes(FinKnown, 6),
        FinOutcomes(Open, 11), FinOutcomes([Open EXCEPT !.queue = <<[to |-> 6]>>], 5)>>,
      <<{<<"", 4>>}, {<<"PROTOCOL_ERROR", None>>}, {<<"", 5>>}, {<<"PROTOCOL_ERROR", 5>>},
        {<<"", 11>>, <<"BUFFER_EXCEEDED", None>>}, {<<"PROTOCOL_ERROR", None>>}>>),
  Row("RST UNKNOWN_CONNECTION is the missing acknowledgement of a FIN (NC-FIN-6)",
      <<RstErrors([AllIn EXCEPT !.finSeen = TRUE], "UNKNOWN_CONNECTION"),
        RstErrors(AllIn, "UNKNOWN_CONNECTION"), RstErrors(AllIn, "CLOSED"),
        RstErrors([AllIn EXCEPT !.fin = 3], "UNKNOWN_CONNECTION"),
        RstErrors([AllIn EXCEPT !.finAsked = FALSE], "UNKNOWN_CONNECTION"),
        RstErrors([AllIn EXCEPT !.stopIn = 1, !.limit = 2], "UNKNOWN_CONNECTION")>>,
      <<{""}, {"", "RESET"}, {"RESET"}, {"RESET"}, {"RESET"}, {"RESET"}>>),
  Row("it is over when both directions are, and the last ACK is sent (NC-FIN-5)",
      [una \in 3..4 |-> [fin \in {None, 2, 3} |->
         LET c == Finish("c1", [AllIn EXCEPT !.sndUna = una, !.fin = fin])
         IN <<c.alive, [i \in DOMAIN c.out |-> <<c.out[i].type, c.out[i].ack, c.out[i].must>>]>>]],
      [una \in 3..4 |-> [fin \in {None, 2, 3} |->
         IF una = 4 /\ fin = 2 THEN <<FALSE, << <<"ACK", 3, TRUE>> >>>> ELSE <<TRUE, << >>>>]]),
  Row("unless it was said before, and not twice",
      <<Finish("c1", [AllIn EXCEPT !.sndUna = 4, !.ackSent = 3]).out[1].must,
        Finish("c1", Dead([AllIn EXCEPT !.sndUna = 4], "", "")).out>>, <<FALSE, << >>>>),
  Row("what is left of a connection that is over (NC-RST-1)",
      Changed(Every, Dead(Every, "RESET", "CLOSED")),
      [alive |-> FALSE, state |-> "CLOSED", error |-> "RESET", reason |-> "CLOSED",
       flight |-> << >>,
       ahead |-> {}, queue |-> << >>, holDeadline |-> Never, ackDeadline |-> Never,
       synDeadline |-> Never, lostDeadline |-> Never, goneDeadline |-> Never, stopped |-> FALSE,
       ackAgain |-> None]),
  Row("close is shutdown and the end of reading, or a reset (NC-FIN-4, NC-HS-11)",
      <<Changed(NoRead, Close("c1", [NoRead EXCEPT !.reading = TRUE, !.read = 2, !.ahead = {}])),
        Close("c1", Open).out, Close("c1", [Open EXCEPT !.ahead = {}]).out,
        Close("c1", [Open EXCEPT !.read = 2]).out,
        Close("c1", [Open EXCEPT !.read = 2, !.ahead = {}, !.queue = <<1>>]).out,
        Close("c1", Opening).out, Close("c1", Open).reading,
        Changed(Dead(Open, "", ""), Close("c1", Dead(Open, "", "")))>>,
      <<[read |-> 2, ahead |-> {}, finAsked |-> TRUE], <<RstOf(Open, "CLOSED")>>,
        <<RstOf(Open, "CLOSED")>>, <<RstOf(Open, "CLOSED")>>, <<RstOf(Open, "CLOSED")>>,
        <<RstOf(Opening, "CLOSED")>>, FALSE, [reading |-> FALSE]>>),
  Row("abort is both",
      <<Abort("c1", Open).out, Abort("c1", Open).reading,
        Changed(Dead(Open, "", ""), Abort("c1", Dead(Open, "", "")))>>,
      <<<<RstOf(Open, "ABORTED")>>, FALSE, [reading |-> FALSE]>>) >>

-----------------------------------------------------------------------------
(* Packets of connections that are not there. *)

Stranger(type) == [Plain(type) EXCEPT !.connection = "c9"]
Hears == [Base EXCEPT !.listener = 1 :> [backlog |-> 1, queue |-> << >>]]
Syn9 == [Stranger("NCSYN") EXCEPT !.tag = 2]
Says(H) == OwedAfter(H, Control1, Syn9)
Accepts == {<< <<"NCSYN_ACK", 0>> >>}
Refuses(tag) == {<< <<"NCREFUSE", tag>> >>}
Unknown9 == {<< <<"RST", 2>> >>}
LongAgo == <<0, 0>>
JustNow == <<0, 1>>
Over9 == "c9" :> Dead(Open, "", "")
Children ==
  [Base EXCEPT !.listener = 1 :> [backlog |-> 2, queue |-> <<"c1", "c2">>],
               !.conn = ("c1" :> Dead(Open, "", "")) @@ ("c2" :> Open)]
First9 == OnStrange(Base, Control1, Stranger("STOP"))
Second9 == OnStrange(Only1(First9), Control1, [Stranger("STOP") EXCEPT !.sourcePort = 7])
Third9 == OnStrange(Only1(Second9), Control1, [Stranger("STOP") EXCEPT !.sourcePort = 8])

Strangers == <<
  Row("what is answered (NC-HS-7)",
      {type \in Control10 \cup {"DATA"} : OwedAfter(Base, Control1, Stranger(type)) = Unknown9}
        \cup (IF \E H \in OnStrange(Base, Data3,
                                    Stranger("DATA")) : H # Base THEN {"DATA"} ELSE {}),
      {"DATA", "FIN", "ACK", "STOP", "NCSYN_ACK"}),
  Row("an RST is remembered, the others are ignored",
      [type \in {"NCREFUSE", "STOP_ACK", "RESUME", "RST"} |->
         {Changed(Base, H) : H \in OnPacket(Base, Control1, Stranger(type))}],
      [type \in {"NCREFUSE", "STOP_ACK", "RESUME", "RST"} |->
         {IF type = "RST" THEN [condemned |-> "c9" :> <<1, 0>>] ELSE << >>}]),
  Row("a connection that is over is a stranger",
      OwedAfter(At(Dead(Open, "", "")), Control1, Plain("STOP")), Unknown9),
  Row("the first answer goes out at once, with what its sender needs and no more",
      {<<H.chan[Control1].owed, H.answered["c9"].since, H.answered["c9"].waiting>> : H \in First9},
      {<<<<[Control("RST", "c9", Open, 2, 0) EXCEPT !.ack = 0]>>, <<1, 0>>, FALSE>>}),
  Row("the second waits, and further ones are merged with it",
      {<<Len(H.chan[Control1].owed), H.answered["c9"].packet.destinationPort,
         H.answered["c9"].since, H.answered["c9"].waiting>> : H \in Second9 \cup Third9},
      {<<1, 7, <<1, 0>>, TRUE>>, <<1, 8, <<1, 0>>, TRUE>>}),
  Row("after the delay the next is a first one",
      {<<Len(H.chan[Control1].owed), H.answered["c9"].since>> :
         H \in OnStrange([Only1(First9) EXCEPT !.now = <<1, 2>>], Control1, Stranger("STOP"))},
      {<<2, <<1, 2>>>>}),
  Row("NCSYN has a child (NC-HS-2)", Says(Hears), Accepts),
  Row("the child is what was asked for",
      {<<Changed(NewConnection("accepting", "THROUGHPUT", 1, 2), H.conn["c9"]),
         H.listener[1].queue>> :
         H \in OnPacket(Hears, Control1, Syn9)},
      {<<[state |-> "ESTABLISHED", peerBuffer |-> 2], <<"c9">>>>}),
  Row("not when it was condemned, not long ago (NC-HS-7)",
      <<Says([Hears EXCEPT !.condemned = "c9" :> JustNow, !.gone = "c9" :> JustNow]),
        Says([Hears EXCEPT !.condemned = "c9" :> LongAgo])>>, <<{<< >>}, Accepts>>),
  Row("nor when it is gone, not long ago, or is still held",
      <<Says([Hears EXCEPT !.gone = "c9" :> JustNow]),
        Says([Hears EXCEPT !.gone = "c9" :> LongAgo]),
        Says([Hears EXCEPT !.conn = Over9, !.socket = 1 :> "c9"]),
        Says([Hears EXCEPT !.conn = Over9]), Says([Hears EXCEPT !.socket = 1 :> "c9"])>>,
      <<Unknown9, Accepts, Unknown9, Accepts, Accepts>>),
  Row("nor when it was refused, not long ago",
      <<Says([Hears EXCEPT !.refused = "c9" :> [since |-> JustNow, reason |-> "LIMIT"]]),
        Says([Hears EXCEPT !.refused = "c9" :> [since |-> LongAgo, reason |-> "LIMIT"]])>>,
      <<Refuses(3), Accepts>>),
  Row("nor with a class that is none, without a listener, or with a full backlog",
      <<OwedAfter(Hears, Control1, [Syn9 EXCEPT !.tag = 3]), Says(Base),
        Says([Hears EXCEPT !.listener[1].queue = <<"c1">>])>>,
      <<{<< <<"RST", 6>> >>}, Refuses(1), Refuses(2)>>),
  Row("nor over the limit; those that were closed count or not",
      <<Says([Hears EXCEPT !.socket = (1 :> "c1") @@ (2 :> "c2")]),
        Says([At(Open) EXCEPT !.listener = Hears.listener, !.socket = 1 :> "c2"]),
        Says([At(Dead(Open, "", "")) EXCEPT !.listener = Hears.listener, !.socket = 1 :> "c2"])>>,
      <<Refuses(3), Refuses(3) \cup Accepts, Accepts>>),
  Row("a refusal is remembered, with its reason, and acknowledges nothing",
      {<<H.refused, H.chan[Control1].owed[1].ack>> : H \in OnPacket(Base, Control1, Syn9)},
      {<<"c9" :> [since |-> <<1, 0>>, reason |-> "NO_LISTENER"], 0>>}),
  Row("connect has an id and a port of its own (NC-HS-1)",
      <<CanConnect(Base, "c1", 1), CanConnect(At(Open), "c1", 9), CanConnect(At(Open), "c9", 1),
        CanConnect(At(Open), "c9", 9), CanConnect(At(Dead(Open, "", "")), "c9", 1),
        CanConnect([Base EXCEPT !.gone = "c9" :> LongAgo], "c9", 1)>>,
      <<TRUE, FALSE, FALSE, TRUE, TRUE, FALSE>>),
  Row("it waits for an answer, behind a socket",
      LET H == Connect(Base, 5, "c9", 1, 2, "THROUGHPUT")
      IN <<Changed(NewConnection("connecting", "THROUGHPUT", 1, 2), H.conn["c9"]), H.socket>>,
      <<[synDeadline |-> <<2, 0>>], 5 :> "c9">>),
  Row("accept takes the first child",
      Changed(Children, Accept(Children, 1, 5)),
      [listener |-> 1 :> [backlog |-> 2, queue |-> <<"c2">>], socket |-> 5 :> "c1"]),
  Row("a listener that closes resets the others (NC-HS-8)",
      LET H == Unlisten(Children, 1)
      IN <<H.listener, H.conn["c1"] = Children.conn["c1"], H.conn["c2"].reason,
           H.conn["c2"].reading>>,
      <<<< >>, TRUE, "CLOSED", FALSE>>) >>
=============================================================================
