------------------------ MODULE TraceTcpConnection -------------------------
(***************************************************************************)
(* What two real ends of a TCP connection did, judged by TcpConnection.    *)
(* A record is a sequence of events: what happened at an end, and the      *)
(* state that it is in then.  The current event is supplied from outside;  *)
(* TraceNext takes it, if the specification can.                           *)
(*                                                                         *)
(* An end decides and sends at two moments.  So `wire` holds the resets    *)
(* that were decided; everything else that is sent has to follow from the  *)
(* end as it is.                                                           *)
(***************************************************************************)
EXTENDS TcpConnection

\* [at |-> "A" or "B", what |-> "open", "close", "abort", "time", "arrives" or "is sent",
\*  state |-> the state then, segment |-> for the last two]
Event == CHOOSE event : FALSE

\* Numbers count from 100 times the life on, in both directions.  Whose life it was is not told
\* from a segment that is sent.
IsAmong(s, segments) == \E other \in segments : [other EXCEPT !.life = s.life] = s

IsSent(h, s) ==
  LET e == end[h]
  IN /\ IsAmong(s, IF "RST" \in s.flags THEN wire ELSE New(h, e) \cup Old(h, e) \cup Acks(h, e))
     /\ end' = [end EXCEPT ![h] = IF "RST" \in s.flags THEN e ELSE AfterSending(e, s)]
     /\ UNCHANGED wire

TraceNext ==
  /\ CASE Event.what = "open" -> Open(Event.at)
       [] Event.what = "close" -> Close(Event.at)
       [] Event.what = "abort" -> Abort(Event.at)
       [] Event.what = "time" -> TimeWaitOver(Event.at)
       [] Event.what = "arrives" -> Receive(Event.at, Event.segment)
       [] Event.what = "is sent" -> IsSent(Event.at, Event.segment)
  /\ end'[Event.at].state = Event.state
=============================================================================
