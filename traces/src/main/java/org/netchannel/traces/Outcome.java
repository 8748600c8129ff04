package org.netchannel.traces;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a call on an endpoint came to: a value, or an error an application would see. An error is a result, never an
 * exception (endpoint.md).
 *
 * @param <T> the value of a call that went well
 */
public sealed interface Outcome<T> {
    /**
     * The call went well.
     *
     * @param value its result
     * @param <T> the result's type
     */
    record Ok<T>(T value) implements Outcome<T> {}

    /**
     * The call ended in an error.
     *
     * @param error which one
     * @param reason why, where protocol.md section 10 gives a reason
     * @param message one line for a person, possibly empty
     * @param <T> the type of the result there would have been
     */
    record Failed<T>(ErrorCode error, Optional<Reason> reason, String message) implements Outcome<T> {}

    /**
     * A value.
     *
     * @param value the result
     * @param <T> its type
     * @return the outcome
     */
    static <T> Outcome<T> ok(T value) {
        return new Ok<>(value);
    }

    /**
     * The outcome of a call that has nothing to say but that it went well.
     *
     * @return the outcome
     */
    static Outcome<Done> done() {
        return new Ok<>(Done.DONE);
    }

    /**
     * An error without a reason.
     *
     * @param error which one
     * @param message one line for a person
     * @param <T> the type of the result there would have been
     * @return the outcome
     */
    static <T> Outcome<T> failed(ErrorCode error, String message) {
        return new Failed<>(error, Optional.empty(), message);
    }

    /**
     * An error with a reason.
     *
     * @param error which one
     * @param reason why
     * @param <T> the type of the result there would have been
     * @return the outcome
     */
    static <T> Outcome<T> failed(ErrorCode error, Reason reason) {
        return new Failed<>(error, Optional.of(reason), "");
    }

    /**
     * The same outcome with another form of its value.
     *
     * @param form makes the new value; not called for an error
     * @param <R> type of the new value
     * @return the outcome; an error stays as it is
     */
    default <R> Outcome<R> map(Function<? super T, ? extends R> form) {
        return switch (this) {
            case Ok<T>(T value) -> new Ok<>(form.apply(value));
            case Failed<T>(ErrorCode error, Optional<Reason> reason, String message) ->
                new Failed<>(error, reason, message);
        };
    }

    /** The value of a call without a result. */
    enum Done {
        /** The only value. */
        DONE
    }
}
