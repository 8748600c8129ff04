"""What arrives from the network, and what this host does about it."""

from connection import ESTABLISHED, SYN_SENT
from packets import (ACK, CHANNEL_CLOSE, CLASSES, DATA, FIN, HELLO, NCREFUSE, NCSYN, NCSYN_ACK, REASON_TAGS, REFUSALS,
                     RESETS, RESUME, RST, STOP, STOP_ACK, ChannelFault, Packet, decode, decode_hello)
from receiver import LARGEST_BUFFER
from timers import Memory


class Arrivals:
    def __init__(self, host):
        self.host = host
        settings = host.settings
        self._refused = Memory(host.timers, settings.connect_timeout)       # id -> reason (NC-HS-2)
        self._resets_heard = Memory(host.timers, settings.connect_timeout)  # unknown ids (NC-HS-7)
        self._answered = Memory(host.timers, settings.ack_delay)            # unknown id -> when (NC-HS-7)
        self._merged = {}                                                   # unknown id -> ports of the merged answer
        self._known = {NCSYN: self._on_ncsyn, NCSYN_ACK: self._on_ncsyn_ack, DATA: self._on_data, ACK: self._on_ack,
                       STOP: self._on_stop, STOP_ACK: self._on_stop_ack, RESUME: self._on_resume, FIN: self._on_fin}

    def deliver(self, channel, raw):
        """Returns (accepted, failed)."""
        if not channel.alive:
            return True, True
        if not channel.is_control and channel.charge >= self.host.settings.channel_budget:  # NC-CH-4
            return False, False
        try:
            self._arrive(channel, raw)
        except ChannelFault as fault:
            self.host.counted[f"channel failed: {fault}"] += 1
            self.host.channel_fails(channel)
        return True, not channel.alive

    def _arrive(self, channel, raw):
        packet = decode(raw, self.host.settings.max_payload)
        if channel.close_received:
            raise ChannelFault("a packet after CHANNEL_CLOSE")  # NC-CH-5
        if (packet.type == HELLO) != (channel.hello is None):
            raise ChannelFault("a second HELLO" if channel.hello else "something before HELLO")  # NC-CH-2
        if packet.type == HELLO:
            self._on_hello(channel, decode_hello(packet))
        elif not HELLO < packet.type <= CHANNEL_CLOSE:
            self._drop("unknown type")  # NC-HDR-3
        elif packet.type == CHANNEL_CLOSE and not channel.is_control:
            channel.close_received = True
            channel.drain()
            self.host.active_channels_changed(channel.channel_class)
        elif packet.type == CHANNEL_CLOSE or (packet.type == DATA) == channel.is_control:
            raise ChannelFault("a type that does not travel on this channel")  # NC-HDR-5
        elif packet.connection == 0:
            self._drop("connection id 0")
        else:
            self._on_connection_packet(channel, packet)

    def _drop(self, why):
        self.host.counted[f"dropped: {why}"] += 1

    # Channels

    def _on_hello(self, channel, hello):
        host = self.host
        if hello.channel != channel.number or CLASSES[hello.channel_class:][:1] != (channel.channel_class,):
            raise ChannelFault("a HELLO of another channel")  # NC-CH-2
        if host.peer_incarnation is not None and hello.incarnation < host.peer_incarnation:
            raise ChannelFault("a HELLO of an earlier life")  # NC-FAIL-3
        if host.peer_incarnation is not None and hello.incarnation > host.peer_incarnation:
            self._peer_has_restarted(hello.incarnation)
        host.peer_incarnation = hello.incarnation
        channel.hello = hello
        host.active_channels_changed(channel.channel_class)

    def _peer_has_restarted(self, incarnation):
        """NC-FAIL-3."""
        for channel in self.host.channels.older_lives(incarnation):
            self.host.channel_fails(channel)
        for connection in list(self.host.connections.values()):
            if connection.state != SYN_SENT:
                self.host.reset(connection, "HOST_RESTARTED")

    # Packets of connections

    def _on_connection_packet(self, channel, packet):
        connection = self.host.connections.get(packet.connection)
        if connection is None:
            self._on_unknown(packet)
        elif (packet.destination_port, packet.source_port) != connection.ports:
            self._drop("other ports")  # NC-HDR-4
        else:
            self.host.touch(connection)
            self._on_known(connection, channel, packet)

    def _on_known(self, connection, channel, packet):
        if packet.type == RST:
            self._on_rst(connection, RESETS.get(packet.tag, "PROTOCOL_ERROR"))
        elif packet.type == NCREFUSE:
            self._on_ncrefuse(connection, packet)
        elif packet.type == NCSYN and connection.state == SYN_SENT:
            self._drop("NCSYN for a connection that this host dials")  # NC-HS-9
        else:
            if connection.state == SYN_SENT:  # NC-HS-3
                connection.state = ESTABLISHED
                self.host.timers.cancel((connection, "connect"))
            if packet.type != NCSYN and not connection.sender.acknowledge(packet.ack):
                self.host.reset(connection, "PROTOCOL_ERROR")  # NC-DATA-5
            else:
                self._known[packet.type](connection, channel, packet)

    def _on_rst(self, connection, reason):
        finished = connection.sender.fin_sent and connection.receiver.fin_in_sequence
        if reason == "UNKNOWN_CONNECTION" and finished:  # NC-FIN-6
            self.host.over(connection)
        else:
            self.host.over(connection, "RESET", reason)  # NC-RST-1, NC-HS-11

    def _on_ncrefuse(self, connection, packet):
        """NC-HS-4: ignored once established."""
        if connection.state != SYN_SENT:
            self._drop("NCREFUSE after establishment")
        elif packet.tag in REFUSALS:
            self.host.over(connection, "REFUSED", REFUSALS[packet.tag])
        else:
            self.host.reset(connection, "PROTOCOL_ERROR")

    def _on_ncsyn(self, connection, channel, packet):
        """NC-HS-2: a known id gets NCSYN_ACK again and nothing else."""
        self._learn_peer_buffer(connection, packet)
        connection.tell(NCSYN_ACK, offset=connection.sender.size)

    def _on_ncsyn_ack(self, connection, channel, packet):
        self._learn_peer_buffer(connection, packet)

    @staticmethod
    def _learn_peer_buffer(connection, packet):
        if connection.receiver.peer_buffer is None:
            connection.receiver.peer_buffer = min(packet.offset, LARGEST_BUFFER)

    def _on_ack(self, connection, channel, packet):
        """All it says is in the header, and done."""

    def _on_data(self, connection, channel, packet):
        receiver, end = connection.receiver, packet.offset + len(packet.payload)
        problem = ("PROTOCOL_ERROR" if channel.channel_class != connection.connection_class  # NC-HDR-5
                   else receiver.problem_with_data(end))
        if problem:
            self.host.reset(connection, problem)
        elif not receiver.is_new(packet.offset, end):
            self._drop("bytes already received")  # NC-DATA-4
        elif connection.reader_gone:
            self.host.reset(connection, "CLOSED")  # NC-FIN-4
        else:
            receiver.arrive(channel, packet.offset, packet.payload)

    def _on_stop(self, connection, channel, packet):
        """NC-HOL-5: STOP_ACK with snd_nxt is always the answer."""
        connection.sender.stop(packet.tag)
        connection.tell(STOP_ACK, packet.tag, connection.sender.snd_nxt)

    def _on_stop_ack(self, connection, channel, packet):
        """NC-HOL-6: any but that for the outstanding epoch is ignored."""
        receiver = connection.receiver
        if receiver.stop_outstanding and packet.tag == receiver.epoch:
            receiver.stop_acknowledged(packet.offset)
            connection.read_or_stop_acknowledged()

    def _on_resume(self, connection, channel, packet):
        connection.sender.resume(packet.tag)

    def _on_fin(self, connection, channel, packet):
        if not connection.receiver.finish(packet.offset):
            self.host.reset(connection, "PROTOCOL_ERROR")  # NC-FIN-3

    # Packets of connections that this host does not know

    def _on_unknown(self, packet):
        if packet.type == NCSYN:
            self._on_unknown_ncsyn(packet)
        elif packet.type == RST:
            self._resets_heard.remember(packet.connection)
        elif packet.type in (DATA, FIN, ACK, STOP, NCSYN_ACK):
            self._answer_unknown(packet)
        else:
            self._drop("unknown connection")

    def _on_unknown_ncsyn(self, packet):
        """NC-HS-2, in its order; NC-HS-7 comes before it."""
        host, connection = self.host, packet.connection
        listener = host.listeners.get(packet.destination_port)
        if self._resets_heard.get(connection):
            self._drop("NCSYN after its RST")
        elif host.gone.get(connection) or connection in host.held:
            host.put_reset(connection, _answer_ports(packet), "UNKNOWN_CONNECTION")
        elif reason := self._refused.get(connection):
            self._refuse(packet, reason)
        elif packet.tag not in (1, 2):
            host.put_reset(connection, _answer_ports(packet), "PROTOCOL_ERROR")
        elif listener is None:
            self._refuse(packet, "NO_LISTENER")
        elif listener.is_full():
            self._refuse(packet, "BACKLOG_FULL")
        elif host.is_over_limit():
            self._refuse(packet, "LIMIT")
        else:
            self._admit(packet, listener)

    def _refuse(self, packet, reason):
        self._refused.remember(packet.connection, reason)
        self.host.put_control(Packet(NCREFUSE, *_answer_ports(packet), REASON_TAGS[reason], packet.connection))

    def _admit(self, packet, listener):
        """The table first, then the accept queue, then NCSYN_ACK (R9)."""
        self._forget_merged(packet.connection)
        child = self.host.open(packet.connection, *_answer_ports(packet), CLASSES[packet.tag], dialed=False)
        listener.waiting.append(child)
        self._on_ncsyn(child, None, packet)

    # NC-HS-7: RST UNKNOWN_CONNECTION, at most one for an id within the acknowledgement delay

    def _answer_unknown(self, packet):
        connection, timers = packet.connection, self.host.timers
        last = self._answered.get(connection)
        if last is None:
            self._put_unknown(connection, _answer_ports(packet))
            return
        self._merged[connection] = _answer_ports(packet)  # of the last packet it answers
        if not timers.is_armed(("answer", connection)):
            timers.arm(("answer", connection), last + self.host.settings.ack_delay,
                       lambda: self._put_unknown(connection, self._merged.pop(connection)))

    def _put_unknown(self, connection, ports):
        self._answered.remember(connection, self.host.timers.now)
        self.host.put_reset(connection, ports, "UNKNOWN_CONNECTION")

    def _forget_merged(self, connection):
        """The id is known now: an answer that still waits would end it."""
        self._merged.pop(connection, None)
        self.host.timers.cancel(("answer", connection))


def _answer_ports(packet):
    return packet.destination_port, packet.source_port
