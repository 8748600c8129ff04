"""One direction of a connection, as its sender sees it (sections 5 to 7)."""

from collections import deque


class Sender:
    """Bytes from `send` until they are acknowledged. Offsets are positions in the stream."""

    def __init__(self, size):
        self.size = size
        self.snd_una = 0
        self.snd_nxt = 0  # bytes only: the FIN is `fin_sent`
        self.shut = False
        self.fin_sent = False
        self.fin_acknowledged = False
        self.epoch_in_force = 0
        self.highest_resumed = 0
        self._retained = bytearray()  # from snd_una on, handed to a channel or not
        self._in_flight = deque()     # (start, end, channel), in the order they were handed over
        self._again = deque()         # (start, end) whose channel failed

    @property
    def end(self):
        """One past the last byte the application has sent: the final offset once it has shut down."""
        return self.snd_una + len(self._retained)

    @property
    def stopped(self):
        return self.epoch_in_force > self.highest_resumed

    def take(self, data) -> int:
        """NC-DATA-3: no more is taken than the send buffer holds."""
        taken = min(len(data), self.size - len(self._retained))
        self._retained += data[:taken]
        return taken

    def acknowledge(self, ack) -> bool:
        """NC-DATA-5. False when it acknowledges what was never sent."""
        if ack > self.snd_nxt + self.fin_sent:
            return False
        if self.fin_sent and ack == self.end + 1:
            self.fin_acknowledged = True
            ack -= 1
        if ack > self.snd_una:
            del self._retained[:ack - self.snd_una]
            self.snd_una = ack
            while self._in_flight and self._in_flight[0][1] <= ack:
                self._in_flight.popleft()
        return True

    def waits(self) -> bool:
        """Whether there are bytes that no channel has, or none any more."""
        self._drop_acknowledged()
        return bool(self._again) or self.snd_nxt < self.end

    def may_send(self) -> bool:
        """NC-HOL-5: a STOP holds new bytes back, but not those below snd_nxt."""
        self._drop_acknowledged()
        return bool(self._again) or (self.snd_nxt < self.end and not self.stopped)

    def hand_to(self, channel, largest):
        """Cuts the next packet for this channel: its offset and its bytes. Only when `may_send()`."""
        if self._again:
            start, end = self._again.popleft()
            if end - start > largest:
                self._again.appendleft((start + largest, end))
        else:
            start, end = self.snd_nxt, self.end
        end = min(end, start + largest)
        self.snd_nxt = max(self.snd_nxt, end)
        self._in_flight.append((start, end, channel))
        return start, bytes(self._retained[start - self.snd_una:end - self.snd_una])

    def channel_failed(self, channel):
        """NC-FAIL-1: what was handed to it and is not acknowledged is sent again."""
        lost = [(start, end) for start, end, used in self._in_flight if used is channel]
        self._again.extend(lost)
        self._in_flight = deque(piece for piece in self._in_flight if piece[2] is not channel)

    def has_unacknowledged_on(self, channel) -> bool:
        return any(used is channel and end > self.snd_una for _, end, used in self._in_flight)

    def fin_is_due(self) -> bool:
        """NC-FIN-1: once every byte was handed to a channel."""
        return self.shut and not self.fin_sent and self.snd_nxt == self.end

    def stop(self, epoch):
        """NC-HOL-5: an epoch that is not new changes nothing."""
        if epoch > max(self.epoch_in_force, self.highest_resumed):
            self.epoch_in_force = epoch

    def resume(self, epoch):
        """NC-HOL-8."""
        self.highest_resumed = max(self.highest_resumed, epoch)

    def forget(self):
        """The connection is over: nothing is sent again."""
        self._retained.clear()
        self._in_flight.clear()
        self._again.clear()
        self.snd_nxt = self.snd_una

    def _drop_acknowledged(self):
        while self._again and self._again[0][0] < self.snd_una:
            start, end = self._again.popleft()
            if end > self.snd_una:
                self._again.appendleft((self.snd_una, end))
