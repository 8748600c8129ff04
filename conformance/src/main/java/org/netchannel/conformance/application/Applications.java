package org.netchannel.conformance.application;

import java.util.Optional;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.application.Listeners.Listener;
import org.netchannel.conformance.link.Host;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Failed;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.Reason;

/**
 * The applications of both hosts: they listen, connect and accept. Each call is made, judged and written down. Hosts
 * are 0 for A and 1 for B. One thread calls; every call throws {@link ViolationFound} when its answer is wrong.
 */
public final class Applications {
    private final Host[] hosts;
    private final Ledger ledger;
    private final SocketCalls sockets;

    /**
     * Makes the applications.
     *
     * @param a host A
     * @param b host B
     * @param ledger where connections are written down
     */
    public Applications(Host a, Host b, Ledger ledger) {
        hosts = new Host[] {a, b};
        this.ledger = ledger;
        sockets = new SocketCalls(a, b, ledger);
    }

    /**
     * Every connection so far.
     *
     * @return the ledger
     */
    public Ledger ledger() {
        return ledger;
    }

    /**
     * The calls on sockets that applications hold.
     *
     * @return the calls
     */
    public SocketCalls sockets() {
        return sockets;
    }

    private Endpoint endpoint(int host) {
        return hosts[host].endpoint();
    }

    /**
     * Listens on a port, which may be in use already.
     *
     * @param host 0 or 1
     * @param port the port
     * @param backlog how many children may wait
     */
    public void listen(int host, int port, int backlog) {
        Outcome<Outcome.Done> outcome = endpoint(host).listen(port, backlog);
        boolean inUse = ledger.listeners(host).on(port) != null;
        if (inUse) {
            requireError(outcome, ErrorCode.PORT_IN_USE, "listen(" + port + ") on host " + Host.name(host));
        } else {
            hosts[host].expect(outcome, "listen(" + port + ")");
            ledger.listeners(host).add(port, backlog);
        }
    }

    /**
     * Closes a listener.
     *
     * @param host 0 or 1
     * @param pick which one, modulo their number
     * @return false when the host has none
     */
    public boolean unlisten(int host, int pick) {
        Listener listener = ledger.listeners(host).pick(pick);
        if (listener == null) {
            return false;
        }
        hosts[host].expect(endpoint(host).unlisten(listener.port()), "unlisten");
        ledger.listeners(host).remove(listener);
        for (Conversation conversation : ledger.conversations()) {
            boolean child = conversation.connecting() != host && conversation.port() == listener.port();
            if (child && !conversation.side(host).attached()) {
                conversation.expect(Reason.CLOSED);
            }
        }
        return true;
    }

    /**
     * Connects to a port of the other host.
     *
     * @param host 0 or 1
     * @param port the other host's port
     * @param trafficClass LATENCY or THROUGHPUT
     */
    public void connect(int host, int port, ChannelClass trafficClass) {
        switch (endpoint(host).connect(port, trafficClass)) {
            case Ok<Connected>(Connected connected) -> connected(host, port, trafficClass, connected);
            case Failed<Connected> failed -> {
                boolean limit = failed.error() == ErrorCode.REFUSED && ledger.mayBeAtLimit(host);
                if (!limit) {
                    throw new ViolationFound(Violation.of("a connect was refused at once",
                            "host " + Host.name(host) + " answered " + Host.describe(failed), "NC-HS-1"));
                }
            }
        }
    }

    private void connected(int host, int port, ChannelClass trafficClass, Connected connected) {
        if (connected.connection() == 0 || ledger.find(connected.connection()) != null) {
            throw new ViolationFound(Violation.of("a connection id was used twice",
                    String.format("%016x", connected.connection()), "NC-HS-1"));
        }
        requireFreshSocket(host, connected.socket());
        ledger.add(connected.connection(), host, port, trafficClass).side(host).attach(connected.socket());
    }

    private void requireFreshSocket(int host, int socket) {
        for (Conversation conversation : ledger.conversations()) {
            if (conversation.side(host).open() && conversation.side(host).socket() == socket) {
                throw new ViolationFound(Violation.of("a socket number was given twice",
                        "socket " + socket + " on host " + Host.name(host), "endpoint.md"));
            }
        }
    }

    /**
     * Accepts a child.
     *
     * @param host 0 or 1
     * @param pick the listener, modulo their number
     * @return whether there was one
     */
    public boolean accept(int host, int pick) {
        Listener listener = ledger.listeners(host).pick(pick);
        return listener != null && accept(host, listener);
    }

    /**
     * Accepts every child that waits.
     *
     * @param host 0 or 1
     * @return whether there was one
     */
    public boolean acceptAll(int host) {
        boolean any = false;
        for (Listener listener : ledger.listeners(host).all()) {
            int children = 0;
            while (accept(host, listener)) {
                children++;
            }
            if (children > listener.backlog()) {
                throw new ViolationFound(Violation.of("more children waited than the backlog allows",
                        children + " on port " + listener.port() + " of host " + Host.name(host) + ", backlog "
                                + listener.backlog(),
                        "NC-HS-2"));
            }
            any |= children > 0;
        }
        return any;
    }

    private boolean accept(int host, Listener listener) {
        Optional<Connected> child = hosts[host].expect(endpoint(host).accept(listener.port()), "accept");
        if (child.isEmpty()) {
            listener.nobodyWaits();
            return false;
        }
        listener.accepted();
        accepted(host, listener.port(), child.get());
        return true;
    }

    private void accepted(int host, int port, Connected child) {
        Conversation conversation = ledger.find(child.connection());
        if (conversation == null || conversation.connecting() == host || conversation.port() != port) {
            throw new ViolationFound(Violation.of("accept gave a connection that nobody asked for",
                    String.format("%016x on port %d of host %s", child.connection(), port, Host.name(host)),
                    "NC-HS-2"));
        }
        requireFreshSocket(host, child.socket());
        if (!conversation.side(host).attached()) {
            conversation.side(host).attach(child.socket());
        } else if (conversation.isHit()) {
            giveUpBoth(conversation, host, child.socket());
        } else {
            throw Judge.found("two children of one connect", conversation, host,
                    "sockets " + conversation.side(host).socket() + " and " + child.socket(), "NC-HS-2", "NC-HS-7");
        }
    }

    /** A second child beyond what NC-HS-2 assumes: what its sockets answer is not promised. */
    private void giveUpBoth(Conversation conversation, int host, int second) {
        endpoint(host).abort(second);
        if (conversation.side(host).open()) {
            endpoint(host).abort(conversation.side(host).socket());
        }
        conversation.side(host).abort();
    }

    static void requireError(Outcome<?> outcome, ErrorCode wanted, String call) {
        if (!(outcome instanceof Failed<?> failed) || failed.error() != wanted) {
            throw new ViolationFound(Violation.of("a call did not get the error it had to get",
                    call + " had to answer " + wanted + ", answered " + outcome, "endpoint.md"));
        }
    }
}
