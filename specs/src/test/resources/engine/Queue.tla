---------------------------- MODULE Queue ----------------------------
\* A bounded queue whose steps are told from outside, to test the engine with.
EXTENDS Integers, Sequences, FiniteSets, TLC
CONSTANTS Capacity, Nobody
VARIABLES queue, seen

Event == CHOOSE event : TRUE
Init == queue = <<>> /\ seen \in {{}, {0}}
Put == /\ Event.op = "put"
       /\ Len(queue) < Capacity
       /\ queue' = Append(queue, Event.value)
       /\ seen' = seen \cup {Event.value}
Take == /\ Event.op = "take"
        /\ Len(queue) > 0
        /\ Event.value = Head(queue)
        /\ queue' = Tail(queue)
        /\ UNCHANGED seen
Next == Put \/ Take
TakeAny == \E i \in 1 .. Len(queue) : queue' = <<queue[i]>> /\ UNCHANGED seen
Forgets == queue' = queue
NoBoolean == queue' = queue /\ Event.value
Divides == queue[1] \div 0
Overflow == 2147483647 + Len(queue) + 1
RECURSIVE Deep(_)
Deep(n) == 1 + Deep(n + 1)
TooDeep == Deep(0)
Prints == PrintT("on the terminal")
EventValue == Event.value
NotEmptyBound == Len(queue) <= 1
Sane == seen \subseteq Int
Record == [number |-> 1, text |-> "a", flag |-> TRUE, set |-> {3, 1, 2}, tuple |-> <<1, "b">>,
           sequence |-> [i \in 1 .. 2 |-> i * i], function |-> [x \in {"p", "q"} |-> 0],
            pairs |-> [x \in {5, 7} |-> x],
           interval |-> 2 .. 4, filtered |-> {x \in 1 .. 5 : x % 2 = 0},
            nobody |-> Nobody, empty |-> <<>>]
\* TLC must not take this for a constant although only Event changes.
Twice == LET v == Event.value IN v + v
Shifted == [[i \in 1 .. 3 |-> 0] EXCEPT ![3] = 1, ![1] = 5]
=======================================================================
