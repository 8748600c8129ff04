------------------------------ MODULE Polling -------------------------------
(***************************************************************************)
(* A poller takes packets out of the receive ring of a device for as long  *)
(* as there are any, and sleeps when there are none.  An interrupt wakes   *)
(* it; while it is busy the interrupt is masked, because it would only say *)
(* what the poller sees by itself.  This module is about the way back to   *)
(* sleep: a packet that comes after the last look at the ring, and before  *)
(* the interrupt is unmasked, raises none.  So the poller unmasks first    *)
(* and looks again after that (R38): readiness is a level, not an edge.    *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
  Off,       \* repairs that are switched off: rows of races.md, and "mask"
  Packets,   \* how many packets come
  Ring       \* how many the ring holds

VARIABLES
  coming,    \* packets that have not come yet
  ring,      \* packets in the ring
  masked,    \* whether the interrupt is masked
  raised,    \* whether it is raised and its handler has not run
  poller     \* "asleep"; "polling"; "idle": saw the ring empty; "armed": has unmasked

vars == <<coming, ring, masked, raised, poller>>

Repaired(row) == row \notin Off

Init ==
  /\ coming = Packets /\ ring = 0
  /\ masked = FALSE /\ raised = FALSE
  /\ poller = "asleep"

\* The device puts a packet into the ring, and raises the interrupt unless it is masked.  When the
\* ring is full it waits: its channel is reliable.
Arrive ==
  /\ coming > 0 /\ ring < Ring
  /\ coming' = coming - 1
  /\ ring' = ring + 1
  /\ raised' = (raised \/ ~masked)
  /\ UNCHANGED <<masked, poller>>

\* The handler masks the interrupt and wakes the poller.
Interrupt ==
  /\ raised
  /\ raised' = FALSE
  /\ masked' = Repaired("mask")
  /\ poller' = "polling"
  /\ UNCHANGED <<coming, ring>>

Take ==
  /\ poller = "polling" /\ ring > 0
  /\ ring' = ring - 1
  /\ UNCHANGED <<coming, masked, raised, poller>>

SeeEmpty ==
  /\ poller = "polling" /\ ring = 0
  /\ poller' = "idle"
  /\ UNCHANGED <<coming, ring, masked, raised>>

\* R38: after this the poller looks again.  With the repair off it goes to sleep.
Unmask ==
  /\ poller = "idle"
  /\ masked' = FALSE
  /\ poller' = IF Repaired("R38") THEN "armed" ELSE "asleep"
  /\ UNCHANGED <<coming, ring, raised>>

\* What came meanwhile is taken with the interrupt masked, as ever.
LookAgain ==
  /\ poller = "armed"
  /\ poller' = IF ring > 0 THEN "polling" ELSE "asleep"
  /\ masked' = (ring > 0)
  /\ raised' = (raised /\ ring = 0)
  /\ UNCHANGED <<coming, ring>>

-----------------------------------------------------------------------------
Poll == Take \/ SeeEmpty \/ Unmask \/ LookAgain

Next == Arrive \/ Interrupt \/ Poll

\* A poller that is awake goes on, and an interrupt that is raised is handled.
Spec == Init /\ [][Next]_vars /\ WF_vars(Poll) /\ WF_vars(Interrupt)

-----------------------------------------------------------------------------
(* What has to hold. *)

\* Interrupts don't disturb a poller that is busy.
BusyIsMasked == poller \in {"polling", "idle"} => masked /\ ~raised

\* A poller that sleeps beside a packet is about to be woken.
SleepIsLight == poller = "asleep" /\ ring > 0 => raised

\* No wake-up is lost: every packet is taken.
EveryPacketIsTaken == []<>(ring = 0)
=============================================================================
