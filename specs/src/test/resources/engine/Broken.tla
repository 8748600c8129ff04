---- MODULE Broken ----
VARIABLE x
Init == x = Undefined
Next == x' = x
====
