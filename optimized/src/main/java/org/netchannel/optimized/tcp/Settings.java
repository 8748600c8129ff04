package org.netchannel.optimized.tcp;

import java.util.EnumMap;
import org.netchannel.optimized.tcp.congestion.CongestionAlgorithm;

/** All settings of a host, each in its legal range. It never changes. */
public final class Settings {
    /** Every setting at its default, with CUBIC. */
    public static final Settings DEFAULTS = new Settings(defaults(), CongestionAlgorithm.CUBIC);

    private final EnumMap<Setting, Long> values;
    private final CongestionAlgorithm congestion;

    private Settings(EnumMap<Setting, Long> values, CongestionAlgorithm congestion) {
        this.values = values;
        this.congestion = congestion;
    }

    private static EnumMap<Setting, Long> defaults() {
        EnumMap<Setting, Long> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.defaultValue());
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
        EnumMap<Setting, Long> changed = new EnumMap<>(values);
        changed.put(setting, value);
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
        return values.get(setting);
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
