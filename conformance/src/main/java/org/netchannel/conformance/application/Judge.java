package org.netchannel.conformance.application;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.link.Host;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.Endpoint.Received;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.Endpoint.Status;
import org.netchannel.traces.Outcome.Failed;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.Reason;

/** Says whether what a call on a socket answered is right, by what both applications did. */
final class Judge {
    private final Ledger ledger;

    Judge(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Judges an error of a call on a socket that the application holds. */
    void error(Conversation conversation, int host, String call, Failed<?> failed) {
        Side side = conversation.side(host);
        switch (failed.error()) {
            case NOT_CONNECTED -> require(side.finished(), conversation, host, call, failed, "NC-FIN-1");
            case TIMEOUT -> ended(conversation, host, call, Optional.of(Reason.TIMEOUT));
            case REFUSED, RESET -> ended(conversation, host, call, failed.reason());
            case PORT_IN_USE, NO_SUCH_SOCKET, BAD_REQUEST ->
                require(false, conversation, host, call, failed, "endpoint.md");
        }
    }

    private static void ended(Conversation conversation, int host, String call, Optional<Reason> reason) {
        if (reason.isEmpty() || !conversation.mayEndWith(reason.get())) {
            throw found("a connection ended that nobody harmed", conversation, host,
                    call + " gave the reason " + reason.map(Reason::name).orElse("none"), clausesOf(reason));
        }
        conversation.side(host).breakWith(reason);
    }

    /** Judges a socket's state. */
    void status(Conversation conversation, int host, Status status) {
        Side side = conversation.side(host);
        if (status.reason().isPresent()) {
            ended(conversation, host, "status", status.reason());
            return;
        }
        boolean closing = side.finished() && conversation.side(1 - host).finished() || conversation.isHit();
        if (status.state() == State.CLOSED && !closing) {
            throw found("a connection was gone before both sides had shut down", conversation, host,
                    "status answered CLOSED without a reason", "NC-FIN-5");
        }
        if (status.state() == State.SYN_SENT && host != conversation.connecting()) {
            throw found("an accepted connection was in SYN_SENT", conversation, host, "status", "NC-HS-3");
        }
    }

    private static String[] clausesOf(Optional<Reason> reason) {
        return switch (reason.orElse(Reason.ABORTED)) {
            case NO_LISTENER, BACKLOG_FULL, LIMIT -> new String[] {"NC-HS-2", "NC-HS-4"};
            case TIMEOUT -> new String[] {"NC-HS-6", "NC-HS-3"};
            case UNKNOWN_CONNECTION -> new String[] {"NC-HS-2", "NC-HS-7", "NC-FIN-5", "NC-FIN-6"};
            case CLOSED -> new String[] {"NC-FIN-4", "NC-HS-8"};
            case CHANNEL_LOST -> new String[] {"NC-FAIL-1"};
            case HOST_RESTARTED -> new String[] {"NC-FAIL-3"};
            case PROTOCOL_ERROR -> new String[] {"NC-HDR-5", "NC-DATA-5", "NC-FIN-3"};
            case BUFFER_EXCEEDED -> new String[] {"NC-DATA-3", "NC-DATA-6"};
            case ABORTED -> new String[] {"NC-RST-1"};
        };
    }

    /** Judges bytes, and the end of them, that a call gave. */
    void received(Conversation conversation, int host, int max, Received received) {
        Side reader = conversation.side(host);
        Bytes data = received.data();
        if (data.length() > max || received.end() && data.length() > 0) {
            throw found("receive gave more than it was asked for", conversation, host,
                    data.length() + " bytes of at most " + max + (received.end() ? ", with the end" : ""),
                    "endpoint.md");
        }
        if (data.length() > 0) {
            bytes(conversation, host, data);
        }
        if (received.end()) {
            end(conversation, host);
        }
        reader.read(data.length());
    }

    private void bytes(Conversation conversation, int host, Bytes data) {
        Side reader = conversation.side(host);
        int difference = PayloadPattern.firstDifference(
                conversation.connection(), conversation.direction(1 - host), reader.read(), data);
        if (difference >= 0) {
            String from = new Whereabouts(ledger).of(conversation, host, data, difference);
            throw found("the reader got wrong bytes", conversation, host,
                    data.length() + " bytes at offset " + reader.read() + " are wrong from offset "
                            + (reader.read() + difference) + " on: " + from,
                    "NC-DATA-1", "NC-DATA-4", "NC-HDR-4", "NC-HDR-5", "NC-HOL-2");
        }
        if (reader.read() + data.length() > conversation.side(1 - host).taken()) {
            throw found("the reader got bytes that were never sent", conversation, host,
                    "read up to " + (reader.read() + data.length()) + ", sent are "
                            + conversation.side(1 - host).taken(),
                    "NC-DATA-1");
        }
        if (reader.ended() || reader.readFailed()) {
            throw found("bytes came after the end", conversation, host,
                    data.length() + " bytes at offset " + reader.read(), "NC-FIN-2", "NC-RST-1");
        }
    }

    private static void end(Conversation conversation, int host) {
        Side reader = conversation.side(host);
        Side writer = conversation.side(1 - host);
        boolean complete = writer.finished() && reader.read() == writer.taken();
        if (!complete && !conversation.isHit()) {
            throw found("end-of-stream came early", conversation, host,
                    "after " + reader.read() + " bytes of " + writer.taken()
                            + (writer.finished() ? "" : ", and the sender has not shut down"),
                    "NC-FIN-1", "NC-FIN-2");
        }
        reader.end();
    }

    private static void require(
            boolean legal, Conversation conversation, int host, String call, Failed<?> failed, String clause) {
        if (!legal) {
            throw found("a call got an error it must not get", conversation, host,
                    call + " answered " + Host.describe(failed), clause);
        }
    }

    static ViolationFound found(
            String kind, Conversation conversation, int host, String detail, String... clauses) {
        return new ViolationFound(new Violation(kind, Set.of(clauses), List.of(
                conversation + ", host " + Host.name(host) + ": " + detail,
                "from A: " + conversation.passage(0), "from B: " + conversation.passage(1))));
    }
}
