package org.netchannel.optimized;

import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/**
 * The settings in force, defaults filled in (endpoint.md, "config").
 *
 * @param sendBuffer bytes a connection retains until they are acknowledged (NC-DATA-3)
 * @param receiveBuffer bytes a connection holds for its reader (section 6)
 * @param channelBudget bytes of one data channel that may wait in response queues (NC-CH-4)
 * @param queueThreshold queued payload bytes at which a channel is no longer chosen (NC-SCH-2)
 * @param maxPayload the largest payload this host announces, in bytes (NC-HDR-2)
 * @param headOfLineNs the head-of-line timer (NC-HOL-3)
 * @param acknowledgementDelayNs the acknowledgement delay (NC-DATA-5)
 * @param connectTimeoutNs the connect timeout (NC-HS-6)
 * @param socketLimit how many sockets there may be, children not yet accepted included (NC-HS-2)
 */
record Settings(
        long sendBuffer,
        long receiveBuffer,
        long channelBudget,
        long queueThreshold,
        int maxPayload,
        long headOfLineNs,
        long acknowledgementDelayNs,
        long connectTimeoutNs,
        int socketLimit) {

    static Settings of(Config config) {
        return new Settings(
                config.get(Setting.SEND_BUFFER),
                config.get(Setting.RECEIVE_BUFFER),
                config.get(Setting.CHANNEL_BUDGET),
                config.get(Setting.QUEUE_THRESHOLD),
                (int) config.get(Setting.MAX_PAYLOAD),
                config.get(Setting.HOL_TIMER_NANOS),
                config.get(Setting.ACK_DELAY_NANOS),
                config.get(Setting.CONNECT_TIMEOUT_NANOS),
                (int) config.get(Setting.SOCKET_LIMIT));
    }
}
