-------------------------------- MODULE Gaps --------------------------------
(* An action that is never taken, and a branch that is never reached. *)
EXTENDS Naturals

CONSTANT Most

VARIABLE x

Init == x = 0

Next1(n) == IF n > Most
            THEN n - n
            ELSE n + 1

Count == x < Most /\ x' = Next1(x)

Never == x > Most + 1 /\ x' = 0

Next == Count \/ Never

Small == CASE x = 0 -> x + 1 > 0
           [] OTHER -> x <= Most
=============================================================================
