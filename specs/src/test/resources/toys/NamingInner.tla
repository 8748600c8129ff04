---------------------------- MODULE NamingInner ----------------------------
EXTENDS Naturals
VARIABLE place
Move(n) == place = n /\ place' = place + 1
=============================================================================
