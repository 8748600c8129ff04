----------------------------- MODULE PullCases ------------------------------
(***************************************************************************)
(* Cases of packets that leave: what may be pulled, what may not, and what *)
(* is different after it.                                                  *)
(***************************************************************************)
EXTENDS Cases

(* Packets leave: of all packets with small numbers those that may be pulled. *)

Packet(type, offset, ack, length) ==
  [type |-> type, connection |-> "c1", sourcePort |-> 1, destinationPort |-> 2, tag |-> 0,
   offset |-> offset, ack |-> ack, length |-> length]

Space(type) ==
  {[type |-> type, connection |-> "c1", sourcePort |-> source, destinationPort |-> destination,
    tag |-> tag, offset |-> offset, ack |-> ack, length |-> length] :
     source \in {1, 2}, destination \in {1, 2}, tag \in {0, 1}, offset \in 0..4, ack \in 1..3,
     length \in 0..2}

\* All of them say the same but for offset, ack and length.
May(H, n, type) ==
  LET ok == {p \in Space(type) : AfterPull(H, n, p) # {}}
  IN [others |-> {<<p.sourcePort, p.destinationPort, p.tag>> : p \in ok},
      offsets |-> {<<p.offset, p.length>> : p \in ok}, acks |-> {p.ack : p \in ok}]

None1 == [others |-> {}, offsets |-> {}, acks |-> {}]
These(offsets, acks) ==
  [others |-> {<<1, 2, 0>>}, offsets |-> offsets, acks |-> acks]

\* HELLOs that may be pulled.
Hellos(H, n) ==
  {hello \in [incarnation : {<<0, 0, 5>>, <<0, 0, 6>>}, channel : {Silent9, 8},
              class : {"CONTROL", "LATENCY"}, largestPayload : {2, 3}] :
     AfterPull(H, n, [type |-> "HELLO", hello |-> hello]) # {}}
Hello9 ==
  [incarnation |-> <<0, 0, 5>>, channel |-> Silent9, class |-> "CONTROL", largestPayload |-> 2]
HelloPacket == [type |-> "HELLO", length |-> 24, hello |-> Hello9]

Lingers(c) == [Dead(c, "RESET", "ABORTED") EXCEPT !.lingering = {Control1, Data3}]
Stopped1 == [Open EXCEPT !.stopIn = 1, !.limit = 2]
Anything == {"DATA", "ACK", "FIN", "CHANNEL_CLOSE", "STOP", "RST"}
WithOwed(H, n, owed) == [H EXCEPT !.chan[n].owed = owed]
Only1(S) == CHOOSE x \in S : TRUE
PullOf(c, n, p) == Only1(AfterPull(At(c), n, p)).conn["c1"]

Leaving == <<
  Row("HELLO says who one is (NC-CH-2)", Hellos(Base, Silent9), {Hello9}),
  Row("what life it is shows in the first HELLO",
      {h.incarnation : h \in Hellos([Base EXCEPT !.incarnation = << >>], Silent9)},
      {<<0, 0, 5>>, <<0, 0, 6>>}),
  Row("HELLO is said once",
      AfterPull(Base, Control1, [HelloPacket EXCEPT !.hello.channel = Control1]), {}),
  Row("nor by a channel that failed before",
      AfterPull([Base EXCEPT !.chan[Silent9].state = "FAILED"], Silent9, HelloPacket), {}),
  Row("what HELLO leaves behind",
      Changed(NewChannel("CONTROL", TRUE),
        AfterHello([Base EXCEPT !.incarnation = << >>], Silent9, HelloPacket).chan[Silent9]),
      [helloOut |-> TRUE]),
  Row("and which life it is",
      AfterHello([Base EXCEPT !.incarnation = << >>], Silent9, HelloPacket).incarnation,
      <<0, 0, 5>>),
  Row("nothing else comes before HELLO, or out of a channel that failed",
      [n \in {Silent9, Failed13} |->
         {type \in Anything : May(WithOwed(At(Closing1), n, <<Control("STOP", "c1", Open, 0, 0)>>),
                                  n, type) # None1}],
      [n \in {Silent9, Failed13} |-> {}]),
  Row("DATA is what waits to be sent, with any ack up to rcv_nxt (NC-DATA-2)",
      May(At(Open), Data5, "DATA"), These({<<1, 1>>, <<1, 2>>, <<2, 1>>}, 1..2)),
  Row("as long as the peer takes",
      May(At(Open), Small15, "DATA"), These({<<1, 1>>, <<2, 1>>}, 1..2)),
  Row("a draining channel gives what it had (NC-CH-5)",
      May(At(Open), Draining17, "DATA"), These({<<1, 1>>}, 1..2)),
  Row("a stopped sender gives what it had (NC-HOL-5)",
      May(At(Stopped1), Data5, "DATA"), These({<<1, 1>>}, 1..2)),
  Row("a connection that is over gives what it had",
      May(At(Lingers(Stopped1)), Data3, "DATA"), These({<<1, 1>>}, 1..2)),
  Row("nowhere else, nor where its class is not, or before the peer's HELLO",
      <<May(At(Lingers(Open)), Data5, "DATA"), May(At(Open), Drained19, "DATA"),
        May(At(Open), Latency7, "DATA"), May(At(Open), Control1, "DATA"),
        May(At(Open), Unheard21, "DATA"),
        May(At([Opening EXCEPT !.sent = 3, !.pending = {<<0, 3>>}, !.rcvNxt = 2]), Data5, "DATA")>>,
      [i \in 1..6 |-> None1]),
  Row("nothing comes of a connection that is not there",
      {type \in {"DATA", "ACK", "FIN", "STOP"} :
         AfterPull(At(Closing1), IF type = "DATA" THEN Data5 ELSE Control1,
                   [Packet(type, 3, 2, 1) EXCEPT !.connection = "c2"]) # {}}, {}),
  Row("what DATA leaves behind",
      Changed(Open, PullOf(Open, Data5, Packet("DATA", 1, 2, 1))),
      [pending |-> {<<2, 3>>}, sndNxt |-> 2,
       flight |-> (Data3 :> << <<0, 1>> >>) @@ (Data5 :> << <<1, 2>> >>)]),
  Row("of a connection that is over",
      Changed(Lingers(Open), PullOf(Lingers(Open), Data3, Packet("DATA", 1, 2, 1))),
      [pending |-> {<<2, 3>>}]),
  Row("CHANNEL_CLOSE comes out of a channel that drains, once",
      {n \in DOMAIN AllChannels : AfterPull(Base, n, Packet("CHANNEL_CLOSE", 0, 0, 0)) # {}},
      {Closed11, Draining17}),
  Row("nor does a control channel drain",
      AfterPull([Base EXCEPT !.chan[Control1].state = "DRAINING"], Control1,
                Packet("CHANNEL_CLOSE", 0, 0, 0)), {}),
  Row("what CHANNEL_CLOSE leaves behind",
      Changed(AllChannels[Draining17],
              AfterChannelClose(WithOwed(Base, Draining17, <<1>>), Draining17).chan[Draining17]),
      [closeOut |-> TRUE]),
  Row("ACK may be said at any time (NC-DATA-5)",
      May(At(Open), Control1, "ACK"), These({<<0, l>> : l \in 0..2}, 1..2)),
  Row("and may have been when the connection ended",
      May(At(Lingers(Open)), Control1, "ACK"), These({<<0, l>> : l \in 0..2}, 1..2)),
  Row("not before it is established, nor after, nor beside DATA",
      <<May(At(Opening), Control1, "ACK"), May(At(Dead(Open, "", "")), Control1, "ACK"),
        May(At(Open), Data5, "ACK")>>, [i \in 1..3 |-> None1]),
  Row("what ACK leaves behind",
      Changed([Open EXCEPT !.ackSent = 1, !.ackAgain = 1, !.ackDeadline = <<1, 1>>],
              PullOf([Open EXCEPT !.ackSent = 1, !.ackAgain = 1, !.ackDeadline = <<1, 1>>],
                     Control1, Packet("ACK", 0, 2, 0))),
      [ackSent |-> 2, ackAgain |-> None, ackDeadline |-> Never]),
  Row("where it says less than there is to say the delay runs anew",
      Changed(Open, TellAck([Open EXCEPT !.ackSent = 0], 1, <<1, 0>>, Settings)),
      [ackSent |-> 1, ackDeadline |-> <<1, 2>>]),
  Row("an old value says nothing, the same one again what was to be said again",
      <<Changed(Open, TellAck(Open, 1, <<1, 0>>, Settings)),
        Changed(Open, TellAck([Open EXCEPT !.ackAgain = 2], 1, <<1, 0>>, Settings)),
        Changed(Open, TellAck([Open EXCEPT !.ackAgain = 2], 2, <<1, 0>>, Settings))>>,
      <<<< >>, [ackAgain |-> 2], << >>>>),
  Row("of a connection that is over nothing",
      Changed(Lingers(Open), PullOf(Lingers(Open), Control1, Packet("ACK", 0, 2, 0))), << >>),
  Row("FIN has the final offset (NC-FIN-1)",
      May(At(Closing1), Control1, "FIN"), These({<<3, l>> : l \in 0..2}, 1..2)),
  Row("and may have been said when the connection ended",
      May(At(Lingers(Closing1)), Control1, "FIN"), These({<<3, l>> : l \in 0..2}, 1..2)),
  Row("not before it is asked for, twice, by a stopped sender that has bytes left, early or late",
      <<May(At([Closing1 EXCEPT !.finAsked = FALSE]), Control1, "FIN"),
        May(At([Closing1 EXCEPT !.finOn = {Control1}]), Control1, "FIN"),
        May(At([Closing1 EXCEPT !.stopIn = 1, !.limit = 2]), Control1, "FIN"),
        May(At([Opening EXCEPT !.finAsked = TRUE]), Control1, "FIN"),
        May(At(Dead(Closing1, "", "")), Control1, "FIN"),
        May(At(Closing1), Data5, "FIN")>>, [i \in 1..6 |-> None1]),
  Row("but twice where it may have been lost (R55), and again on the next control channel",
      <<May(At([Closing1 EXCEPT !.finOn = {Control1}, !.finSpare = 1]), Control1, "FIN").offsets,
        May(At([Closing1 EXCEPT !.finOn = {Data3}]), Control1, "FIN").offsets>>,
      [i \in 1..2 |-> {<<3, l>> : l \in 0..2}]),
  Row("what FIN leaves behind",
      <<Changed(Open, PutFin(Open, 1)),
        Changed(Closing1, PutFin([Closing1 EXCEPT !.finOn = {1}, !.finSpare = 2], 1))>>,
      <<[finOn |-> {1}, finSeen |-> TRUE, sndNxt |-> 3],
        [finOn |-> {1}, finSeen |-> TRUE, finSpare |-> 1]>>) >>


-----------------------------------------------------------------------------
(* Control packets that are owed. *)

Owed(type, tag, offset) == Control(type, "c1", Open, tag, offset)
OwedStopAck == [Owed("STOP_ACK", 1, None) EXCEPT !.low = 1]
\* Which of the packets owed, by their places, a packet can be.
Which(c, owed, p) == Owes(WithOwed(At(c), Control1, owed), Control1, p)
Tagged(type, tag, offset) == [Packet(type, offset, 2, 0) EXCEPT !.tag = tag]
Unbound == [Opening EXCEPT !.local = None]
Other2 == [Open EXCEPT !.local = 7]
Syn(c) == Control("NCSYN", "c1", c, 2, 4)
SynFrom(port) == [Tagged("NCSYN", 2, 4) EXCEPT !.sourcePort = port, !.ack = 0]

Owing == <<
  Row("a packet is what was decided, with any ack up to rcv_nxt",
      {<<p.sourcePort, p.destinationPort, p.tag, p.offset, p.ack>> :
         p \in {q \in Space("STOP") : Which(Open, <<Owed("STOP", 1, 0)>>,
                                                                   q) # {}}},
      {<<1, 2, 1, 0, 1>>, <<1, 2, 1, 0, 2>>}),
  Row("of its connection and its type",
      <<Which(Open, <<Owed("STOP", 1, 0)>>, [Tagged("STOP", 1, 0) EXCEPT !.connection = "c2"]),
        Which(Open, <<Owed("STOP", 1, 0)>>, Tagged("RESUME", 1, 0))>>, <<{}, {}>>),
  Row("in the order of the decisions, but for repetitions and what may be left out",
      [first \in {"STOP", "again", "optional"} |->
         Which(Open, <<[Owed("STOP", 1, 0) EXCEPT !.again = (first = "again"),
                                                  !.must = (first # "optional")],
                       Owed("RESUME", 1, 0)>>, Tagged("RESUME", 1, 0))],
      [first \in {"STOP", "again", "optional"} |-> IF first = "STOP" THEN {} ELSE {2}]),
  Row("those of other connections don't count",
      Which(Open, <<[Owed("STOP", 1, 0) EXCEPT !.connection = "c2"], Owed("RESUME", 1, 0)>>,
            Tagged("RESUME", 1, 0)), {2}),
  Row("STOP_ACK says an snd_nxt that may be (NC-HOL-5)",
      {o \in 0..4 : Which(Open, <<OwedStopAck>>, Tagged("STOP_ACK", 1, o)) # {}}, 1..3),
  Row("not below what was seen since, for the STOP in force",
      <<{o \in 0..4 : Which([Open EXCEPT !.stopIn = 1, !.limit = 3, !.sndNxt = 2],
                            <<OwedStopAck>>, Tagged("STOP_ACK", 1, o)) # {}},
        {o \in 0..4 : Which([Open EXCEPT !.stopIn = 2, !.limit = 3, !.sndNxt = 2],
                            <<OwedStopAck>>, Tagged("STOP_ACK", 1, o)) # {}},
        {o \in 0..4 : Which([Open EXCEPT !.stopIn = 1, !.resumed = 1, !.sndNxt = 2],
                            <<OwedStopAck>>, Tagged("STOP_ACK", 1, o)) # {}}>>,
      <<2..3, 1..3, 1..3>>),
  Row("the first packet shows the local port, one that is free (NC-HS-1)",
      [taken \in {1, 7} |->
         {port \in {1, 2, 7} :
            PortFits([At(Unbound) EXCEPT !.conn = With(@, "c2",
                        IF taken = 7 THEN Other2 ELSE Dead(Other2, "", ""))],
                     Syn(Unbound), SynFrom(port))}],
      [taken \in {1, 7} |-> IF taken = 7 THEN {1, 2} ELSE {1, 2, 7}]),
  Row("once shown it stays, and the other port is not free at all",
      <<PortFits(At(Opening), Syn(Unbound), SynFrom(2)),
        PortFits(At(Opening), Syn(Unbound), SynFrom(1)),
        PortFits(At(Opening), Syn(Opening), SynFrom(2)),
        PortFits(At(Unbound), Syn(Unbound), [SynFrom(1) EXCEPT !.destinationPort = 9])>>,
      <<FALSE, TRUE, FALSE, FALSE>>),
  Row("what it leaves behind: the port",
      Changed(Unbound, Only1(AfterPull(WithOwed(At(Unbound), Control1, <<Syn(Unbound)>>), Control1,
                                       SynFrom(1))).conn["c1"]), [local |-> 1]),
  Row("the queue without it",
      AfterOwed(WithOwed(At(Open), Control1, <<Owed("STOP", 1, 0), Owed("RESUME", 1, 0)>>),
                Control1,
                Tagged("STOP", 1, 0), 1).chan[Control1].owed, <<Owed("RESUME", 1, 0)>>),
  Row("the ack that was told",
      Changed(Open, AfterOwed(WithOwed(At([Open EXCEPT !.ackSent = 0]), Control1,
                <<Owed("STOP", 1, 0)>>), Control1, Tagged("STOP", 1, 0), 1).conn["c1"]), << >>),
  Row("but by RST, NCREFUSE and NCSYN",
      [type \in {"RST", "NCREFUSE", "NCSYN"} |->
         AfterOwed(WithOwed(At([Open EXCEPT !.ackSent = 0]), Control1, <<Owed(type, 1, 0)>>),
                   Control1, Tagged(type, 1, 0), 1).conn["c1"].ackSent],
      [type \in {"RST", "NCREFUSE", "NCSYN"} |-> 0]),
  Row("by one that is over, too, but not what no host can mean",
      [ack \in {1, 3, Huge} |->
         AfterOwed(WithOwed(At(Lingers(Open)), Control1, <<Owed("ACK", 0, 0)>>), Control1,
                   [Packet("ACK", 0, 2, 0) EXCEPT !.ack = ack], 1).conn["c1"].ackSent],
      [ack \in {1, 3, Huge} |-> IF ack = 3 THEN 3 ELSE 2]),
  Row("STOP_ACK for the STOP in force settles snd_nxt",
      [in \in 0..2 |->
         Changed([Stopped1 EXCEPT !.stopIn = in],
                 AfterOwed(WithOwed(At([Stopped1 EXCEPT !.stopIn = in]), Control1, <<OwedStopAck>>),
                           Control1, Tagged("STOP_ACK", 1, 1), 1).conn["c1"])],
      [in \in 0..2 |-> IF in = 1 THEN [limit |-> 1] ELSE << >>]),
  Row("both bounds of it",
      Changed(Stopped1,
              AfterOwed(WithOwed(At(Stopped1), Control1, <<OwedStopAck>>), Control1,
                        Tagged("STOP_ACK", 1, 2), 1).conn["c1"]), [sndNxt |-> 2]),
  Row("no other packet does",
      Changed(Stopped1, AfterOwed(WithOwed(At(Stopped1), Control1, <<Owed("STOP", 1, 0)>>),
                                  Control1,
                                  Tagged("STOP", 1, 1), 1).conn["c1"]), << >>) >>
=============================================================================
