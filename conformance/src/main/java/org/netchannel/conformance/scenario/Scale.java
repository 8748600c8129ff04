package org.netchannel.conformance.scenario;

import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** Turns the small numbers of steps into bytes and nanoseconds, relative to a host's settings. */
public final class Scale {
    /** No more bytes than this are offered at once. */
    private static final int MOST_BYTES = 1 << 17;

    private Scale() {}

    /**
     * A span of time: tiny, or just below, at or above a timer.
     *
     * @param span which one, 0 and more
     * @param config the settings of the host whose time passes
     * @return nanoseconds, at least 1
     */
    public static long span(int span, Config config) {
        long ack = config.get(Setting.ACK_DELAY_NANOS);
        long headOfLine = config.get(Setting.HOL_TIMER_NANOS);
        long timeout = config.get(Setting.CONNECT_TIMEOUT_NANOS);
        long nanos = switch (span % Rules.SPANS) {
            case 0 -> 1;
            case 1 -> ack / 2;
            case 2 -> ack - 1;
            case 3 -> ack;
            case 4 -> ack + 1;
            case 5 -> headOfLine / 3;
            case 6 -> headOfLine - 1;
            case 7 -> headOfLine;
            case 8 -> headOfLine + 1;
            case 9 -> headOfLine + ack;
            case 10 -> 3 * Math.max(headOfLine, ack);
            case 11 -> timeout / 10;
            case 12 -> timeout / 3;
            case 13 -> timeout - 1;
            case 14 -> timeout;
            default -> timeout + 1;
        };
        return Math.max(1, nanos);
    }

    /**
     * An amount of bytes: a few, or around a payload or a buffer.
     *
     * @param amount which one, 0 and more
     * @param config the settings of a host
     * @return bytes, at least 1
     */
    public static int amount(int amount, Config config) {
        long payload = config.get(Setting.MAX_PAYLOAD);
        long sendBuffer = config.get(Setting.SEND_BUFFER);
        long receiveBuffer = config.get(Setting.RECEIVE_BUFFER);
        long bytes = switch (amount % Rules.AMOUNTS) {
            case 0 -> 1;
            case 1 -> 2;
            case 2 -> 7;
            case 3 -> payload - 1;
            case 4 -> payload;
            case 5 -> payload + 1;
            case 6 -> 3 * payload;
            case 7 -> receiveBuffer / 2;
            case 8 -> receiveBuffer - 1;
            case 9 -> receiveBuffer;
            case 10 -> receiveBuffer + 1;
            case 11 -> sendBuffer / 2;
            case 12 -> sendBuffer;
            default -> 2 * sendBuffer;
        };
        return Math.clamp(bytes, 1, MOST_BYTES);
    }
}
