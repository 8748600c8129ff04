--------------------------- MODULE WalkNetChannel ---------------------------
(***************************************************************************)
(* The steps that walks are made of: those of MCNetChannel, one by one.    *)
(* What two endpoints on a link can't be made to do is left out: a host    *)
(* that starts anew (StartAnew), because an endpoint has one life, and the *)
(* head-of-line timer in two steps (HolTimerSees, HolTimerSends), which is *)
(* there only while the repair of R23 is off.                              *)
(***************************************************************************)
EXTENDS MCNetChannel

\* A dials beside or after the control channel that it dialed last.
Redial == (NextControl = 1 \/ MustDial) /\ Dial

Step ==
  \/ \E h \in Hosts : PullPrompt(h) \/ PullFree(h)
  \/ \E h \in Hosts, n \in Channels : Arrive(h, n) \/ Notice(h, n) \/ Break(h, n)
  \/ \E h \in Hosts, n \in DataChannels : StartDrain(h, n)
  \/ \E h \in Hosts, id \in Ids :
       \/ Move(h, id) \/ HolTimerExpires(h, id)
       \/ AppSend(h, id) \/ AppReceive(h, id) \/ AppShutdown(h, id)
       \/ AppClose(h, id) \/ AppAbort(h, id)
  \/ \E id \in Ids : AppConnect(id)
  \/ AppListen
  \/ AppAccept
  \/ \E n \in ControlChannels : AnswerDial(n)
  \/ Redial

-----------------------------------------------------------------------------
(***************************************************************************)
(* Where an endpoint has less freedom than the specification leaves.       *)
(***************************************************************************)

\* Ends whose application holds a socket: it has connected or accepted, and not closed or aborted.
Held1(h, id) ==
  /\ HasEnd(h, id) /\ End1(h, id).reading
  /\ \/ h = "A" \/ Established
     \/ \E s \in DOMAIN host[h].socket : host[h].socket[s] = id
Holders == {e \in Hosts \X Ids : Held1(e[1], e[2])}

\* Ends with a packet that can move to the receive buffer.  An endpoint moves it before anything
\* else happens there, so its timer does not expire because of it.
Unsettled == {e \in Hosts \X Ids : MayMove(e[1], e[2])}
=============================================================================
