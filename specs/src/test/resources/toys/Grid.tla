-------------------------------- MODULE Grid --------------------------------
(* Many states, quickly: enough for a run that can be interrupted. *)
EXTENDS Naturals

CONSTANT Size

VARIABLES x, y

Init == x = 0 /\ y = 0

Right == x < Size /\ x' = x + 1 /\ y' = y
Up == y < Size /\ y' = y + 1 /\ x' = x

Next == Right \/ Up

Inside == x <= Size /\ y <= Size

NotTheCorner == x < Size \/ y < Size
=============================================================================
