"""One direction of a connection, as its receiver sees it: receive buffer and response queue (section 6)."""

from bisect import bisect_right
from dataclasses import dataclass

LARGEST_BUFFER = 1 << 30


@dataclass(slots=True)
class Waiting:
    """A DATA packet in the response queue; its payload is charged to the channel it came on (NC-HOL-1)."""
    channel: object
    offset: int
    data: bytes

    @property
    def end(self):
        return self.offset + len(self.data)


class Receiver:
    def __init__(self, size):
        self.size = size
        self.peer_buffer = None     # the peer's send buffer, once it is announced
        self.next_byte = 0          # rcv_nxt without the FIN
        self.final = None           # final offset, once a FIN came
        self.highest_end = 0        # one past the highest byte that came
        self.readable = bytearray()
        self.queue = []             # the response queue, in the order of arrival
        self.epoch = 0              # of the last STOP sent
        self.stop_outstanding = False
        self.moves_below = 0        # NC-HOL-6: DATA that begins below it moves at once; 0 while there was no STOP_ACK
        self._tried = 0             # so many packets of the queue were tried since anything changed
        self._starts = []           # out-of-order pieces by offset; they never overlap
        self._pieces = {}
        self._out_of_order = 0

    # What stands where

    @property
    def fin_in_sequence(self):
        return self.final is not None and self.next_byte == self.final

    @property
    def rcv_nxt(self):
        """NC-FIN-1: the FIN occupies the offset after the last byte."""
        return self.next_byte + self.fin_in_sequence

    @property
    def held(self):
        return len(self.readable) + self._out_of_order

    @property
    def limit(self):
        """NC-DATA-6: one past the last offset the peer may send at."""
        return self.rcv_nxt + (LARGEST_BUFFER if self.peer_buffer is None else self.peer_buffer)

    def has_unread(self) -> bool:
        return self.held > 0 or bool(self.queue)

    # Arrivals

    def problem_with_data(self, end):
        """The reason to reset the connection for, or None."""
        if self.final is not None and end > self.final:
            return "PROTOCOL_ERROR"  # NC-FIN-3
        if end > self.limit:
            return "BUFFER_EXCEEDED"  # NC-DATA-6
        return None

    def is_new(self, offset, end) -> bool:
        return bool(self._missing(offset, end))

    def arrive(self, channel, offset, data):
        """NC-HOL-1: the packet leaves its channel at once."""
        waiting = Waiting(channel, offset, data)
        self.highest_end = max(self.highest_end, waiting.end)
        channel.charge += len(data)
        self.queue.append(waiting)

    def finish(self, final) -> bool:
        """A FIN came. False when it contradicts what came before (NC-FIN-3)."""
        if self.final is None and self.highest_end <= final:
            self.final = final
        return self.final == final

    # From the response queue to the receive buffer

    def move(self):
        """NC-HOL-2: moves what may move, in the order of arrival, until nothing does."""
        while self._tried < len(self.queue):
            untried = self.queue[self._tried:]
            del self.queue[self._tried:]
            moved = False
            for waiting in untried:
                missing = self._missing(waiting.offset, waiting.end)
                if self._may_move(waiting, missing):
                    self._store(waiting, missing)
                    moved = True
                else:
                    self.queue.append(waiting)
            self._tried = 0 if moved else len(self.queue)

    def move_everything(self):
        """NC-HOL-6: at STOP_ACK the buffer may exceed its size."""
        for waiting in self.queue:
            self._store(waiting, self._missing(waiting.offset, waiting.end))
        self._empty_queue()

    def _empty_queue(self):
        self.queue = []
        self._tried = 0

    def _may_move(self, waiting, missing):
        if sum(end - start for start, end in missing) <= self.size - self.held or not missing:
            return True
        if waiting.offset < self.moves_below:
            return True
        return missing[0][0] == self.next_byte and not self.readable

    def _store(self, waiting, missing):
        waiting.channel.charge -= len(waiting.data)
        for start, end in missing:
            self._starts.insert(bisect_right(self._starts, start), start)
            self._pieces[start] = waiting.data[start - waiting.offset:end - waiting.offset]
            self._out_of_order += end - start
        self._join()

    def _join(self):
        joined = 0
        while joined < len(self._starts) and self._starts[joined] == self.next_byte:
            piece = self._pieces.pop(self.next_byte)
            self.readable += piece
            self.next_byte += len(piece)
            self._out_of_order -= len(piece)
            joined += 1
        del self._starts[:joined]

    def _missing(self, start, end):
        """NC-DATA-4: the parts of start..end that are not yet in the buffer and were not read."""
        start = max(start, self.next_byte)
        missing = []
        index = max(bisect_right(self._starts, start) - 1, 0)
        while start < end:
            if index == len(self._starts) or self._starts[index] >= end:
                missing.append((start, end))
                break
            piece = self._starts[index]
            if piece > start:
                missing.append((start, piece))
            start = max(start, piece + len(self._pieces[piece]))
            index += 1
        return missing

    # STOP and RESUME

    def stop_acknowledged(self, offset):
        """NC-HOL-6. The offset is bounded, or a peer could move everything it sends past the buffer's size."""
        self.moves_below = max(self.moves_below, min(offset, self.limit))
        self.move_everything()

    def resume_is_due(self) -> bool:
        """NC-HOL-7, asked at a read and at STOP_ACK."""
        return self.stop_outstanding and not self.queue and 2 * self.held <= self.size

    def resumed(self):
        self.stop_outstanding = False
        self.moves_below = 0

    # The application

    def read(self, most) -> bytes:
        data = bytes(self.readable[:most])
        del self.readable[:most]
        self._tried = 0
        return data

    def forget_all_but_readable(self):
        """NC-RST-1: bytes received in order stay readable, nothing else does."""
        for waiting in self.queue:
            waiting.channel.charge -= len(waiting.data)
        self._empty_queue()
        self._starts.clear()
        self._pieces.clear()
        self._out_of_order = 0
