----------------------------- MODULE TraceEvent -----------------------------
(***************************************************************************)
(* A trace is a sequence of events, each a call on one host's endpoint     *)
(* with its result.  The current event is supplied from outside.           *)
(***************************************************************************)
EXTENDS NetChannel

\* The current event: a record.  Its value comes from the checker that reads the trace.
Event == CHOOSE e : FALSE

E == Event
H == host[E.host]

IsOpen == "config" \in DOMAIN H

\* The time on a line is that of its host, and only advance lets it pass.
InTime == E.nanos = IF IsOpen THEN H.now ELSE <<0, 0>>

Socket(s) == s \in DOMAIN H.socket
Conn == H.conn[H.socket[E.socket]]
Id == H.socket[E.socket]
=============================================================================
