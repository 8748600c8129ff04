-------------------------------- MODULE Cases --------------------------------
(***************************************************************************)
(* What the operators of NetChannel do where no model goes: packets that   *)
(* nobody should send, memories that fade, timers that fall due, what has  *)
(* to be sent by when.  Models keep time still and their hosts are honest. *)
(*                                                                         *)
(* So there are tables of cases: each row has a sentence, an expression,   *)
(* and what it has to be.  Here are the situations that they start from.   *)
(***************************************************************************)
EXTENDS NetChannel

Row(what, is, should) == [what |-> what, is |-> is, should |-> should]

Wrong(rows) == {rows[i].what : i \in {j \in DOMAIN rows : rows[j].is # rows[j].should}}

\* What a step made different in a record.
Changed(old, new) == [f \in {g \in DOMAIN old : old[g] # new[g]} |-> new[f]]

-----------------------------------------------------------------------------
(* A host in the middle of things. *)

Settings ==
  [sendBuffer |-> 4, receiveBuffer |-> 4, channelBudget |-> 4, queueThreshold |-> 1,
   maxPayload |-> 2, socketLimit |-> 2,
   holTimer |-> <<0, 3>>, ackDelay |-> <<0, 2>>, connectTimeout |-> <<1, 0>>]

Ready(class) ==
  [NewChannel(class, TRUE) EXCEPT !.helloOut = TRUE, !.helloIn = TRUE, !.largest = 2]

\* Channels by what is special about them.
Control1 == 1
Data3 == 3
Data5 == 5
Latency7 == 7
Silent9 == 9        \* control, has not said or heard HELLO
Closed11 == 11      \* data, has heard CHANNEL_CLOSE
Failed13 == 13
Small15 == 15       \* data, its peer takes one byte at a time
Draining17 == 17
Drained19 == 19     \* data, has said CHANNEL_CLOSE
Unheard21 == 21     \* data, has said HELLO and not heard one
AllChannels ==
  (Control1 :> Ready("CONTROL")) @@ (Data3 :> Ready("THROUGHPUT")) @@ (Data5 :> Ready("THROUGHPUT"))
    @@ (Latency7 :> Ready("LATENCY")) @@ (Silent9 :> NewChannel("CONTROL", TRUE))
    @@ (Closed11 :> [Ready("THROUGHPUT") EXCEPT !.closeIn = TRUE, !.state = "DRAINING"])
    @@ (Failed13 :> [Ready("THROUGHPUT") EXCEPT !.state = "FAILED"])
    @@ (Small15 :> [Ready("THROUGHPUT") EXCEPT !.largest = 1])
    @@ (Draining17 :> [Ready("THROUGHPUT") EXCEPT !.state = "DRAINING", !.committed = "c1" :> 2])
    @@ (Drained19 :> [Ready("THROUGHPUT") EXCEPT !.state = "DRAINING", !.committed = "c1" :> 3,
                                                 !.closeOut = TRUE])
    @@ (Unheard21 :> [NewChannel("THROUGHPUT", TRUE) EXCEPT !.helloOut = TRUE])

Only(channels) == [n \in channels |-> AllChannels[n]]

\* Bytes 1 and 2 wait to be sent, byte 0 is on channel 3.  Byte 0 was read, byte 1 can be, byte 3
\* is in the receive buffer.
Open ==
  [NewConnection("accepting", "THROUGHPUT", 1, 2) EXCEPT
     !.state = "ESTABLISHED", !.peerBuffer = 8, !.sent = 3, !.pending = {<<1, 3>>},
     !.flight = Data3 :> << <<0, 1>> >>, !.sndNxt = 1,
     !.rcvNxt = 2, !.read = 1, !.ahead = {<<3, 4>>}, !.ackSent = 2]

Opening == [NewConnection("connecting", "THROUGHPUT", 1, 2) EXCEPT !.synDeadline = <<2, 0>>]

\* Everything was sent and acknowledged, and the application has asked for a FIN.
Closing1 ==
  [Open EXCEPT !.pending = {}, !.flight = << >>, !.sndNxt = 3, !.sndUna = 3, !.finAsked = TRUE]

Base ==
  [NewHost(Settings) EXCEPT !.now = <<1, 0>>, !.incarnation = <<0, 0, 5>>, !.peer = <<0, 0, 5>>,
                            !.chan = AllChannels, !.controls = <<Control1>>]

At(c) == [Base EXCEPT !.conn = "c1" :> c]

-----------------------------------------------------------------------------
(* Numbers: sets of bytes against sets of numbers, times against their order. *)

Small == 0..4
Runs(B) ==
  {<<i, j>> \in Small \X (1..5) : i < j /\ i..(j - 1) \subseteq B /\ i - 1 \notin B /\ j \notin B}
Spans == (0..5) \X (0..5)
From(span) == span[1]..(span[2] - 1)
Pairs == (0..2) \X (0..2)
Triples == (0..2) \X (0..2) \X (0..2)

Numbers == <<
  Row("Add makes the union",
      \A B \in SUBSET Small, s \in Spans : Add(Runs(B), s[1], s[2]) = Runs(B \cup From(s)), TRUE),
  Row("Remove makes the difference",
      \A B \in SUBSET Small, s \in Spans : Remove(Runs(B), s[1], s[2]) = Runs(B \ From(s)), TRUE),
  Row("Covers asks for every byte",
      \A B \in SUBSET Small, s \in Spans :
        s[1] < s[2] => (Covers(Runs(B), s[1], s[2]) <=> From(s) \subseteq B), TRUE),
  Row("Missing counts those that are not there",
      \A B \in SUBSET Small, s \in Spans :
        Missing(Runs(B), s[1], s[2]) = Cardinality(From(s) \ B), TRUE),
  Row("times are ordered by seconds, then by nanoseconds",
      \A t, u \in Pairs : Before(t, u) <=> 3 * t[1] + t[2] < 3 * u[1] + u[2], TRUE),
  Row("nanoseconds carry", Plus(<<1, 999999999>>, <<2, 2>>), <<4, 1>>),
  Row("a timer is due at its deadline",
      <<Due(Never, <<1, 0>>), Due(<<1, 1>>, <<1, 0>>), Due(<<1, 0>>, <<1, 0>>),
        Due(<<0, 9>>, <<1, 0>>)>>,
      <<FALSE, FALSE, TRUE, TRUE>>),
  Row("lives are ordered by their most significant numbers first (NC-FAIL-3)",
      \A a, b \in Triples :
        Later(a, b) <=> 9 * a[1] + 3 * a[2] + a[3] > 9 * b[1] + 3 * b[2] + b[3], TRUE),
  Row("offsets are what they are, however far (R12)", Unwrapped(Open, 99), 99) >>
=============================================================================
