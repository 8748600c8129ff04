----------------------------- MODULE Intervals ------------------------------
(***************************************************************************)
(* Finite sets of bytes, written as sets of intervals <<from, to>> with    *)
(* from < to, to not included.  No two intervals of a set touch, so equal  *)
(* sets of bytes are equal values.                                         *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

Smallest(S) == CHOOSE x \in S : \A y \in S : x <= y
Largest(S) == CHOOSE x \in S : \A y \in S : y <= x
Lower(x, y) == IF x <= y THEN x ELSE y
Higher(x, y) == IF x >= y THEN x ELSE y

\* The bytes of S and those from `from` up to, not including, `to`.
Add(S, from, to) ==
  IF from >= to THEN S
  ELSE LET touching == {i \in S : i[1] <= to /\ from <= i[2]} IN
       IF touching = {} THEN S \cup {<<from, to>>}
       ELSE (S \ touching) \cup
              {<<Lower(from, Smallest({i[1] : i \in touching})),
                 Higher(to, Largest({i[2] : i \in touching}))>>}

\* The bytes of S without those from `from` up to, not including, `to`.
Remove(S, from, to) ==
  IF from >= to THEN S
  ELSE LET hit == {i \in S : i[1] < to /\ from < i[2]} IN
       IF hit = {} THEN S
       ELSE (S \ hit) \cup {<<i[1], from>> : i \in {j \in hit : j[1] < from}}
                      \cup {<<to, i[2]>> : i \in {j \in hit : to < j[2]}}

RECURSIVE Count(_)
Count(S) ==
  IF S = {} THEN 0
  ELSE LET i == CHOOSE j \in S : TRUE IN (i[2] - i[1]) + Count(S \ {i})

\* Whether S has every byte from `from` up to, not including, `to`.
Covers(S, from, to) == \E i \in S : i[1] <= from /\ to <= i[2]

\* How many bytes from `from` up to, not including, `to` are not in S.
Missing(S, from, to) ==
  IF from >= to THEN 0
  ELSE LET hit == {i \in S : i[1] < to /\ from < i[2]} IN
       (to - from) - Count({<<Higher(i[1], from), Lower(i[2], to)>> : i \in hit})

\* One past the highest byte of S, or `otherwise` when S is empty.
End(S, otherwise) == IF S = {} THEN otherwise ELSE Largest({i[2] : i \in S})
=============================================================================
