"""Channels as this host sees them (sections 3 and 8)."""

from collections import deque

from packets import CHANNEL_CLOSE, CLASSES, DATA, HEADER, Hello, Packet


class Channel:
    def __init__(self, number, channel_class):
        self.number = number
        self.channel_class = channel_class
        self.alive = True
        self.hello = None            # the peer's, once it arrived
        self.draining = False
        self.close_sent = False
        self.close_received = False
        self.queued = 0              # payload bytes in the transmit queue
        self.charge = 0              # NC-CH-4: payload bytes in response queues
        self.users = set()           # connections that put DATA on it
        self._transmit = deque()

    @property
    def is_control(self):
        return self.channel_class == "CONTROL"

    @property
    def active(self):
        """NC-CH-2, NC-CH-5: DATA may be put on it."""
        return self.alive and self.hello is not None and not self.draining

    def put(self, packet: Packet):
        if packet.type == DATA:
            self.queued += len(packet.payload)
        self._transmit.append(packet.encode())

    def pull(self):
        """The next packet, or None."""
        if not self._transmit:
            return None
        raw = self._transmit.popleft()
        if raw[3] == DATA:
            self.queued -= len(raw) - HEADER.size
        elif raw[3] == CHANNEL_CLOSE:
            self.close_sent = True
        return raw

    def drain(self):
        """NC-CH-5: what stands in the queue goes first, and nothing is put behind CHANNEL_CLOSE."""
        if self.alive and not self.draining:
            self.draining = True
            self.put(Packet(CHANNEL_CLOSE))

    def is_closed(self) -> bool:
        """NC-CH-5, its last part: closed both ways is not enough while bytes on it are unacknowledged."""
        return (self.close_sent and self.close_received
                and not any(user.sender.has_unacknowledged_on(self) for user in self.users))

    def fail(self):
        self.alive = False
        self._transmit.clear()
        self.queued = 0


class Channels:
    """All channels of the link, also those that are no more: numbers are never used again."""

    def __init__(self, settings, incarnation):
        self._settings = settings
        self._incarnation = incarnation
        self._dials_odd = None
        self._by_number = {}
        self._living = []  # in the order they came up here
        self._turns = []   # data channels, the one that waited longest first

    def get(self, number):
        return self._by_number.get(number)

    def may_be_numbered(self, number, dialer) -> bool:
        """NC-CH-2: one host dials odd numbers, the other even ones. The first channel tells which this one is."""
        return self._dials_odd is None or self._dials_odd == (number % 2 == dialer)

    def up(self, number, channel_class, dialer) -> Channel:
        self._dials_odd = number % 2 == dialer
        channel = Channel(number, channel_class)
        hello = Hello(self._incarnation, number, CLASSES.index(channel_class), self._settings.max_payload)
        channel.put(hello.packet())
        self._by_number[number] = channel
        self._living.append(channel)
        if not channel.is_control:
            self._turns.append(channel)
        return channel

    def fail(self, channel):
        channel.fail()
        self._living.remove(channel)
        if not channel.is_control:
            self._turns.remove(channel)

    def forget(self, connection):
        for channel in self._living:
            channel.users.discard(connection)

    def older_lives(self, incarnation):
        """Channels whose peer is an earlier life than this one (NC-FAIL-3)."""
        return [channel for channel in self._living if channel.hello and channel.hello.incarnation < incarnation]

    def newest_control(self):
        """NC-CH-3: the last that came up here; None when there is none."""
        return next((channel for channel in reversed(self._living) if channel.is_control), None)

    def has_active(self, connection_class) -> bool:
        return any(channel.active and channel.channel_class == connection_class for channel in self._living)

    def choose(self, connection_class):
        """NC-SCH-1, -2, -3: the next channel in turn that may take a packet, or None."""
        for channel in self._turns:
            if (channel.active and channel.channel_class == connection_class
                    and channel.queued < self._settings.queue_threshold):
                self._turns.remove(channel)
                self._turns.append(channel)
                return channel
        return None
