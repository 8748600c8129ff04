----------------------------- MODULE MCListener ------------------------------
(***************************************************************************)
(* The models of MCNetChannel in which B may stop listening (NC-HS-8), at  *)
(* any moment and for good.                                                *)
(***************************************************************************)
EXTENDS MCNetChannel

AppUnlisten ==
  /\ 1 \in DOMAIN host["B"].listener
  /\ Calm
  /\ Quietly("B", Unlisten(host["B"], 1))
  /\ UNCHANGED seen

ListenerNext == Next \/ AppUnlisten
ListenerSpec == Init /\ [][ListenerNext]_mcVars /\ Fairness

\* Liveness: nobody's peer talks to a child that no application has (R7).
Accepted == {host["B"].socket[s] : s \in DOMAIN host["B"].socket}
EveryChildIsAccepted ==
  <>[](\A id \in Ids : HasEnd("B", id) /\ End1("B", id).alive => id \in Accepted)
=============================================================================
