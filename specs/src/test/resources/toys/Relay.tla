------------------------------- MODULE Relay -------------------------------
(* Two hosts pass numbered packets over one channel: small, but its state has *)
(* the shapes of the real modules: a function of records and a sequence.      *)
EXTENDS Naturals, Sequences, TLC

CONSTANTS Hosts, Last, Lossy, Polite

VARIABLES host, wire

vars == <<host, wire>>

Packet(h, n) == [from |-> h, number |-> n]

Init ==
    /\ host = [h \in Hosts |-> [conn |-> ("c1" :> [sndNxt |-> 0, rcvNxt |-> 0]), state |-> "OPEN"]]
    /\ wire = [h \in Hosts |-> <<>>]

Send(h) ==
    /\ host[h].conn["c1"].sndNxt < Last
    /\ Len(wire[h]) < 2
    /\ wire' = [wire EXCEPT ![h] = Append(@, Packet(h, host[h].conn["c1"].sndNxt))]
    /\ host' = [host EXCEPT ![h].conn["c1"].sndNxt = @ + 1]

Deliver(from, to) ==
    /\ wire[from] # <<>>
    /\ wire' = [wire EXCEPT ![from] = Tail(@)]
    /\ host' = [host EXCEPT ![to].conn["c1"].rcvNxt = Head(wire[from]).number + 1]

Lose(h, i) ==
    /\ Lossy
    /\ wire' = [wire EXCEPT ![h] = SubSeq(@, 1, i - 1) \o SubSeq(@, i + 1, Len(@))]
    /\ UNCHANGED host

Close(h) ==
    /\ host[h].state = "OPEN"
    /\ Polite => \A g \in Hosts: host[g].conn["c1"].rcvNxt = Last
    /\ host' = [host EXCEPT ![h].state = "CLOSED"]
    /\ UNCHANGED wire

Reopen(h) ==
    /\ ~Polite
    /\ host[h].state = "CLOSED"
    /\ host' = [host EXCEPT ![h].state = "OPEN"]
    /\ UNCHANGED wire

Next ==
    \/ \E h \in Hosts: Send(h)
    \/ \E from \in Hosts, to \in Hosts: from # to /\ Deliver(from, to)
    \/ \E h \in Hosts: \E i \in 1..Len(wire[h]): Lose(h, i)
    \/ \E h \in Hosts: Close(h) \/ Reopen(h)

Fairness ==
    /\ \A h \in Hosts: WF_vars(Send(h)) /\ WF_vars(Close(h))
    /\ \A from, to \in Hosts: WF_vars(from # to /\ Deliver(from, to))

Spec == Init /\ [][Next]_vars /\ Fairness

NothingMissing == \A h, g \in Hosts: h # g =>
    host[h].conn["c1"].sndNxt = host[g].conn["c1"].rcvNxt + Len(wire[h])

NeverBack == [][\A h \in Hosts: host'[h].conn["c1"].rcvNxt >= host[h].conn["c1"].rcvNxt]_vars

StaysClosed == [][\A h \in Hosts: host[h].state = "CLOSED" => host'[h].state = "CLOSED"]_vars

AllArrives == <>(\A h \in Hosts: host[h].conn["c1"].rcvNxt = Last)

EndsClosed == <>[](\A h \in Hosts: host[h].state = "CLOSED")
=============================================================================
