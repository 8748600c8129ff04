----------------------------- MODULE TraceCheck -----------------------------
(***************************************************************************)
(* A recorded trace as a model for TLC: the state is that of the           *)
(* specification and how many events of the trace are explained.  The      *)
(* events come from a file, through a Java override.  TLC finds every      *)
(* state that explains a beginning of the trace; the trace is accepted     *)
(* when one explains all of it.  TLC prints how far it has got.  The       *)
(* configuration is TraceNetChannel.cfg with CheckInit, CheckNext, and     *)
(* Event <- CurrentEvent.                                                  *)
(***************************************************************************)
EXTENDS TraceNetChannel

CONSTANT ExplainAt   \* the event to explain with Explain, or 0

VARIABLE line        \* how many events are explained

EventCount == CHOOSE n \in Nat : FALSE   \* overridden
EventAt(n) == CHOOSE e : FALSE           \* overridden

\* What the configuration puts in place of Event.
CurrentEvent == EventAt(line + 1)

\* How far TLC has got stands in its register 1.
CheckInit == Init /\ line = 0 /\ TLCSet(1, 0) /\ PrintT(<<"explained", 0>>)

Progress ==
  IF TLCGet(1) > line THEN TRUE ELSE TLCSet(1, line + 1) /\ PrintT(<<"explained", line + 1>>)

CheckEvent ==
  /\ line < EventCount
  /\ line + 1 = ExplainAt => PrintT(<<"expected", Explain>>)
  /\ TraceNext
  /\ line' = line + 1
  /\ Progress

CheckNext == CheckEvent \/ (line < EventCount /\ Internal /\ UNCHANGED line)
=============================================================================
