---------------------------- MODULE StreamCases -----------------------------
(***************************************************************************)
(* Steps that ByteStream does not allow: each breaks one thing that an     *)
(* application may rely on, and no other.  NetChannel takes none of them,  *)
(* so no model of it would miss what forbids them.  And states that a      *)
(* connection may not stay in for ever: each breaks one promise.           *)
(***************************************************************************)
EXTENDS Naturals

CONSTANT Off   \* "verdict": a step that is not allowed is said to be, a state breaks no promise

VARIABLES
  stream,   \* of ByteStream
  case      \* the case that is looked at

Repaired(row) == row \notin Off

Stream ==
  INSTANCE ByteStream WITH
    Connections <- {"c", "d"},
    Sides <- {"A", "B"},
    Readers <- {"A", "B"} \X {"c"},
    MayBeReset <- {"d"}

Fresh(state) == Stream!Fresh(state)

\* Both ends have sent three bytes; two of them have arrived at each, and one was received.
Middle == [Fresh("open") EXCEPT !.sent = 3, !.ready = 2, !.got = 1]
Shut == [Middle EXCEPT !.shut = TRUE]
Complete == [Shut EXCEPT !.ready = 3, !.end = TRUE]
Ended(end) == [end EXCEPT !.state = "over"]
Failed(end, how) == [Ended(end) EXCEPT !.how = how]

Step(what, connection, old, new, other) ==
  [what |-> what, connection |-> connection, old |-> old, new |-> new, other |-> other]

Forbidden == {
  Step("goes back", "c", Middle, [Middle EXCEPT !.state = "opening"], Middle),
  Step("takes a byte back from the network", "c", Middle, [Middle EXCEPT !.sent = 2], Middle),
  Step("sends before it is open", "c", Fresh("opening"), [Fresh("opening") EXCEPT !.sent = 1],
       Middle),
  Step("sends after it was closed", "c", Shut, [Shut EXCEPT !.sent = 4], Middle),
  Step("opens a direction again", "c", Shut, Middle, Middle),
  Step("loses what has arrived", "c", Middle, [Middle EXCEPT !.ready = 1], Middle),
  Step("makes a byte up", "c", Middle, [Middle EXCEPT !.ready = 4], Middle),
  Step("receives a byte again", "c", Middle, [Middle EXCEPT !.got = 0], Middle),
  Step("receives a byte that has not arrived", "c", Middle, [Middle EXCEPT !.got = 3], Middle),
  Step("forgets the end", "c", Complete, [Complete EXCEPT !.end = FALSE], Shut),
  Step("sees an end of what is not closed", "c", [Middle EXCEPT !.ready = 3],
       [Middle EXCEPT !.ready = 3, !.end = TRUE], Middle),
  Step("sees the end too early", "c", Middle, [Middle EXCEPT !.end = TRUE], Shut),
  Step("is over before it has seen the end", "c", Shut, Ended(Shut), Complete),
  Step("is over before the other has seen the end", "c", Complete, Ended(Complete), Shut),
  Step("is over for no reason", "c", Complete, Failed(Complete, "TIMEOUT"), Complete),
  Step("is refused when it is open", "c", Middle, Failed(Middle, "REFUSED"), Middle),
  Step("is reset, and nobody did it", "c", Middle, Failed(Middle, "RESET"), Middle),
  Step("is refused when it is open, and could be reset", "d", Middle, Failed(Middle, "REFUSED"),
       Middle),
  Step("has an error of no name", "c", Fresh("opening"), Failed(Fresh("opening"), "LOST"), Middle),
  Step("changes how it ended", "c", Failed(Middle, "RESET"), Failed(Middle, "TIMEOUT"), Middle) }

Legal == {
  Step("ends in peace", "c", Complete, Ended(Complete), Complete),
  Step("is refused", "c", Fresh("opening"), Failed(Fresh("opening"), "REFUSED"), Fresh("none")),
  Step("goes on", "c", Middle, [Middle EXCEPT !.sent = 4, !.ready = 3, !.got = 2], Middle),
  Step("is reset", "d", Middle, Failed(Middle, "RESET"), Middle) }

IsLegal(step) ==
  step \in Legal \/ (step.what = "sends after it was closed" /\ ~Repaired("verdict"))

\* The connection of the case has these ends, the other one does not exist.
Ends(connection, a, b) ==
  [c \in {"c", "d"} |->
     [e \in {"A", "B"} |->
        IF c # connection THEN Fresh("none") ELSE IF e = "A" THEN a ELSE b]]

InitStep ==
  /\ case \in Forbidden \cup Legal
  /\ stream = Ends(case.connection, case.old, case.other)

Take ==
  /\ stream' = Ends(case.connection, case.new, case.other)
  /\ UNCHANGED case

ForbiddenStepsAreNotTaken == [][IsLegal(case) <=> Stream!Next]_stream

-----------------------------------------------------------------------------
(* Promises. *)

All == [Complete EXCEPT !.got = 3]
Stay(what, a, b) == [what |-> what, a |-> a, b |-> b]

Broken == {
  Stay("a byte is not received", [Middle EXCEPT !.got = 3], Middle),
  Stay("an end without an error excuses nothing", Ended(All), Ended([All EXCEPT !.got = 2])),
  Stay("nor does an error without an end", [Middle EXCEPT !.how = "RESET"], Middle),
  Stay("connect does not return", Fresh("opening"), Fresh("none")),
  Stay("the end is not seen", [All EXCEPT !.end = FALSE], [Fresh("over") EXCEPT !.sent = 3,
                                                                            !.got = 3]),
  Stay("the close does not finish", All, Ended(All)) }
Kept == {Stay("all is done", Ended(All), Ended(All))}

InitStay ==
  /\ case \in Broken \cup (IF Repaired("verdict") THEN {} ELSE Kept)
  /\ stream = Ends("c", case.a, case.b)

\* Nothing happens any more.
Staying == InitStay /\ [][FALSE]_<<stream, case>>

EachBreaksAPromise == ~Stream!Promises
=============================================================================
