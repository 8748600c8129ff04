package org.netchannel.conformance.link;

import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.traces.Config;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.RecordingEndpoint;

/** One of the two hosts: its endpoint, its settings and its clock. */
public final class Host {
    private final int index;
    private final RecordingEndpoint endpoint;
    private final Config config;
    private long nanos;

    /**
     * Makes a host whose endpoint has been opened.
     *
     * @param index 0 for A, 1 for B
     * @param endpoint its endpoint
     * @param config the settings it was opened with
     */
    public Host(int index, RecordingEndpoint endpoint, Config config) {
        this.index = index;
        this.endpoint = endpoint;
        this.config = config;
    }

    /**
     * The host's name.
     *
     * @param index 0 or 1
     * @return A or B
     */
    public static String name(int index) {
        return index == 0 ? "A" : "B";
    }

    /**
     * The host's endpoint, every call of which is recorded.
     *
     * @return the endpoint
     */
    public RecordingEndpoint endpoint() {
        return endpoint;
    }

    /**
     * The host's settings.
     *
     * @return what it was opened with
     */
    public Config config() {
        return config;
    }

    /**
     * One of the host's settings.
     *
     * @param setting which one
     * @return its value
     */
    public long get(Config.Setting setting) {
        return config.get(setting);
    }

    /**
     * The host's clock.
     *
     * @return nanoseconds since it was opened
     */
    public long nanos() {
        return nanos;
    }

    void advance(long by) {
        expect(endpoint.advance(by), "advance");
        nanos += by;
    }

    /**
     * Takes the value of a call that the driver made in turn.
     *
     * @param outcome what the call came to
     * @param call its name, for the report
     * @param <T> the value's type
     * @return the value
     * @throws ViolationFound when the endpoint answered an error
     */
    public <T> T expect(Outcome<T> outcome, String call) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Failed<T> failed -> throw new ViolationFound(Violation.of(
                    "a call in turn was answered with an error",
                    call + " on host " + name(index) + " answered " + describe(failed), "endpoint.md"));
        };
    }

    /**
     * An error in words.
     *
     * @param failed the error
     * @return code, reason and message, one line
     */
    public static String describe(Outcome.Failed<?> failed) {
        String reason = failed.reason().map(r -> " " + r).orElse("");
        return failed.error() + reason + (failed.message().isEmpty() ? "" : " (" + failed.message() + ")");
    }
}
