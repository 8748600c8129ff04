"""One host: its tables, its channels, its clock. The application's calls and the network's arrivals change them."""

import random
from collections import Counter
from itertools import chain

from channels import Channels
from connection import CLOSED, ESTABLISHED, Connection
from packets import CLASSES, REASON_TAGS, RST, Packet
from timers import Memory, Timers


class Host:
    def __init__(self, settings, seed, incarnation=None):
        self._random = random.Random(f"{seed} {incarnation}")  # NC-HS-1 in earnest: the system's own generator
        self.settings = settings
        self.incarnation = self._random.getrandbits(63) if incarnation is None else incarnation
        self.peer_incarnation = None
        self.timers = Timers()
        self.channels = Channels(settings, self.incarnation)
        self.connections = {}   # the demultiplexing table: id -> connection that is not over
        self.held = {}          # id -> connection of a socket or in an accept queue, over or not
        self.listeners = {}     # port -> Listener
        self.counted = Counter()  # what was dropped, and why; for people
        self._dirty = {}        # connections something happened to; a dict keeps their order
        self._ready = {name: {} for name in CLASSES[1:]}  # connections with bytes to put on channels, in turn
        self.gone = Memory(self.timers, settings.connect_timeout)        # ids of connections that are over
        self._resets_sent = Memory(self.timers, settings.connect_timeout)

    # Settling: after every call, everything that can happen by itself has happened

    def touch(self, connection):
        self._dirty[connection] = None

    def settle(self):
        while self._dirty:
            connection = next(iter(self._dirty))
            del self._dirty[connection]
            connection.settle()
            if connection.state == ESTABLISHED and connection.sender.may_send():
                self._ready[connection.connection_class][connection] = None
            if not self._dirty:
                self._put_data()

    def _put_data(self):
        """NC-SCH-2: bytes wait only as long as no channel of their class can be chosen."""
        for connection_class, ready in self._ready.items():
            while ready and (channel := self._channel_for(ready, connection_class)):
                connection = next(iter(ready))
                del ready[connection]
                connection.put_data(channel)
                ready[connection] = None
                self.touch(connection)

    def _channel_for(self, ready, connection_class):
        while ready and not next(iter(ready)).sender.may_send():
            del ready[next(iter(ready))]
        return self.channels.choose(connection_class) if ready else None

    def advance(self, nanos):
        self.timers.advance(nanos, self.settle)

    # Packets out

    @staticmethod
    def class_tag(connection_class):
        return CLASSES.index(connection_class)

    def put_control(self, packet):
        """Without a control channel it is lost: the next one is told the state anew (NC-FAIL-2)."""
        channel = self.channels.newest_control()
        if channel is not None:
            channel.put(packet)

    def put_reset(self, connection, ports, reason, ack=0):
        packet = Packet(RST, *ports, REASON_TAGS[reason], connection, 0, ack)
        self._resets_sent.remember((connection, reason), packet)
        self.put_control(packet)

    # The end of connections

    def reset(self, connection, reason):
        """NC-RST-1: the side that sends an RST sees the same reason."""
        self.put_reset(connection.id, connection.ports, reason, connection.receiver.rcv_nxt)
        self.over(connection, "RESET", reason)

    def over(self, connection, error=None, reason=None):
        """NC-FIN-5, NC-RST-1: gone from the table; a socket still reads what was received in order."""
        connection.state, connection.error, connection.reason = CLOSED, error, reason
        connection.cancel_timers()
        connection.sender.forget()
        connection.receiver.forget_all_but_readable()
        del self.connections[connection.id]
        self._ready[connection.connection_class].pop(connection, None)
        self.channels.forget(connection)
        self.gone.remember(connection.id)

    # Channels

    def channel_up(self, number, channel_class, dialer):
        channel = self.channels.up(number, channel_class, dialer)
        if channel.is_control:
            self._repeat_control_state()

    def channel_fails(self, channel):
        """Section 9. A channel that is closed has nothing to lose."""
        if not channel.alive:
            return
        newest = channel is self.channels.newest_control()
        closed = channel.is_closed()
        self.channels.fail(channel)
        if newest:
            self._repeat_control_state()  # on the older one, if one lives on
        if not channel.is_control and not closed:
            for connection in sorted(channel.users, key=lambda user: user.id):
                connection.channel_failed(channel)
        self.active_channels_changed(channel.channel_class)

    def active_channels_changed(self, connection_class):
        for connection in self.connections.values():
            if connection.connection_class == connection_class:
                self.touch(connection)

    def _repeat_control_state(self):
        """NC-FAIL-2."""
        if self.channels.newest_control() is None:
            return
        for connection in self.connections.values():
            connection.repeat_control_state()
        for packet in self._resets_sent.values():
            self.put_control(packet)

    def pull(self, channel, most):
        packets = []
        while len(packets) < most and (raw := channel.pull()) is not None:
            packets.append(raw)
            self._put_data()
            self.settle()
        return packets

    # Opening connections

    def is_over_limit(self):
        return len(self.held) >= self.settings.socket_limit

    def open(self, connection, local_port, peer_port, connection_class, dialed) -> Connection:
        opened = Connection(self, connection, local_port, peer_port, connection_class, dialed)
        self.connections[connection] = opened
        self.held[connection] = opened
        return opened

    def dial(self, peer_port, connection_class):
        """NC-HS-1, NC-HS-6. None when no local port is free."""
        local_port = self._free_port()
        if local_port is None:
            return None
        dialed = self.open(self._fresh_id(), local_port, peer_port, connection_class, True)
        dialed.tell_handshake()
        self.timers.arm((dialed, "connect"), self.timers.now + self.settings.connect_timeout,
                        lambda: self._connect_timed_out(dialed))
        return dialed

    def _connect_timed_out(self, connection):
        self.put_reset(connection.id, connection.ports, "TIMEOUT")
        self.over(connection, "TIMEOUT", "TIMEOUT")

    def _fresh_id(self):
        while True:
            drawn = self._random.getrandbits(64)
            if drawn and drawn not in self.held and drawn not in self.connections and not self.gone.get(drawn):
                return drawn

    def _free_port(self):
        used = {connection.local_port for connection in self.connections.values()} | self.listeners.keys()
        first = self._random.randrange(32768, 65536)
        return next((port for port in chain(range(first, 65536), range(1, first)) if port not in used), None)
