#!/usr/bin/env python3
"""A NetChannel endpoint behind the line protocol of endpoint.md: one JSON object a line in, one answer a line out.

Only this file knows the line protocol. It checks every argument before anything is changed, so that BAD_REQUEST
changes nothing."""

import base64
import json
import re
import sys

from arrivals import Arrivals
from host import Host
from packets import CLASSES
from settings import Settings
from sockets import ApplicationError, Sockets

NAME, VERSION = "netchannel-python-example", "1"
LONGEST_LINE = 64 << 20
MOST = 1 << 31   # of a count
LATEST = 1 << 62  # nanoseconds


class BadRequest(Exception):
    """A call out of turn, or arguments that make no sense."""


class Arguments:
    """The arguments of one request, each checked as it is taken."""

    def __init__(self, request):
        self._request = request

    def has(self, name):
        return self._request.get(name) is not None

    def number(self, name, lowest, highest):
        value = self._request.get(name)
        if type(value) is not int or not lowest <= value <= highest:
            raise BadRequest(f"{name}: {value!r} is not a whole number from {lowest} to {highest}")
        return value

    def flag(self, name):
        return self._typed(name, bool, "true or false")

    def object(self, name):
        return self._typed(name, dict, "an object")

    def one_of(self, name, values):
        value = self._request.get(name)
        if value not in values:
            raise BadRequest(f"{name}: {value!r} is none of {', '.join(values)}")
        return value

    def bytes(self, name):
        try:
            return base64.b64decode(self._typed(name, str, "base64"), validate=True)
        except ValueError as wrong:
            raise BadRequest(f"{name}: not base64: {wrong}") from None

    def incarnation(self):
        value = self._typed("incarnation", str, "16 hexadecimal digits")
        if not re.fullmatch("[0-9a-fA-F]{16}", value):
            raise BadRequest(f"incarnation: {value!r} is not 16 hexadecimal digits")
        return int(value, 16)

    def port(self):
        return self.number("port", 1, 65535)

    def socket(self):
        return self.number("socket", 0, 1 << 63)

    def _typed(self, name, wanted, description):
        value = self._request.get(name)
        if type(value) is not wanted:
            raise BadRequest(f"{name}: {value!r} is not {description}")
        return value


class Endpoint:
    def __init__(self):
        self._host = None

    def call(self, request):
        """The fields of the answer to one request. Every call leaves the host settled."""
        arguments = Arguments(request)
        operation = arguments.one_of("op", tuple(OPERATIONS))
        if (operation == "open") != (self._host is None):
            raise BadRequest("open must be first, and once only")
        fields = OPERATIONS[operation](self, arguments)
        self._host.settle()
        return fields or {}

    def diagnostics(self):
        return {} if self._host is None else self._host.counted

    def _open(self, arguments):
        config = arguments.object("config") if arguments.has("config") else {}
        seed = arguments.number("seed", -(1 << 63), (1 << 64) - 1)
        incarnation = arguments.incarnation() if arguments.has("incarnation") else None
        try:
            settings = Settings(config)
        except ValueError as wrong:
            raise BadRequest(str(wrong)) from None
        self._host = Host(settings, seed, incarnation)
        self._arrivals = Arrivals(self._host)
        self._sockets = Sockets(self._host)
        return {"name": NAME, "version": VERSION}

    # The network

    def _channel(self, arguments):
        number = arguments.number("channel", 0, (1 << 32) - 1)
        channel = self._host.channels.get(number)
        if channel is None:
            raise BadRequest(f"channel: {number} never came up")
        return channel

    def _channel_up(self, arguments):
        number = arguments.number("channel", 0, (1 << 32) - 1)
        channel_class = arguments.one_of("class", CLASSES)
        dialer = arguments.flag("dialer")
        channels = self._host.channels
        if channels.get(number) is not None:
            raise BadRequest(f"channel: {number} was used before")  # NC-CH-2
        if not channels.may_be_numbered(number, dialer):
            raise BadRequest(f"channel: {number} is for the other host to dial")  # NC-CH-2
        self._host.channel_up(number, channel_class, dialer)

    def _channel_down(self, arguments):
        self._host.channel_fails(self._channel(arguments))

    def _channel_drain(self, arguments):
        channel = self._channel(arguments)
        if channel.is_control:
            raise BadRequest("channel: a control channel is never drained")  # NC-CH-3
        channel.drain()
        self._host.active_channels_changed(channel.channel_class)

    def _deliver(self, arguments):
        channel, packet = self._channel(arguments), arguments.bytes("packet")
        accepted, failed = self._arrivals.deliver(channel, packet)
        return {"accepted": accepted, "failed": True} if failed else {"accepted": accepted}

    def _pull(self, arguments):
        channel, most = self._channel(arguments), arguments.number("max", 1, MOST)
        return {"packets": self._host.pull(channel, most)}

    def _advance(self, arguments):
        self._host.advance(arguments.number("nanos", 0, LATEST - self._host.timers.now))

    # The application

    def _listening_port(self, arguments):
        port = arguments.port()
        if port not in self._host.listeners:
            raise BadRequest(f"port: nobody listens on {port}")
        return port

    def _listen(self, arguments):
        return self._sockets.listen(arguments.port(), arguments.number("backlog", 0, MOST))

    def _unlisten(self, arguments):
        return self._sockets.unlisten(self._listening_port(arguments))

    def _connect(self, arguments):
        return self._sockets.connect(arguments.port(), arguments.one_of("class", CLASSES[1:]))

    def _accept(self, arguments):
        return self._sockets.accept(self._listening_port(arguments))

    def _send(self, arguments):
        return self._sockets.send(arguments.socket(), arguments.bytes("data"))

    def _receive(self, arguments):
        return self._sockets.receive(arguments.socket(), arguments.number("max", 1, MOST))

    def _shutdown(self, arguments):
        return self._sockets.shutdown(arguments.socket())

    def _close(self, arguments):
        return self._sockets.close(arguments.socket())

    def _abort(self, arguments):
        return self._sockets.abort(arguments.socket())

    def _status(self, arguments):
        return self._sockets.status(arguments.socket())


