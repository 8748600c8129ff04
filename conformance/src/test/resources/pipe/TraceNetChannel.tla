----------------------------- MODULE TraceNetChannel -----------------------------
(***************************************************************************)
(* A pipe from A to B, with the interface of TraceNetChannel, to test the  *)
(* oracle with.  Bytes move from A to B unseen.  Some operations stand for *)
(* what makes a search hard: `listen` makes a choice that `accept` shows,  *)
(* `unlisten` one that never shows, `shutdown` recurses as deep as its     *)
(* socket says, and `abort` of socket 0 cannot be evaluated.               *)
(***************************************************************************)
EXTENDS Integers, Sequences, TLC

CONSTANT Hosts
VARIABLES host, wire

Event == CHOOSE e : FALSE
E == Event

Init ==
  /\ host = [h \in Hosts |-> [bytes |-> 0, choice |-> 0, secrets |-> << >>, socket |-> << >>]]
  /\ wire = 0

Send ==
  /\ E.ok /\ E.host = "A" /\ E.taken <= E.length
  /\ E.offset = host["A"].bytes
  /\ host' = [host EXCEPT !["A"].bytes = @ + E.taken]
  /\ UNCHANGED wire

Receive ==
  /\ E.ok /\ E.host = "B" /\ E.length <= E.max
  /\ E.length = wire
  /\ E.offset = host["B"].bytes
  /\ host' = [host EXCEPT !["B"].bytes = @ + E.length]
  /\ wire' = 0

\* One byte moves.
Internal ==
  /\ wire + host["B"].bytes < host["A"].bytes
  /\ wire' = wire + 1
  /\ UNCHANGED host

Listen ==
  /\ \E choice \in 1 .. E.backlog : host' = [host EXCEPT ![E.host].choice = choice]
  /\ UNCHANGED wire

Accept == host[E.host].choice = E.port /\ UNCHANGED <<host, wire>>

Unlisten ==
  /\ \E secret \in {0, 1} : host' = [host EXCEPT ![E.host].secrets = Append(@, secret)]
  /\ UNCHANGED wire

RECURSIVE Depth(_)
Depth(n) == IF n = 0 THEN 0 ELSE 1 + Depth(n - 1)

TraceNext ==
  CASE E.op = "send" -> Send
    [] E.op = "receive" -> Receive
    [] E.op = "listen" -> Listen
    [] E.op = "accept" -> Accept
    [] E.op = "unlisten" -> Unlisten
    [] E.op = "shutdown" -> Depth(E.socket) = E.socket /\ UNCHANGED <<host, wire>>
    [] E.op = "abort" -> wire' = wire \div E.socket /\ UNCHANGED host
    [] OTHER -> FALSE

Explain == [clauses |-> {"NC-DATA-1"}, expected |-> [offset |-> host[E.host].bytes]]
Exercised == IF E.op = "send" THEN {"NC-DATA-3"} ELSE IF E.op = "receive" THEN {"NC-DATA-1"} ELSE {}
Next == TraceNext \/ Internal
=============================================================================
