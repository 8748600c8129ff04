"""The application's calls (protocol.md, section 10), each a method that returns the result's fields."""

from collections import deque

from connection import CLOSED, SYN_SENT


class ApplicationError(Exception):
    """A result that an application sees as an error: a code of protocol.md section 10, and a reason or None."""

    def __init__(self, code, reason=None, message=""):
        super().__init__(message or (code if reason is None else f"{code}: {reason}"))
        self.code = code
        self.reason = reason


class Listener:
    def __init__(self, backlog):
        self.backlog = backlog
        self.waiting = deque()  # the accept queue

    def is_full(self):
        return len(self.waiting) >= self.backlog


class Sockets:
    def __init__(self, host):
        self._host = host
        self._sockets = {}
        self._last_number = 0

    def listen(self, port, backlog):
        if port in self._host.listeners:
            raise ApplicationError("PORT_IN_USE")
        self._host.listeners[port] = Listener(backlog)

    def unlisten(self, port):
        """NC-HS-8."""
        for child in self._host.listeners.pop(port).waiting:
            self._let_go(child)
            if child.state != CLOSED:
                self._host.reset(child, "CLOSED")

    def connect(self, port, connection_class):
        connection = None if self._host.is_over_limit() else self._host.dial(port, connection_class)
        if connection is None:
            raise ApplicationError("REFUSED", "LIMIT")
        return self._numbered(connection)

    def accept(self, port):
        """NC-HS-10: a child that is over already is returned like any other."""
        waiting = self._host.listeners[port].waiting
        return self._numbered(waiting.popleft()) if waiting else {"socket": None}

    def send(self, socket, data):
        connection = self._find(socket)
        if connection.error:
            raise ApplicationError(connection.error, connection.reason)
        if connection.sender.shut:
            raise ApplicationError("NOT_CONNECTED", message="send after shutdown")
        if connection.state == SYN_SENT:
            return {"taken": 0}
        self._host.touch(connection)
        return {"taken": connection.sender.take(data)}

    def receive(self, socket, most):
        connection = self._find(socket)
        receiver = connection.receiver
        if receiver.readable:
            data = receiver.read(most)
            if connection.state != CLOSED:
                connection.read_or_stop_acknowledged()
                self._host.touch(connection)
            return {"data": data}
        if receiver.fin_in_sequence:  # NC-FIN-2, NC-RST-1
            return {"data": b"", "end": True}
        if connection.error:
            raise ApplicationError(connection.error, connection.reason)
        return {"data": b""}

    def shutdown(self, socket):
        """NC-FIN-1; in SYN_SENT the FIN waits until the connection is established (NC-HS-11)."""
        connection = self._find(socket)
        if connection.state != CLOSED:
            connection.sender.shut = True
            self._host.touch(connection)

    def close(self, socket):
        """NC-FIN-4, NC-HS-11."""
        connection = self._release(socket)
        connection.reader_gone = True
        if connection.state == SYN_SENT or (connection.state != CLOSED and connection.receiver.has_unread()):
            self._host.reset(connection, "CLOSED")
        elif connection.state != CLOSED:
            connection.sender.shut = True
            self._host.touch(connection)

    def abort(self, socket):
        connection = self._release(socket)
        if connection.state != CLOSED:
            self._host.reset(connection, "ABORTED")

    def status(self, socket):
        connection = self._find(socket)
        return {"state": connection.state, "reason": connection.reason}

    def _numbered(self, connection):
        self._last_number += 1
        self._sockets[self._last_number] = connection
        return {"socket": self._last_number, "connection": f"{connection.id:016x}"}

    def _find(self, socket):
        if socket not in self._sockets:
            raise ApplicationError("NO_SUCH_SOCKET", message=f"there is no socket {socket}")
        return self._sockets[socket]

    def _release(self, socket):
        connection = self._find(socket)
        del self._sockets[socket]
        self._let_go(connection)
        return connection

    def _let_go(self, connection):
        del self._host.held[connection.id]
