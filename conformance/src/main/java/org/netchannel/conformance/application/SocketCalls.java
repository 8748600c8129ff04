package org.netchannel.conformance.application;

import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.link.Host;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Endpoint.Received;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Failed;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.Reason;

/**
 * The calls on sockets that applications hold. Each is made, judged and written down. Hosts are 0 for A and 1 for B.
 * One thread calls; every call throws {@link ViolationFound} when its answer is wrong.
 */
public final class SocketCalls {
    private final Host[] hosts;
    private final Ledger ledger;
    private final Judge judge;

    SocketCalls(Host a, Host b, Ledger ledger) {
        hosts = new Host[] {a, b};
        this.ledger = ledger;
        judge = new Judge(ledger);
    }

    private Endpoint endpoint(int host) {
        return hosts[host].endpoint();
    }

    /**
     * Picks a connection whose socket a host's application holds.
     *
     * @param host 0 or 1
     * @param pick which one, modulo their number
     * @return the connection, or null when there is none
     */
    public Conversation pickOpen(int host, int pick) {
        int count = 0;
        for (Conversation conversation : ledger.conversations()) {
            count += conversation.side(host).open() ? 1 : 0;
        }
        int left = count == 0 ? 0 : pick % count;
        for (Conversation conversation : ledger.conversations()) {
            if (conversation.side(host).open() && left-- == 0) {
                return conversation;
            }
        }
        return null;
    }

    /**
     * Sends the next bytes of a stream.
     *
     * @param conversation the connection
     * @param host the sending host, 0 or 1
     * @param length how many bytes are offered
     * @return how many were taken; 0 also when the call ended in an error
     */
    public int send(Conversation conversation, int host, int length) {
        Side side = conversation.side(host);
        Outcome<Integer> outcome = endpoint(host).send(side.socket(), PayloadPattern.bytes(
                conversation.connection(), conversation.direction(host), side.taken(), length));
        return switch (outcome) {
            case Ok<Integer>(Integer taken) -> {
                if (taken < 0 || taken > length || taken > 0 && side.finished()) {
                    throw Judge.found("send took what it must not take", conversation, host,
                            taken + " of " + length + " bytes", "NC-FIN-1");
                }
                side.took(taken);
                yield taken;
            }
            case Failed<Integer> failed -> {
                judge.error(conversation, host, "send", failed);
                yield 0;
            }
        };
    }

    /**
     * Reads the next bytes of a stream.
     *
     * @param conversation the connection
     * @param host the reading host, 0 or 1
     * @param max at most this many
     * @return whether there were bytes
     */
    public boolean receive(Conversation conversation, int host, int max) {
        Side side = conversation.side(host);
        return switch (endpoint(host).receive(side.socket(), max)) {
            case Ok<Received>(Received received) -> {
                judge.received(conversation, host, max, received);
                yield received.data().length() > 0;
            }
            case Failed<Received> failed -> {
                judge.error(conversation, host, "receive", failed);
                side.failRead();
                yield false;
            }
        };
    }

    /**
     * Shuts a connection's sending direction down.
     *
     * @param conversation the connection
     * @param host 0 or 1
     */
    public void shutdown(Conversation conversation, int host) {
        Side side = conversation.side(host);
        if (endpoint(host).shutdown(side.socket()) instanceof Failed<?> failed) {
            judge.error(conversation, host, "shutdown", failed);
        }
        side.finish();
    }

    /**
     * Closes a socket.
     *
     * @param conversation the connection
     * @param host 0 or 1
     */
    public void close(Conversation conversation, int host) {
        if (endpoint(host).close(conversation.side(host).socket()) instanceof Failed<?> failed) {
            judge.error(conversation, host, "close", failed);
        }
        if (host == conversation.connecting() && !conversation.isEstablished()) {
            conversation.expect(Reason.CLOSED);
        }
        conversation.side(host).close();
    }

    /**
     * Aborts a connection.
     *
     * @param conversation the connection
     * @param host 0 or 1
     */
    public void abort(Conversation conversation, int host) {
        if (endpoint(host).abort(conversation.side(host).socket()) instanceof Failed<?> failed) {
            judge.error(conversation, host, "abort", failed);
        }
        conversation.expect(Reason.ABORTED);
        conversation.side(host).abort();
    }

    /**
     * Asks for a socket's state.
     *
     * @param conversation the connection
     * @param host 0 or 1
     * @return the state
     */
    public State status(Conversation conversation, int host) {
        Endpoint.Status status = hosts[host].expect(
                endpoint(host).status(conversation.side(host).socket()), "status");
        judge.status(conversation, host, status);
        return status.state();
    }

    /**
     * Asks for the state of a socket that the application gave up.
     *
     * @param conversation a connection whose socket was closed or aborted
     * @param host 0 or 1
     */
    public void statusOfGone(Conversation conversation, int host) {
        int socket = conversation.side(host).socket();
        for (Conversation other : ledger.conversations()) {
            if (other.side(host).open() && other.side(host).socket() == socket) {
                return;
            }
        }
        Applications.requireError(endpoint(host).status(socket), ErrorCode.NO_SUCH_SOCKET, "status of a closed socket");
    }
}
