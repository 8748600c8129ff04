package org.netchannel.conformance.scenario;

import org.netchannel.conformance.link.Choices;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** Which settings a profile draws: bugs live at the bounds, so small ones more often than the defaults. */
enum Sizes {
    /** A few bytes: less room at the receiver than the sender may send, budgets that are soon spent. */
    CROWDED,
    /** Mostly small, sometimes some hundred bytes. */
    MIXED,
    /** Everything, the protocol's defaults among them. */
    ANY;

    private static final int TINY = 64;
    private static final int MIDDLE = 4096;

    Config config(int kind, Choices choices) {
        return switch (this) {
            case CROWDED -> crowded(kind, choices);
            case MIXED -> kind == 0 ? crowded(7, choices)
                    : kind < 6 ? sized(TINY, 16, choices) : sized(MIDDLE, 512, choices);
            case ANY -> kind < 3 ? sized(TINY, 16, choices)
                    : kind < 7 ? sized(MIDDLE, 512, choices) : Config.DEFAULTS;
        };
    }

    private static Config crowded(int kind, Choices choices) {
        Config config = sized(TINY, 16, choices);
        return kind < 2 ? config : config
                .with(Setting.SEND_BUFFER, choices.between(8, TINY))
                .with(Setting.RECEIVE_BUFFER, choices.between(1, 12))
                .with(Setting.CHANNEL_BUDGET, choices.between(1, 8))
                .with(Setting.MAX_PAYLOAD, choices.between(1, 8));
    }

    private static Config sized(int buffer, int payload, Choices choices) {
        int headOfLine = choices.between(1, 1000);
        int acknowledgement = choices.between(1, 1000);
        int longest = Math.max(headOfLine, acknowledgement);
        Config config = Config.DEFAULTS
                .with(Setting.SEND_BUFFER, choices.between(1, buffer))
                .with(Setting.RECEIVE_BUFFER, choices.between(1, buffer))
                .with(Setting.CHANNEL_BUDGET, choices.between(1, choices.onceIn(2) ? payload : buffer))
                .with(Setting.MAX_PAYLOAD, choices.between(1, payload))
                .with(Setting.HOL_TIMER_NANOS, headOfLine)
                .with(Setting.ACK_DELAY_NANOS, acknowledgement)
                // Now and then the timeout is shorter than the other timers, though not by much: see ControlAge.
                .with(Setting.CONNECT_TIMEOUT_NANOS, choices.onceIn(8) ? choices.between(1 + longest / 4, longest)
                        : choices.between(5_000, 100_000));
        if (choices.onceIn(3)) {
            config = config.with(Setting.QUEUE_THRESHOLD, choices.between(1, buffer));
        }
        if (choices.onceIn(6)) {
            config = config.with(Setting.SOCKET_LIMIT, choices.between(1, 6));
        }
        return config;
    }
}
