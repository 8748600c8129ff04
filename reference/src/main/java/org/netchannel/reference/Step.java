package org.netchannel.reference;

import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.Reason;

/**
 * What one input came to: the next state and the answer. Packets to be sent stand in the transmit queues of the state.
 *
 * @param host the state after the input
 * @param answer what the caller is told
 * @param <T> what a call that went well answers
 */
public record Step<T>(HostState host, Outcome<T> answer) {
    static <T> Step<T> ok(HostState host, T value) {
        return new Step<>(host, Outcome.ok(value));
    }

    static Step<Done> done(HostState host) {
        return new Step<>(host, Outcome.done());
    }

    /** The call makes no sense; nothing changed (endpoint.md). */
    static <T> Step<T> badRequest(HostState host, String message) {
        return failed(host, ErrorCode.BAD_REQUEST, message);
    }

    static <T> Step<T> failed(HostState host, ErrorCode error, String message) {
        return new Step<>(host, Outcome.failed(error, message));
    }

    static <T> Step<T> failed(HostState host, ErrorCode error, Reason reason) {
        return new Step<>(host, Outcome.failed(error, reason));
    }
}
