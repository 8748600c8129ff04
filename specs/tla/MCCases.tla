------------------------------- MODULE MCCases -------------------------------
(***************************************************************************)
(* The tables of cases, for TLC: there is a state for each of them.        *)
(***************************************************************************)
EXTENDS TimeCases

CONSTANT Shown   \* names of tables

VARIABLES
  table,   \* which one
  wrong    \* its rows that are not as they should be

Rows(name) ==
  CASE name = "numbers" -> Numbers
    [] name = "leaving" -> Leaving \o Owing
    [] name = "breakers" -> Breakers
    [] name = "known" -> Known
    [] name = "strangers" -> Strangers
    [] name = "time" -> TimerTable \o Memory \o Duties
    [] name = "channels" -> ChannelTable

Init ==
  /\ host = << >> /\ wire = << >>
  /\ table \in Shown
  /\ wrong = Wrong(Rows(table))
Next == UNCHANGED <<vars, table, wrong>>

NumbersAreRight == table = "numbers" => wrong = {}
PacketsLeaveAsTheyMay == table = "leaving" => wrong = {}
WrongPacketsFailTheirChannel == table = "breakers" => wrong = {}
PacketsReachTheirConnection == table = "known" => wrong = {}
StrangersAreAnswered == table = "strangers" => wrong = {}
EverythingHasItsTime == table = "time" => wrong = {}
ChannelsComeAndGo == table = "channels" => wrong = {}
=============================================================================
