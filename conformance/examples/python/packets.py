"""The 40-byte header and what may stand in it (protocol.md, section 2)."""

import struct
from dataclasses import dataclass

MAGIC, VERSION = 0x4E43, 1
LARGEST_PAYLOAD = 65496
HEADER = struct.Struct(">HBBIHHIQQQ")
HELLO_PAYLOAD = struct.Struct(">QIIII")

(HELLO, NCSYN, NCSYN_ACK, NCREFUSE, DATA, ACK,
 STOP, STOP_ACK, RESUME, FIN, RST, CHANNEL_CLOSE) = range(1, 13)

CLASSES = ("CONTROL", "LATENCY", "THROUGHPUT")  # the index is the code on the wire

REFUSALS = {1: "NO_LISTENER", 2: "BACKLOG_FULL", 3: "LIMIT"}
RESETS = {1: "ABORTED", 2: "UNKNOWN_CONNECTION", 3: "CLOSED", 4: "CHANNEL_LOST",
          5: "HOST_RESTARTED", 6: "PROTOCOL_ERROR", 7: "BUFFER_EXCEEDED", 8: "TIMEOUT"}
REASON_TAGS = {name: tag for names in (REFUSALS, RESETS) for tag, name in names.items()}


class ChannelFault(Exception):
    """What arrived fails its channel (NC-HDR-2, NC-HDR-5, NC-CH-2); the text says why."""


@dataclass(slots=True)
class Packet:
    type: int
    source_port: int = 0
    destination_port: int = 0
    tag: int = 0
    connection: int = 0
    offset: int = 0
    ack: int = 0
    payload: bytes = b""

    def encode(self) -> bytes:
        return HEADER.pack(MAGIC, VERSION, self.type, len(self.payload), self.source_port, self.destination_port,
                           self.tag, self.connection, self.offset, self.ack) + self.payload


@dataclass(slots=True)
class Hello:
    incarnation: int
    channel: int
    channel_class: int
    largest_payload: int

    def packet(self) -> Packet:
        return Packet(HELLO, payload=HELLO_PAYLOAD.pack(self.incarnation, self.channel, self.channel_class,
                                                        self.largest_payload, 0))


def decode(raw: bytes, announced: int) -> Packet:
    """Reads one whole packet; `announced` is the largest payload this host announced (NC-HDR-2)."""
    if len(raw) < HEADER.size:
        raise ChannelFault("shorter than a header")
    magic, version, kind, length, source, destination, tag, connection, offset, ack = HEADER.unpack_from(raw)
    if magic != MAGIC:
        raise ChannelFault("bad magic")
    if version != VERSION:
        raise ChannelFault("bad version")
    if length != len(raw) - HEADER.size:
        raise ChannelFault("the length is not that of the payload")
    if length > announced and kind != HELLO:  # NC-HDR-5: HELLO is exempt
        raise ChannelFault("over the largest payload announced")
    if kind == DATA and length == 0:
        raise ChannelFault("DATA without payload")
    if NCSYN <= kind <= CHANNEL_CLOSE and kind != DATA and length > 0:
        raise ChannelFault("a payload on a type that has none")
    return Packet(kind, source, destination, tag, connection, offset, ack, raw[HEADER.size:])


def decode_hello(packet: Packet) -> Hello:
    """Reads the payload of a HELLO (NC-CH-2)."""
    if len(packet.payload) != HELLO_PAYLOAD.size:
        raise ChannelFault("a HELLO of another length")
    incarnation, channel, channel_class, largest, _ = HELLO_PAYLOAD.unpack(packet.payload)
    if largest == 0:
        raise ChannelFault("a HELLO that announces no payload")
    return Hello(incarnation, channel, channel_class, min(largest, LARGEST_PAYLOAD))
