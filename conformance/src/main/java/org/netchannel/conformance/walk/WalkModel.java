package org.netchannel.conformance.walk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.netchannel.conformance.scenario.Setup;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;

/** The models that walks are behaviours of: WalkNetChannel with the constants of a configuration file. */
public enum WalkModel {
    /** Listening, connecting and accepting, while the control channel fails and comes back. */
    OPENING("Opening"),
    /** Two connections send, stop, resume and are shut down; nothing fails. */
    FLOW("Flow"),
    /** Two connections while channels fail and drain, and applications abort and close. */
    FAILING("Failing"),
    /** Two connections whose readers are slow, and a control channel that fails: timers that nobody hears of. */
    SILENT("Silent"),
    /** The same on a connection that waits to be accepted, beside another one that is opened. */
    WAITING("Waiting"),
    /** All of it together. */
    EVERYTHING("Everything");

    /** The module of all of them. */
    static final String MODULE = "WalkNetChannel";

    /** So short that the acknowledgements of a whole walk never make the head-of-line timer expire. */
    private static final long ACK_DELAY_NANOS = 1;
    private static final long HOL_TIMER_NANOS = 1_000_000;

    private final String config;
    private final Map<String, String> constants;

    WalkModel(String config) {
        this.config = config;
        this.constants = text(config + ".cfg").lines()
                .map(line -> line.split(" = "))
                .filter(parts -> parts.length == 2)
                .collect(Collectors.toUnmodifiableMap(parts -> parts[0].strip(), parts -> parts[1]));
    }

    static String text(String file) {
        try (InputStream in = WalkModel.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The configuration's name.
     *
     * @return the file's, without {@code .cfg}
     */
    public String config() {
        return config;
    }

    boolean isEstablished() {
        return constants.get("Established").equals("TRUE");
    }

    boolean listensLate() {
        return constants.get("ListensLate").equals("TRUE");
    }

    List<String> connections() {
        return elements("Ids").map(id -> id.replace("\"", "")).toList();
    }

    List<Integer> dataChannels() {
        return elements("DataChannels").map(Integer::valueOf).toList();
    }

    private Stream<String> elements(String constant) {
        return Stream.of(constants.get(constant).replaceAll("[{} ]", "").split(",")).sorted();
    }

    private int number(String constant) {
        return Integer.parseInt(constants.get(constant));
    }

    /** What endpoints start from that behave like the model: a byte there is a byte here. */
    Setup setup() {
        Config settings = Config.DEFAULTS
                .with(Setting.SEND_BUFFER, number("SendBuffer"))
                .with(Setting.RECEIVE_BUFFER, number("ReceiveBuffer"))
                .with(Setting.CHANNEL_BUDGET, number("ChannelBudget"))
                .with(Setting.MAX_PAYLOAD, number("MaxCut"))
                .with(Setting.ACK_DELAY_NANOS, ACK_DELAY_NANOS)
                .with(Setting.HOL_TIMER_NANOS, HOL_TIMER_NANOS)
                .with(Setting.CONNECT_TIMEOUT_NANOS, Setting.CONNECT_TIMEOUT_NANOS.max());
        return new Setup(settings, settings, 1, dataChannels().size(), 0, true, 0, false);
    }
}
