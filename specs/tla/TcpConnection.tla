---------------------------- MODULE TcpConnection ----------------------------
(***************************************************************************)
(* A connection of TCP between two ends, as NetChannel's own TCP has it:   *)
(* how it is opened, used, closed and reset (RFC 9293, section 3.10), with *)
(* the answers to blind attacks of RFC 5961.  A channel of NetChannel is   *)
(* such a connection.  The protocol above relies on it: bytes in their     *)
(* order, none of another connection's, and no end before the last one.    *)
(*                                                                         *)
(* The network is the set of all segments that were ever sent.  Any of     *)
(* them may arrive at any time, and again: so it loses (for a while),      *)
(* repeats and reorders, and what is late may be very late.  Each position *)
(* of the sequence space is a byte, a SYN or a FIN.  Windows are fixed,    *)
(* and timers are not in this module: what was sent may be sent again,     *)
(* and an acknowledgement may be sent, at any time.                        *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  Off,       \* what is left out: see Repaired
  Openers,   \* the ends that connect; the others listen
  Bytes,     \* how many bytes A sends
  Answers,   \* how many bytes B sends
  Segment,   \* how many positions a segment has at most
  Window,    \* how many positions a receiver takes from RCV.NXT on
  Lives,     \* how often an end connects, one time after the other
  Listens,   \* how often an end listens
  Aborters,  \* the ends that may abort
  Attacks    \* whether somebody who sees nothing forges segments

VARIABLES
  end,       \* the two ends
  wire       \* the segments that were sent

vars == <<end, wire>>

Ends == {"A", "B"}
Peer == [A |-> "B", B |-> "A"]
None == -1
BytesOf == [A |-> Bytes, B |-> Answers]

\* What can be left out:
\*   "numbers"   each life has numbers of its own, far from the others (RFC 6528)
\*   "answer"    who has sent a SYN looks at what the answer acknowledges (section 3.10.7.3)
\*   "order"     a FIN waits for the bytes before it
\*   "unsent"    what was never sent can't be acknowledged (section 3.10.7.4, fifth)
\*   "blind"     a RST counts at RCV.NXT alone, a SYN never (RFC 5961)
Repaired(what) == what \notin Off

\* The initial sequence number of a life.
Iss(life) == IF Repaired("numbers") THEN 100 * life ELSE 0

Over(life) ==
  [state |-> "CLOSED",
   life |-> life,        \* the number of this life
   passive |-> FALSE,    \* whether it listened
   una |-> 0,            \* SND.UNA, the first position that is not acknowledged
   nxt |-> 0,            \* SND.NXT, the first one that was not sent
   rcv |-> 0,            \* RCV.NXT, the first one that is missing
   got |-> {},           \* what arrived: positions, with the life of who sent them
   fin |-> None,         \* the position of the peer's FIN, when it is known
   with |-> 0,           \* the life of the peer that this one was opened with
   broken |-> FALSE]     \* whether the application was told that it broke

Begun(life, state) ==
  [Over(life) EXCEPT !.state = state, !.passive = state = "LISTEN",
                     !.una = Iss(life), !.nxt = Iss(life)]

Init ==
  /\ end = [h \in Ends |-> Over(0)]
  /\ wire = {}

\* `life` stands in no real segment; it is there for the properties.
Make(h, e, flags, seq, len, ack) ==
  [to |-> Peer[h], flags |-> flags, seq |-> seq, len |-> len, ack |-> ack, life |-> e.life]

\* SEG.LEN.
Length(s) == s.len + Cardinality(s.flags \cap {"SYN", "FIN"})

HasSynchronized(e) == e.state \notin {"CLOSED", "LISTEN", "SYN_SENT", "SYN_RECEIVED"}
HasClosed(e) == e.state \in {"FIN_WAIT_1", "FIN_WAIT_2", "CLOSING", "LAST_ACK", "TIME_WAIT"}
ExpectsData(e) == e.state \in {"ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2"}

-----------------------------------------------------------------------------
(* What an end sends. *)

\* One past the last position that may be sent by now.
Limit(h, e) ==
  IF HasSynchronized(e)
  THEN Iss(e.life) + 1 + BytesOf[h] + (IF HasClosed(e) THEN 1 ELSE 0)
  ELSE IF e.state \in {"SYN_SENT", "SYN_RECEIVED"} THEN Iss(e.life) + 1 ELSE 0

\* The segment with the positions of from..(to - 1).
Stretch(h, e, from, to) ==
  LET syn == from = Iss(e.life)
      fin == to = Iss(e.life) + BytesOf[h] + 2
      flags == (IF syn THEN {"SYN"} ELSE {}) \cup (IF fin THEN {"FIN"} ELSE {})
  IN Make(h, e, flags, from, to - from - Cardinality(flags),
          IF e.state = "SYN_SENT" THEN None ELSE e.rcv)

Stretches(h, e, from, limit) ==
  {Stretch(h, e, from, to) : to \in {n \in (from + 1)..(from + Segment) : n <= limit}}

\* What was not sent yet, and what was but is not acknowledged (section 3.8.1).
New(h, e) == Stretches(h, e, e.nxt, Limit(h, e))
Old(h, e) == UNION {Stretches(h, e, from, e.nxt) : from \in e.una..(e.nxt - 1)}
\* A segment that says only what has arrived.
Acks(h, e) ==
  IF HasSynchronized(e) \/ e.state = "SYN_RECEIVED" THEN {Make(h, e, {}, e.nxt, 0, e.rcv)} ELSE {}

AfterSending(e, s) ==
  LET to == s.seq + Length(s) IN [e EXCEPT !.nxt = IF to > @ THEN to ELSE @]

\* End h becomes e.  What it may send again, and its acknowledgement, are sent at once: they arrive
\* at any time, or never, and so it is as if they were sent at any time, or never.
Become(h, e, segments) ==
  /\ end' = [end EXCEPT ![h] = e]
  /\ wire' = wire \cup segments \cup Old(h, e) \cup Acks(h, e)

Send(h) == \E s \in New(h, end[h]) : Become(h, AfterSending(end[h], s), {s})

-----------------------------------------------------------------------------
(* What the application does.  It has given all of its bytes before. *)

\* Section 3.10.1.
Open(h) ==
  /\ end[h].state = "CLOSED" /\ end[h].life < IF h \in Openers THEN Lives ELSE Listens
  /\ LET state == IF h \in Openers THEN "SYN_SENT" ELSE "LISTEN"
     IN Become(h, Begun(end[h].life + 1, state), {})

\* Section 3.10.4.  The FIN is sent when its turn comes.
Close(h) ==
  /\ end[h].state \in {"ESTABLISHED", "CLOSE_WAIT"}
  /\ Become(h, [end[h] EXCEPT !.state = IF @ = "ESTABLISHED" THEN "FIN_WAIT_1" ELSE "LAST_ACK"],
            {})

\* Section 3.10.5.
Abort(h) ==
  /\ h \in Aborters
  /\ end[h].state \notin {"CLOSED", "LISTEN", "TIME_WAIT"}
  /\ LET e == end[h]
     IN Become(h, [Over(e.life) EXCEPT !.broken = TRUE],
               IF e.state = "SYN_SENT" THEN {} ELSE {Make(h, e, {"RST"}, e.nxt, 0, e.rcv)})

-----------------------------------------------------------------------------
(* A segment arrives: section 3.10.7.  Each operator gives the end as it is then, and resets. *)

\* Where there is no connection (3.10.7.1), and where something impossible is acknowledged.
Resets(h, e, s) ==
  IF "RST" \in s.flags THEN {}
  ELSE IF s.ack # None THEN {Make(h, e, {"RST"}, s.ack, 0, None)}
  ELSE {Make(h, e, {"RST"}, 0, 0, s.seq + Length(s))}

\* Section 3.10.7.2.
OnListen(h, e, s) ==
  IF "RST" \in s.flags THEN <<e, {}>>
  ELSE IF s.ack # None THEN <<e, Resets(h, e, s)>>
  ELSE IF s.flags # {"SYN"} THEN <<e, {}>>
  ELSE <<[e EXCEPT !.state = "SYN_RECEIVED", !.rcv = s.seq + 1, !.with = s.life], {}>>

\* Section 3.10.7.3.
OnSynSent(h, e, s) ==
  LET right == e.una < s.ack /\ s.ack <= e.nxt
      after == [e EXCEPT !.rcv = s.seq + 1, !.with = s.life]
  IN IF s.ack # None /\ ~right /\ Repaired("answer") THEN <<e, Resets(h, e, s)>>
     \* Nobody listens there.
     ELSE IF "RST" \in s.flags THEN <<IF s.ack # None THEN Over(e.life) ELSE e, {}>>
     ELSE IF "SYN" \notin s.flags THEN <<e, {}>>
     ELSE IF s.ack # None THEN <<[after EXCEPT !.state = "ESTABLISHED", !.una = s.ack], {}>>
     \* Both have connected at once.
     ELSE <<[after EXCEPT !.state = "SYN_RECEIVED"], {}>>

\* Section 3.10.7.4, first: check sequence number.
IsAcceptable(e, s) ==
  \/ e.rcv <= s.seq /\ s.seq < e.rcv + Window
  \/ Length(s) > 0 /\ e.rcv < s.seq + Length(s) /\ s.seq < e.rcv + Window

\* Second: check the RST bit.  A listener goes on listening.
OnReset(e) ==
  IF e.passive /\ e.state = "SYN_RECEIVED" /\ e.life < Lives THEN Begun(e.life + 1, "LISTEN")
  ELSE [Over(e.life) EXCEPT !.broken = ExpectsData(e) \/ e.state = "CLOSE_WAIT"]

\* Fifth: check the ACK field.
Acknowledged(h, e, s) ==
  LET after == [e EXCEPT !.una = IF s.ack > @ THEN s.ack ELSE @]
      all == after.una = Limit(h, e)
  IN CASE e.state = "SYN_RECEIVED" -> [after EXCEPT !.state = "ESTABLISHED"]
       [] e.state = "FIN_WAIT_1" /\ all -> [after EXCEPT !.state = "FIN_WAIT_2"]
       [] e.state = "CLOSING" /\ all -> [after EXCEPT !.state = "TIME_WAIT"]
       [] e.state = "LAST_ACK" /\ all -> Over(e.life)
       [] OTHER -> after

FirstMissing(from, positions) ==
  CHOOSE n \in from..(from + Cardinality(positions)) :
    n \notin positions /\ from..(n - 1) \subseteq positions

\* Seventh: process the segment text.  A FIN stands behind it, and is a position like a byte.
Received(e, s) ==
  LET had == {byte[2] : byte \in e.got}
      new == {n \in s.seq..(s.seq + Length(s) - 1) :
                e.rcv <= n /\ n < e.rcv + Window /\ n \notin had /\ (e.fin # None => n < e.fin)}
  IN IF ~ExpectsData(e) THEN e
     ELSE [e EXCEPT !.got = @ \cup {<<s.life, n>> : n \in new},
                    !.rcv = FirstMissing(@, had \cup new),
                    !.fin = IF @ = None /\ "FIN" \in s.flags /\ s.seq + s.len \in new
                            THEN s.seq + s.len ELSE @]

\* Eighth: check the FIN bit.
Finished(e) ==
  IF e.fin = None \/ (Repaired("order") /\ e.rcv <= e.fin) THEN e
  ELSE CASE e.state = "ESTABLISHED" -> [e EXCEPT !.state = "CLOSE_WAIT"]
         [] e.state = "FIN_WAIT_1" -> [e EXCEPT !.state = "CLOSING"]
         [] e.state = "FIN_WAIT_2" -> [e EXCEPT !.state = "TIME_WAIT"]
         [] OTHER -> e

\* What is not acceptable, and what is forged, is answered by an acknowledgement, which may be sent
\* at any time.
OnSynchronized(h, e, s) ==
  IF ~IsAcceptable(e, s) THEN <<e, {}>>
  ELSE IF "RST" \in s.flags /\ Repaired("blind") /\ s.seq # e.rcv THEN <<e, {}>>
  ELSE IF "RST" \in s.flags THEN <<OnReset(e), {}>>
  ELSE IF "SYN" \in s.flags THEN <<IF Repaired("blind") THEN e ELSE OnReset(e), {}>>
  ELSE IF s.ack = None THEN <<e, {}>>
  ELSE IF e.state = "SYN_RECEIVED" /\ ~(e.una < s.ack /\ s.ack <= e.nxt)
       THEN <<e, Resets(h, e, s)>>
  ELSE IF s.ack > e.nxt /\ Repaired("unsent") THEN <<e, {}>>
  ELSE <<Finished(Received(Acknowledged(h, e, s), s)), {}>>

On(h, e, s) ==
  CASE e.state = "CLOSED" -> <<e, Resets(h, e, s)>>
    [] e.state = "LISTEN" -> OnListen(h, e, s)
    [] e.state = "SYN_SENT" -> OnSynSent(h, e, s)
    [] OTHER -> OnSynchronized(h, e, s)

Receive(h, s) == LET after == On(h, end[h], s) IN Become(h, after[1], after[2])

\* Section 3.6.1.
TimeWaitOver(h) ==
  /\ end[h].state = "TIME_WAIT"
  /\ Become(h, Over(end[h].life), {})

\* RFC 5961: somebody who sees nothing guesses a number in the window, but not RCV.NXT, and what
\* was never sent, nor will be for long.
Forged(h, e) ==
  LET Forge(flags, seq, ack) ==
        [to |-> h, flags |-> flags, seq |-> seq, len |-> 0, ack |-> ack, life |-> 0]
  IN UNION {{Forge({"RST"}, seq, None), Forge({"SYN"}, seq, None), Forge({}, seq, None),
             Forge({}, seq, e.nxt + 10)} : seq \in (e.rcv + 1)..(e.rcv + Window - 1)}

Attack(h) ==
  /\ Attacks /\ end[h].state \notin {"CLOSED", "SYN_SENT"}
  /\ \E s \in Forged(h, end[h]) : Receive(h, s)

-----------------------------------------------------------------------------
Next ==
  \/ \E h \in Ends : Open(h) \/ Close(h) \/ Abort(h) \/ Send(h) \/ TimeWaitOver(h) \/ Attack(h)
  \/ \E s \in wire : Receive(s.to, s)

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* What has to hold. *)

\* Every byte, and the FIN, is of the connection that was opened, not of an earlier one.
NoForeignBytes == \A h \in Ends : \A byte \in end[h].got : byte[1] = end[h].with

\* Who is synchronized knows that the peer has this life's SYN.
SynIsAcknowledged ==
  \A h \in Ends : HasSynchronized(end[h]) => end[h].una > Iss(end[h].life)

\* Two ends that are synchronized with each other: what one believes to have arrived has arrived,
\* and was sent.
AreConnected == \A h \in Ends : HasSynchronized(end[h]) /\ end[h].with = end[Peer[h]].life
NumbersFit ==
  AreConnected => \A h \in Ends :
                    LET peer == end[Peer[h]] IN end[h].una <= peer.rcv /\ peer.rcv <= end[h].nxt

\* Who sees the end of the stream has all of its bytes.
NoEndBeforeTheLastByte ==
  \A h \in Ends :
    end[h].state \in {"CLOSE_WAIT", "CLOSING", "LAST_ACK", "TIME_WAIT"} =>
      Cardinality(end[h].got) = BytesOf[Peer[h]] + 1

\* A connection that nobody aborts is not broken.
NobodyIsBroken == Aborters = {} => \A h \in Ends : ~end[h].broken
=============================================================================
