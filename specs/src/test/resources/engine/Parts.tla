---------------------------- MODULE Parts ----------------------------
\* A next-state relation of several parts, to test with.
EXTENDS Integers
CONSTANT Numbers
VARIABLE sum
Init == sum = 0
Add(n) == sum' = sum + n
Clear == sum' = 0
Next == \/ \E n \in Numbers : Add(n)
        \/ Clear
        \/ sum > 3 /\ sum' = sum - 1
======================================================================
