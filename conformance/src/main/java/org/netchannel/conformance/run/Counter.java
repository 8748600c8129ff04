package org.netchannel.conformance.run;

/** What is counted over runs, to see that they exercise what they are for. */
public enum Counter {
    /** Runs. */
    SCENARIOS,
    /** Steps that were taken. */
    STEPS,
    /** Steps that made no sense when they came. */
    STEPS_SKIPPED,
    /** Calls on endpoints: lines of traces. */
    CALLS,
    /** Packets offered to a host whose channel's budget was spent (NC-CH-4). */
    DELIVERIES_REFUSED,
    /** Packets that no peer sent. */
    PACKETS_FORGED,
    /** Forged packets that failed their channel. */
    CHANNELS_FAILED_BY_FORGERY,
    /** Data channels opened after the start. */
    CHANNELS_OPENED,
    /** Channels drained (NC-CH-5). */
    CHANNELS_DRAINED,
    /** Channels that failed in a step. */
    CHANNELS_FAILED,
    /** Control channels dialed again (NC-FAIL-2). */
    REDIALS,
    /** Connections asked for. */
    CONNECTS,
    /** Connections whose both ends an application got. */
    CONNECTIONS,
    /** Bytes that were read. */
    BYTES_READ,
    /** Streams read to their end. */
    STREAMS_ENDED,
    /** Connections that an application saw refused or reset. */
    CONNECTIONS_BROKEN,
    /** Rounds of settling. */
    SETTLING_ROUNDS
}
