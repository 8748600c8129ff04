-------------------------------- MODULE Time --------------------------------
(***************************************************************************)
(* Points in time and durations.  A recorded trace has nanoseconds in 64   *)
(* bits, TLC has integers of 32: both are a pair <<seconds, nanoseconds>>  *)
(* here.  Never is the deadline of a timer that is not running.            *)
(***************************************************************************)
EXTENDS Integers, Sequences

Billion == 1000000000

Never == << >>

Plus(t, d) ==
  LET n == t[2] + d[2] IN
  IF n >= Billion THEN <<t[1] + d[1] + 1, n - Billion>> ELSE <<t[1] + d[1], n>>

Before(t, u) == t[1] < u[1] \/ (t[1] = u[1] /\ t[2] < u[2])

\* A timer is due when its deadline is not after now.
Due(deadline, now) == deadline # Never /\ ~Before(now, deadline)
=============================================================================
