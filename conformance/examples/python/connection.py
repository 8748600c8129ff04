"""One connection: its state, and what follows by itself from whatever just happened to it."""

from packets import ACK, DATA, FIN, NCSYN, NCSYN_ACK, RESUME, STOP, Packet
from receiver import Receiver
from sender import Sender

SYN_SENT, ESTABLISHED, CLOSED = "SYN_SENT", "ESTABLISHED", "CLOSED"


class Connection:
    """`host` sends its packets, keeps its timers and takes it out of the tables when it is over."""

    def __init__(self, host, connection, local_port, peer_port, connection_class, dialed):
        self.host = host
        self.id = connection
        self.local_port = local_port
        self.peer_port = peer_port
        self.connection_class = connection_class
        self.dialed = dialed
        self.state = SYN_SENT if dialed else ESTABLISHED
        self.error = None            # REFUSED, TIMEOUT or RESET, when that is how it ended
        self.reason = None
        self.reader_gone = False     # the application has closed it
        self.told = 0                # the last rcv_nxt that was sent
        self.sender = Sender(host.settings.send_buffer)
        self.receiver = Receiver(host.settings.receive_buffer)

    @property
    def ports(self):
        return self.local_port, self.peer_port

    # Packets out

    def packet(self, kind, tag=0, offset=0, payload=b"") -> Packet:
        """NC-DATA-5: rcv_nxt rides on every packet."""
        self.told = self.receiver.rcv_nxt
        return Packet(kind, self.local_port, self.peer_port, tag, self.id, offset, self.told, payload)

    def tell(self, kind, tag=0, offset=0):
        self.host.put_control(self.packet(kind, tag, offset))

    def tell_handshake(self):
        """NCSYN, or NCSYN_ACK; both announce the send buffer."""
        if self.dialed and self.state == SYN_SENT:
            self.tell(NCSYN, self.host.class_tag(self.connection_class), self.sender.size)
        else:
            self.tell(NCSYN_ACK, offset=self.sender.size)

    def repeat_control_state(self):
        """NC-FAIL-2: what a new control channel is told about this connection."""
        if self.dialed and self.state == ESTABLISHED:
            self.tell(ACK)
        else:
            self.tell_handshake()
        if self.receiver.epoch:
            self.tell(STOP if self.receiver.stop_outstanding else RESUME, self.receiver.epoch)
        if self.sender.fin_sent and not self.sender.fin_acknowledged:
            self.tell(FIN, offset=self.sender.end)

    def put_data(self, channel):
        offset, payload = self.sender.hand_to(channel, min(channel.hello.largest_payload,
                                                           self.host.settings.max_payload))
        channel.users.add(self)
        channel.put(self.packet(DATA, offset=offset, payload=payload))

    def channel_failed(self, channel):
        """NC-FAIL-1, and NC-DATA-5: acknowledgements that rode on it may be lost."""
        self.sender.channel_failed(channel)
        if self.state == ESTABLISHED:
            self.tell(ACK)

    # What follows by itself

    def settle(self):
        """Does all that is due now, and arms the timers of what is due later."""
        if self.state != ESTABLISHED:
            return
        self.receiver.move()
        if self.sender.fin_is_due():
            self.sender.fin_sent = True
            self.tell(FIN, offset=self.sender.end)
        self._acknowledge_at_once()
        if self.sender.fin_acknowledged and self.receiver.fin_in_sequence:  # NC-FIN-5
            self.host.over(self)
        else:
            self._keep_timers()

    def read_or_stop_acknowledged(self):
        """NC-HOL-7: the two occasions for RESUME."""
        self.receiver.move()
        if self.receiver.resume_is_due():
            self.receiver.resumed()
            self.tell(RESUME, self.receiver.epoch)

    def _acknowledge_at_once(self):
        """NC-DATA-5: after a quarter of the peer's send buffer; NC-FIN-5: with the end."""
        untold = self.receiver.rcv_nxt - self.told
        quarter = self.receiver.peer_buffer is not None and 4 * untold >= self.receiver.peer_buffer
        last = self.sender.fin_acknowledged and self.receiver.fin_in_sequence
        if untold and (quarter or last):
            self.tell(ACK)

    def _keep_timers(self):
        timers, settings = self.host.timers, self.host.settings
        timers.keep((self, "head of line"), self.receiver.queue and not self.receiver.stop_outstanding,
                    settings.hol_timer, self._head_of_line_timer_expires)
        timers.keep((self, "acknowledgement"), self.receiver.rcv_nxt > self.told,
                    settings.ack_delay, self._acknowledgement_delay_is_over)
        timers.keep((self, "channel lost"),
                    self.sender.waits() and not self.host.channels.has_active(self.connection_class),
                    settings.connect_timeout, lambda: self.host.reset(self, "CHANNEL_LOST"))

    def _head_of_line_timer_expires(self):
        """NC-HOL-4: the queue is not empty, or the timer would be cancelled."""
        self.receiver.epoch += 1
        self.receiver.stop_outstanding = True
        self.tell(STOP, self.receiver.epoch)

    def _acknowledgement_delay_is_over(self):
        self.tell(ACK)

    def cancel_timers(self):
        for name in ("connect", "head of line", "acknowledgement", "channel lost"):
            self.host.timers.cancel((self, name))