OPERATIONS = {
    "open": Endpoint._open, "channelUp": Endpoint._channel_up, "channelDown": Endpoint._channel_down,
    "channelDrain": Endpoint._channel_drain, "listen": Endpoint._listen, "unlisten": Endpoint._unlisten,
    "connect": Endpoint._connect, "accept": Endpoint._accept, "send": Endpoint._send, "receive": Endpoint._receive,
    "shutdown": Endpoint._shutdown, "close": Endpoint._close, "abort": Endpoint._abort, "status": Endpoint._status,
    "deliver": Endpoint._deliver, "pull": Endpoint._pull, "advance": Endpoint._advance,
}


def parse(line):
    try:
        request = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as wrong:
        raise BadRequest(f"not a JSON object in UTF-8: {wrong}") from None
    if type(request) is not dict:
        raise BadRequest("not a JSON object")
    return request


def base64_text(value):
    """What json.dumps does with bytes."""
    return base64.b64encode(value).decode("ascii")


def answer(endpoint, line):
    try:
        return {"ok": True, **endpoint.call(parse(line))}
    except BadRequest as wrong:
        return {"ok": False, "error": "BAD_REQUEST", "message": str(wrong)}
    except ApplicationError as result:
        reason = {} if result.reason is None else {"reason": result.reason}
        return {"ok": False, "error": result.code, **reason, "message": str(result)}


def lines(stream):
    """Each line, or None in place of one that is too long."""
    while line := stream.readline(LONGEST_LINE):
        whole = line.endswith(b"\n") or len(line) < LONGEST_LINE
        while not line.endswith(b"\n") and (line := stream.readline(LONGEST_LINE)):
            pass
        yield line if whole else None


def main():
    endpoint = Endpoint()
    out = sys.stdout.buffer
    for line in lines(sys.stdin.buffer):
        if line is None:
            fields = {"ok": False, "error": "BAD_REQUEST", "message": f"a line over {LONGEST_LINE} bytes"}
        else:
            fields = answer(endpoint, line)
        out.write(json.dumps(fields, default=base64_text, separators=(",", ":")).encode("ascii") + b"\n")
        out.flush()
    for what, count in sorted(endpoint.diagnostics().items()):
        print(f"{count} {what}", file=sys.stderr)


if __name__ == "__main__":
    main()
