"""Deadlines, fired in their order while `advance` moves the clock; and what is remembered for a time."""

import heapq


class Timers:
    """One deadline for each key. A key is armed, armed anew or cancelled; firing it ends it."""

    def __init__(self):
        self.now = 0
        self._heap = []
        self._armed = {}  # key -> the entry that counts; entries of the heap that are not here are void
        self._count = 0

    def is_armed(self, key) -> bool:
        return key in self._armed

    def arm(self, key, deadline, action):
        self._count += 1
        entry = (deadline, self._count, key, action)
        self._armed[key] = entry
        heapq.heappush(self._heap, entry)

    def cancel(self, key):
        self._armed.pop(key, None)

    def keep(self, key, wanted, delay, action):
        """Runs the timer exactly while it is wanted; it goes on from where it was if it runs already."""
        if not wanted:
            self.cancel(key)
        elif key not in self._armed:
            self.arm(key, self.now + delay, action)

    def advance(self, nanos, settle):
        """Moves the clock, stopping at each deadline for its action and for what follows from it."""
        end = self.now + nanos
        while self._heap and self._heap[0][0] <= end:
            deadline, _, key, action = entry = heapq.heappop(self._heap)
            if self._armed.get(key) is entry:
                del self._armed[key]
                self.now = max(self.now, deadline)
                action()
                settle()
        self.now = end


class Memory:
    """Things remembered for less than `lifetime`, oldest first."""

    def __init__(self, timers, lifetime):
        self._timers = timers
        self._lifetime = lifetime
        self._kept = {}  # key -> (time, value), in the order of the times

    def remember(self, key, value=True):
        self._forget()
        self._kept.pop(key, None)
        self._kept[key] = (self._timers.now, value)

    def get(self, key):
        self._forget()
        kept = self._kept.get(key)
        return None if kept is None else kept[1]

    def values(self):
        self._forget()
        return [value for _, value in self._kept.values()]

    def _forget(self):
        oldest = self._timers.now - self._lifetime
        while self._kept:
            key = next(iter(self._kept))
            if self._kept[key][0] > oldest:
                return
            del self._kept[key]
