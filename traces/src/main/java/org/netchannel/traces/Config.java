package org.netchannel.traces;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The settings of an endpoint (endpoint.md): only those that were given, the others have the protocol's defaults.
 * Making one does not check it, because an endpoint has to answer a bad one itself; {@link #problem()} does.
 *
 * @param given the settings that were given, by key
 */
public record Config(Map<String, Long> given) {
    /** The defaults of protocol.md for every setting. */
    public static final Config DEFAULTS = new Config(Map.of());

    /** Keeps a sorted copy. */
    public Config {
        given = java.util.Collections.unmodifiableMap(new TreeMap<>(given));
    }

    /** Every setting there is, with its default and its legal range (endpoint.md). */
    public enum Setting {
        /** Bytes a connection retains until they are acknowledged (NC-DATA-3). */
        SEND_BUFFER("sendBuffer", 1 << 20, 1 << 30),
        /** Bytes a connection holds for its reader (section 6). */
        RECEIVE_BUFFER("receiveBuffer", 1 << 20, 1 << 30),
        /** Bytes a data channel may have in response queues (NC-CH-4). */
        CHANNEL_BUDGET("channelBudget", 1 << 20, 1 << 30),
        /** Queued bytes at which a channel is no longer chosen (NC-SCH-2). */
        QUEUE_THRESHOLD("queueThreshold", 2 << 20, 1 << 30),
        /** The largest payload this host announces, in bytes (NC-HDR-2). */
        MAX_PAYLOAD("maxPayload", PacketHeader.MAX_PAYLOAD, PacketHeader.MAX_PAYLOAD),
        /** The head-of-line timer in nanoseconds (NC-HOL-3). */
        HOL_TIMER_NANOS("holTimerNanos", 1_000_000, 3_600_000_000_000L),
        /** The acknowledgement delay in nanoseconds (NC-DATA-5). */
        ACK_DELAY_NANOS("ackDelayNanos", 1_000_000, 3_600_000_000_000L),
        /** The connect timeout in nanoseconds (NC-HS-6). */
        CONNECT_TIMEOUT_NANOS("connectTimeoutNanos", 5_000_000_000L, 3_600_000_000_000L),
        /** How many sockets there may be (NC-HS-2). */
        SOCKET_LIMIT("socketLimit", 1 << 20, 1 << 20);

        private final String key;
        private final long defaultValue;
        private final long max;

        Setting(String key, long defaultValue, long max) {
            this.key = key;
            this.defaultValue = defaultValue;
            this.max = max;
        }

        /**
         * The setting's name in a {@code config} object.
         *
         * @return the key
         */
        public String key() {
            return key;
        }

        /**
         * The value when none is given.
         *
         * @return the protocol's default
         */
        public long defaultValue() {
            return defaultValue;
        }

        /**
         * The largest legal value; the smallest is 1.
         *
         * @return the upper bound, inclusive
         */
        public long max() {
            return max;
        }

        private static OptionalLong maxOf(String key) {
            for (Setting setting : values()) {
                if (setting.key.equals(key)) {
                    return OptionalLong.of(setting.max);
                }
            }
            return OptionalLong.empty();
        }
    }

    /**
     * A setting's value.
     *
     * @param setting which one
     * @return the value given, or the default
     */
    public long get(Setting setting) {
        return given.getOrDefault(setting.key, setting.defaultValue);
    }

    /**
     * The same settings but one.
     *
     * @param setting which one
     * @param value its new value
     * @return a new config
     */
    public Config with(Setting setting, long value) {
        Map<String, Long> settings = new TreeMap<>(given);
        settings.put(setting.key, value);
        return new Config(settings);
    }

    /**
     * Says what is wrong with the settings: the key, the value and what would be legal.
     *
     * @return one line, or the empty string when every setting is known and in range
     */
    public String problem() {
        for (Map.Entry<String, Long> entry : given.entrySet()) {
            OptionalLong max = Setting.maxOf(entry.getKey());
            if (max.isEmpty()) {
                return "config." + entry.getKey() + " is not a setting, legal are " + keys();
            }
            if (entry.getValue() < 1 || entry.getValue() > max.getAsLong()) {
                return "config." + entry.getKey() + " is " + entry.getValue() + ", legal is 1 to " + max.getAsLong();
            }
        }
        return "";
    }

    private static String keys() {
        StringBuilder keys = new StringBuilder();
        for (Setting setting : Setting.values()) {
            keys.append(keys.isEmpty() ? "" : ", ").append(setting.key);
        }
        return keys.toString();
    }
}
