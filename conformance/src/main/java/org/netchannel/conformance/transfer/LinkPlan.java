package org.netchannel.conformance.transfer;

/**
 * The channels that the dialing host keeps open beside the control channel.
 *
 * @param latency data channels for LATENCY connections, 0 to {@value #MAX_PER_CLASS}
 * @param throughput data channels for THROUGHPUT connections, 0 to {@value #MAX_PER_CLASS}
 */
public record LinkPlan(int latency, int throughput) {
    /** The most data channels a class may have. */
    public static final int MAX_PER_CLASS = 16;

    /** Checks the bounds. */
    public LinkPlan {
        require("latency", latency);
        require("throughput", throughput);
    }

    private static void require(String name, int value) {
        if (value < 0 || value > MAX_PER_CLASS) {
            throw new IllegalArgumentException(name + " is " + value + ", legal is 0 to " + MAX_PER_CLASS);
        }
    }
}
