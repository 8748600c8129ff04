--------------------------- MODULE SchedulerWait ----------------------------
(***************************************************************************)
(* A channel whose transmit queue is at the threshold is not chosen        *)
(* (NC-SCH-2).  A packet that finds no channel below it waits.  This       *)
(* module is about the end of that wait: a channel falls below the         *)
(* threshold, or one is added, and whoever waits has to hear of it, at     *)
(* whatever moment it happens.  A wake-up that is lost leaves a packet     *)
(* waiting beside an empty channel.                                        *)
(*                                                                         *)
(* All channels are of one class.  Each of the senders has packets to put  *)
(* on one of them; channels are added and removed meanwhile.               *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  Off,         \* repairs that are switched off: rows of races.md, "wake all", "threshold"
  Senders,     \* what puts packets on channels: threads, say
  Packets,     \* how many packets each of them has
  Threshold,   \* a channel with as many packets in its transmit queue is not chosen
  Channels,    \* all channels that there ever are
  AtStart      \* those that are active from the start; the others may be added

VARIABLES
  unsent,      \* sender -> packets that are not on a channel yet
  state,       \* sender -> "choosing", "sleepy" (found none, does not wait yet), or "waiting"
  waitsOn,     \* sender -> the channels that end its wait
  active,      \* the channels that may be chosen
  removed,     \* those that were active and are draining or closed for good (NC-CH-5)
  queued       \* channel -> packets in its transmit queue

vars == <<unsent, state, waitsOn, active, removed, queued>>

Repaired(row) == row \notin Off

Init ==
  /\ unsent = [s \in Senders |-> Packets]
  /\ state = [s \in Senders |-> "choosing"]
  /\ waitsOn = [s \in Senders |-> {}]
  /\ active = AtStart /\ removed = {}
  /\ queued = [c \in Channels |-> 0]

\* NC-SCH-2, NC-CH-5: the channels that can be chosen.
Free == {c \in active : queued[c] < Threshold \/ ~Repaired("threshold")}

-----------------------------------------------------------------------------
(* Senders. *)

\* NC-SCH-3: any channel that can be chosen will do.
Choose(s) ==
  /\ state[s] = "choosing" /\ unsent[s] > 0
  /\ \E c \in Free : queued' = [queued EXCEPT ![c] = @ + 1]
  /\ unsent' = [unsent EXCEPT ![s] = @ - 1]
  /\ UNCHANGED <<state, waitsOn, active, removed>>

\* R36: what ends a wait.  With the repair off it is one channel that was active at the time.
Alarms == IF Repaired("R36") THEN {Channels} ELSE {{c} : c \in active}

\* R35: to find none and to wait is one step, with respect to channels and their queues.
FindNone(s) ==
  /\ state[s] = "choosing" /\ unsent[s] > 0
  /\ Free = {}
  /\ \E alarm \in Alarms : waitsOn' = [waitsOn EXCEPT ![s] = alarm]
  /\ state' = [state EXCEPT ![s] = IF Repaired("R35") THEN "waiting" ELSE "sleepy"]
  /\ UNCHANGED <<unsent, active, removed, queued>>

\* With the repair of R35 off: only now can it be woken.
FallAsleep(s) ==
  /\ state[s] = "sleepy"
  /\ state' = [state EXCEPT ![s] = "waiting"]
  /\ UNCHANGED <<unsent, waitsOn, active, removed, queued>>

-----------------------------------------------------------------------------
(* Channels. *)

Listeners(c) == {s \in Senders : state[s] = "waiting" /\ c \in waitsOn[s]}

\* NC-SCH-2: all that wait are woken, and choose again.  One would not be enough: a channel falls
\* below the threshold once, and may have room for several.
Wake(c) ==
  LET woken == IF Repaired("wake all") \/ Listeners(c) = {} THEN {Listeners(c)}
               ELSE {{s} : s \in Listeners(c)}
  IN \E W \in woken :
       state' = [s \in Senders |-> IF s \in W THEN "choosing" ELSE state[s]]

\* The transport takes a packet out of the transmit queue, also out of that of a draining channel.
Transmit(c) ==
  /\ queued[c] > 0
  /\ queued' = [queued EXCEPT ![c] = @ - 1]
  /\ IF c \in active /\ queued[c] = Threshold THEN Wake(c) ELSE UNCHANGED state
  /\ UNCHANGED <<unsent, waitsOn, active, removed>>

Add(c) ==
  /\ c \notin active \cup removed
  /\ active' = active \cup {c}
  /\ Wake(c)
  /\ UNCHANGED <<unsent, waitsOn, removed, queued>>

Remove(c) ==
  /\ c \in active
  /\ active' = active \ {c}
  /\ removed' = removed \cup {c}
  /\ UNCHANGED <<unsent, state, waitsOn, queued>>

-----------------------------------------------------------------------------
Next ==
  \/ \E s \in Senders : Choose(s) \/ FindNone(s) \/ FallAsleep(s)
  \/ \E c \in Channels : Transmit(c) \/ Add(c) \/ Remove(c)

\* Every sender goes on that does not wait, and every transport empties its queue.  Nobody has to
\* add a channel, or to remove one.
Fairness ==
  /\ \A s \in Senders : WF_vars(Choose(s) \/ FindNone(s) \/ FallAsleep(s))
  /\ \A c \in Channels : WF_vars(Transmit(c))

Spec == Init /\ [][Next]_vars /\ Fairness

-----------------------------------------------------------------------------
(* What has to hold. *)

\* NC-SCH-2: no channel at the threshold is chosen.
ThresholdIsKept == \A c \in Channels : queued[c] <= Threshold

\* Nobody waits beside a channel that it could have.
NobodyWaitsInVain == \A s \in Senders : state[s] = "waiting" => Free = {}

\* R35, R36: no wake-up is lost.
NoLostWakeUp == \A s \in Senders : []<>(state[s] = "waiting" => Free = {})

\* Every packet gets onto a channel, or there is none in the end.
EveryPacketIsPut == <>[](active = {} \/ \A s \in Senders : unsent[s] = 0)
=============================================================================
