---------------------------- MODULE StateMachines ----------------------------
(***************************************************************************)
(* What the pictures of docs/ show: for each of them an operator that says *)
(* in which state of a small machine each end of a connection is.  The     *)
(* pictures are made of all the states that TLC's evaluator finds, so they *)
(* say what the specification says.                                        *)
(***************************************************************************)
EXTENDS MCNetChannel

Connections == {<<h, id>> : h \in Hosts, id \in Ids}

\* A connection at one of its ends (sections 4 and 7).
ConnectionState(h, id) ==
  IF ~HasEnd(h, id) THEN "none"
  ELSE LET c == End1(h, id)
       IN CASE ~c.alive -> IF c.error = "" THEN "CLOSED" ELSE c.error
            [] c.alive /\ c.state = "SYN_SENT" ->
                 IF c.finAsked THEN "SYN_SENT, shut down" ELSE "SYN_SENT"
            [] c.alive /\ c.state = "ESTABLISHED" ->
                 CASE c.finAsked /\ FinReceived(c) -> "shut down, FIN received"
                   [] c.finAsked /\ FinAcknowledged(c) -> "shut down, FIN acknowledged"
                   [] c.finAsked -> "shut down"
                   [] FinReceived(c) -> "FIN received"
                   [] OTHER -> "ESTABLISHED"

Connection == [e \in Connections |-> ConnectionState(e[1], e[2])]

\* STOP and RESUME for the bytes from A to B (section 6): what B is doing, and whether A may send.
Receiver(c) ==
  CASE c.stopped /\ c.quiet # None -> "quiet"
    [] c.stopped -> "has sent STOP"
    [] c.queue # << >> -> "has a packet waiting"
    [] OTHER -> "receives"

Stop ==
  [id \in Ids |->
     LET sender == IF Stopped(End1("A", id)) THEN "is stopped" ELSE "sends"
     IN "B " \o Receiver(End1("B", id)) \o ", A " \o sender]
=============================================================================
