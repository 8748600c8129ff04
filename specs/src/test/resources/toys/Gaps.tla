-------------------------------- MODULE Gaps --------------------------------
(* An action that is never taken, and branches that are never reached. *)
EXTENDS Naturals

CONSTANT Most

VARIABLE x

vars == <<x>>

Init == x = 0

Next1(n) == IF n > Most
            THEN n - n
            ELSE n + 1

Count == x < Most /\ x' = Next1(x)

Never == x > Most + 1 /\ x' = 0

Next == Count \/ Never

Spec == Init /\ [][Next]_vars /\ WF_vars(Next)

Small == CASE x = 0 -> x + 1 > 0
           [] OTHER -> x <= Most

\* The body of a function.
Table == [n \in 0..Most |-> IF n > Most + x THEN n * n ELSE n + x]
TableBeginsWithX == Table[0] = x

\* What only a temporal formula says of states.
IsFull(n) == IF n > Most THEN x = n ELSE x >= n
Fills == <>IsFull(Most)

\* What a temporal formula says of the first state and of steps.
Begins == x = 0 /\ x < Most
Grows == Begins /\ [][IF x > Most THEN x' = x ELSE x' > x]_vars
=============================================================================
