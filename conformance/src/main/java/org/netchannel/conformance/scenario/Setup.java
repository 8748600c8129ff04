package org.netchannel.conformance.scenario;

import org.netchannel.traces.Config;

/**
 * What a scenario starts from.
 *
 * @param configA host A's settings
 * @param configB host B's settings
 * @param latencyChannels LATENCY channels that are open at the start, 1 to 4
 * @param throughputChannels THROUGHPUT channels that are open at the start, 1 to 4
 * @param dialingHost who dials control channels, 0 or 1
 * @param identified whether every HELLO has arrived before the first step
 * @param neverRead every so many-th connection is never read from until everything else is over; 0 for none
 * @param failsAtEnd whether the control channel fails once more while the last connections are shut down
 */
public record Setup(
        Config configA,
        Config configB,
        int latencyChannels,
        int throughputChannels,
        int dialingHost,
        boolean identified,
        int neverRead,
        boolean failsAtEnd) {
    /** How many ways there are to make a start plainer, see {@link #plainer}. */
    public static final int PLAINER = 7;

    /**
     * A start with one thing fewer to think of.
     *
     * @param way which way, 0 to {@link #PLAINER} less one
     * @return a plainer start, or an equal one where it is plain already
     */
    public Setup plainer(int way) {
        return switch (way) {
            case 0 -> new Setup(
                    configA, configB, 1, throughputChannels, dialingHost, identified, neverRead, failsAtEnd);
            case 1 -> new Setup(configA, configB, latencyChannels, 1, dialingHost, identified, neverRead, failsAtEnd);
            case 2 -> new Setup(
                    configA, configB, latencyChannels, throughputChannels, 0, identified, neverRead, failsAtEnd);
            case 3 -> new Setup(
                    configA, configB, latencyChannels, throughputChannels, dialingHost, true, neverRead, failsAtEnd);
            case 4 -> new Setup(
                    configA, configB, latencyChannels, throughputChannels, dialingHost, identified, 0, failsAtEnd);
            case 5 -> new Setup(
                    configA, configB, latencyChannels, throughputChannels, dialingHost, identified, neverRead, false);
            default -> new Setup(configA, configA, latencyChannels, throughputChannels, dialingHost, identified,
                    neverRead, failsAtEnd);
        };
    }
}
