-------------------------------- MODULE Slow --------------------------------
(***************************************************************************)
(* A step that takes some milliseconds: thousands of sets are looked at.   *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

VARIABLE x

Init == x = 0
Next == x' = x + Cardinality({s \in SUBSET (1..13) : Cardinality(s) > 13})

TypeOK == x \in Nat
=============================================================================
