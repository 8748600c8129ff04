---------------------------- MODULE MCByteStream ----------------------------
(***************************************************************************)
(* NetChannel is a ByteStream: an end of a connection is what its          *)
(* application could find out by asking.  TLC checks in each model that    *)
(* every behaviour of the composed system (handshake, data, response       *)
(* queues, STOP and RESUME, close and reset, acknowledgement, failure of   *)
(* channels and draining) is one of ByteStream, its promises included.     *)
(***************************************************************************)
EXTENDS MCNetChannel

StateOf(c) ==
  IF ~c.alive THEN "over" ELSE IF c.state = "SYN_SENT" THEN "opening" ELSE "open"

NoEnd ==
  [state |-> "none", how |-> "", sent |-> 0, shut |-> FALSE, ready |-> 0, got |-> 0, end |-> FALSE]

EndOf(h, id) ==
  IF ~HasEnd(h, id) THEN NoEnd
  ELSE LET c == End1(h, id)
       IN [state |-> StateOf(c), how |-> c.error, sent |-> c.sent, shut |-> c.finAsked,
           ready |-> c.rcvNxt, got |-> c.read, end |-> FinReceived(c)]

Streams == [id \in Ids |-> [h \in Hosts |-> EndOf(h, id)]]

Stream ==
  INSTANCE ByteStream WITH
    Connections <- Ids,
    Sides <- Hosts,
    MayBeReset <- AbortsA \cup AbortsB \cup LeavesB,
    stream <- Streams

IsByteStream == Stream!Init /\ [][Stream!Next]_Streams
KeepsPromises == Stream!Promises
=============================================================================
