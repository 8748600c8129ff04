------------------------------ MODULE Counter ------------------------------
(* One variable, so that TLC prints states without bullets. *)
EXTENDS Naturals, Sequences

CONSTANTS Most, FailsAt

VARIABLE x

Init == x = 0

Step == IF x = FailsAt THEN x' = Head(<<>>) ELSE x' = x + 1

Next == x < Most /\ Step

NeverTwo == x # 2

NeverZero == x # 0
=============================================================================
