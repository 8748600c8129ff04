package org.netchannel.reference;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.netchannel.reference.Memory.Answer;
import org.netchannel.reference.Remembered.Entry;

/**
 * Time: which timer expires next, and what then happens. Deadlines are absolute, in nanoseconds of this host. Equal
 * deadlines fire in the order of connection ids, and for one connection in the order in which they are named here.
 */
final class Timers {
    /** The deadline of a timer that does not run. */
    static final long NEVER = Long.MAX_VALUE;

    /** Time ends here (about 146 years), so that no deadline overflows. */
    static final long END_OF_TIME = Long.MAX_VALUE / 2;

    private Timers() {}

    /** A timer that runs: its deadline, and the step it takes. */
    private record Running(long deadline, UnaryOperator<HostState> expiry) {
        static final Running NONE = new Running(NEVER, UnaryOperator.identity());
    }

    /** Time moves on to {@code target}; every timer due by then fires, each at its own deadline. */
    static HostState advance(HostState host, long target) {
        HostState next = host;
        for (Optional<Running> timer = first(next, target); timer.isPresent(); timer = first(next, target)) {
            next = timer.get().expiry().apply(next.withNow(timer.get().deadline()));
        }
        return next.withNow(target);
    }

    private static Optional<Running> first(HostState host, long target) {
        Running first = Running.NONE;
        for (Connection connection : host.connections().values()) {
            first = earlier(first, connection.connectDeadline(), connection, Handshake::connectTimeoutExpires);
            first = earlier(first, connection.responses().deadline(), connection, HeadOfLine::headOfLineTimerExpires);
            first = earlier(first, connection.receiving().ackDeadline(), connection,
                    Delivery::acknowledgementDelayExpires);
            first = earlier(first, connection.sending().lostDeadline(), connection, Failure::channelLostTimerExpires);
        }
        first = earlierAnswer(first, host);
        return first.deadline() <= target ? Optional.of(first) : Optional.empty();
    }

    /** What happens to a connection when one of its timers expires. */
    private interface ConnectionExpiry {
        HostState expire(HostState host, Connection connection);
    }

    private static Running earlier(Running first, long deadline, Connection connection, ConnectionExpiry expiry) {
        return deadline < first.deadline()
                ? new Running(deadline, host -> expiry.expire(host, connection))
                : first;
    }

    /** Answers are in the order of their times, so the first that is due again is the earliest. */
    private static Running earlierAnswer(Running first, HostState host) {
        for (Entry<Answer> answer : host.memory().answers().oldestFirst()) {
            if (answer.value().again()) {
                long deadline = answer.since() + host.settings().acknowledgementDelayNanos();
                return deadline < first.deadline()
                        ? new Running(deadline, state -> Handshake.answerDelayExpires(state, answer.value()))
                        : first;
            }
        }
        return first;
    }
}
