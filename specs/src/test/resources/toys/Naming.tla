------------------------------ MODULE Naming -------------------------------
(* Takes each way to write an action once, one after the other. *)
EXTENDS Naturals, Sequences, NamingParts

Inner == INSTANCE NamingInner WITH place <- pc

VARIABLE box

vars == <<pc, box>>

Init == pc = 0 /\ box = <<>>

Plain == At(0) /\ UNCHANGED box

WithParameter(h) == At(1) /\ box' = Append(box, h)

WithTwo(h, i) == At(2) /\ box' = <<h, i>>

Choosing(h) ==
    /\ At(3)
    /\ \E n \in 1..3, m \in {7}: n = 2 /\ box' = <<n + m>>

UnderLet(h) == LET next == 4 IN At(next) /\ UNCHANGED box

UnderIf(h) == IF h = "a" THEN FALSE ELSE At(5) /\ UNCHANGED box

Left(h) == At(6) /\ h = "none" /\ UNCHANGED box
Right(h) == At(6) /\ h = "b" /\ UNCHANGED box
Either(h) == Left(h) \/ Right(h)

Helper(h) == box' = <<h>>
NotItsHelper(h) == /\ At(7)
                   /\ pc < 9
                   /\ Helper(h)

StateBound == \E i \in 1..Len(box): At(8) /\ box' = <<i>>

FromRecord(p) == At(9) /\ box' = <<p.type, p.size>>

Operator(Op(_)) == At(10) /\ box' = <<Op(1)>>
Double(x) == 2 * x

Hosts == {"a", "b"}

Next ==
    \/ Plain
    \/ \E h \in Hosts: WithParameter(h)
    \/ \E h \in Hosts, i \in 1..2: h = "b" /\ WithTwo(h, i)
    \/ \E h \in Hosts: Choosing(h) \/ UnderLet(h)
    \/ \E h \in Hosts: UnderIf(h) \/ Either(h) \/ NotItsHelper(h)
    \/ StateBound
    \/ FromRecord([type |-> "DATA", size |-> 3])
    \/ Operator(Double)
    \/ Inner!Move(11) /\ UNCHANGED box
    \/ Inner!Move(12) /\ box' = <<>>
    \/ pc = 13 /\ pc' = 14 /\ UNCHANGED box

NotDone == pc # 14
=============================================================================
