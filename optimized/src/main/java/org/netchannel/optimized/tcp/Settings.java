package org.netchannel.optimized.tcp;

import org.netchannel.optimized.tcp.congestion.CongestionAlgorithm;

/** All settings of a host, each in its legal range. It never changes. */
public final class Settings {
    /** Every setting at its default, with CUBIC. */
    public static final Settings DEFAULTS = new Settings(defaults(), CongestionAlgorithm.CUBIC);

    /** By the ordinal of the setting. */
    private final long[] values;
    private final CongestionAlgorithm congestion;

    private Settings(long[] values, CongestionAlgorithm congestion) {
        this.values = values;
        this.congestion = congestion;
    }

    private static long[] defaults() {
        Setting[] settings = Setting.values();
        long[] values = new long[settings.length];
        for (Setting setting : settings) {
            values[setting.ordinal()] = setting.defaultValue();
        }
        return values;
    }

    /**
     * The same but for one value.
     *
     * @param setting what changes
     * @param value its new value
     * @return new settings
     * @throws IllegalArgumentException when the value is not legal; the message names setting, value and range
     */
    public Settings with(Setting setting, long value) {
        setting.check(value);
        long[] changed = values.clone();
        changed[setting.ordinal()] = value;
        return new Settings(changed, congestion);
    }

    /**
     * The same with another congestion control.
     *
     * @param algorithm for new connections
     * @return new settings
     */
    public Settings with(CongestionAlgorithm algorithm) {
        return new Settings(values, algorithm);
    }

    /**
     * A value.
     *
     * @param setting which
     * @return in the unit of the setting
     */
    public long get(Setting setting) {
        return values[setting.ordinal()];
    }

    /**
     * Whether a switch is on.
     *
     * @param setting which
     * @return false for 0
     */
    public boolean isOn(Setting setting) {
        return get(setting) != 0;
    }

    /**
     * The congestion control of new connections.
     *
     * @return which
     */
    public CongestionAlgorithm congestion() {
        return congestion;
    }
}
