package org.netchannel.conformance.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Reason;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

/**
 * Turns lines of a trace into the records that the specification knows as {@code Event}: op, host, line, nanos, ok,
 * error and reason, and then arguments and results under the names of endpoint.md. A pull becomes one record for each
 * packet, and one for its end.
 */
final class EventRecords {
    private static final List<String> HOSTS = List.of("A", "B");
    private static final Connected NONE = new Connected(0, 0);

    private final List<String> hosts;

    EventRecords(TraceHeader header) {
        this.hosts = header.hosts();
    }

    /** The records of one line, at least one. */
    List<Map<String, Object>> of(TraceLine line) {
        return switch (line.event()) {
            case TraceEvent.Pull pull -> pull(line, pull);
            case TraceEvent.Open open -> one(line, "open", open(open));
            case TraceEvent.ChannelUp up -> one(line, "channelUp", Map.of(
                    "channel", up.channel(), "class", up.channelClass().name(), "dialer", up.dialer()));
            case TraceEvent.ChannelDown down -> one(line, "channelDown", Map.of("channel", down.channel()));
            case TraceEvent.ChannelDrain drain -> one(line, "channelDrain", Map.of("channel", drain.channel()));
            case TraceEvent.Listen listen ->
                one(line, "listen", Map.of("port", listen.port(), "backlog", listen.backlog()));
            case TraceEvent.Unlisten unlisten -> one(line, "unlisten", Map.of("port", unlisten.port()));
            case TraceEvent.Connect connect -> one(line, "connect", connect(connect));
            case TraceEvent.Accept accept -> one(line, "accept", accept(accept));
            case TraceEvent.Send send -> one(line, "send", send(send));
            case TraceEvent.Receive receive -> one(line, "receive", receive(receive));
            case TraceEvent.Shutdown shutdown -> one(line, "shutdown", Map.of("socket", shutdown.socket()));
            case TraceEvent.Close close -> one(line, "close", Map.of("socket", close.socket()));
            case TraceEvent.Abort abort -> one(line, "abort", Map.of("socket", abort.socket()));
            case TraceEvent.Status status -> one(line, "status", status(status));
            case TraceEvent.Deliver deliver -> one(line, "deliver", deliver(deliver));
            case TraceEvent.Advance advance ->
                one(line, "advance", Map.of("by", SpecNumbers.time(advance.nanos())));
        };
    }

    private List<Map<String, Object>> one(TraceLine line, String op, Map<String, ?> details) {
        return List.of(event(line, op, details));
    }

    private Map<String, Object> event(TraceLine line, String op, Map<String, ?> details) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("op", op);
        event.put("host", HOSTS.get(host(line)));
        event.put("line", step(line));
        event.put("nanos", SpecNumbers.time(line.nanos()));
        boolean failed = line.event().outcome() instanceof Outcome.Failed<?>;
        event.put("ok", !failed);
        event.put("error", failed ? ((Outcome.Failed<?>) line.event().outcome()).error().name() : "");
        event.put("reason", reason(line.event().outcome()));
        event.putAll(details);
        return event;
    }

    private int host(TraceLine line) {
        int index = hosts.indexOf(line.host());
        if (index < 0 || index >= HOSTS.size()) {
            throw new BeyondSpecException("host " + line.host() + " is not one of the first two of " + hosts);
        }
        return index;
    }

    private static int step(TraceLine line) {
        if (line.step() > Integer.MAX_VALUE) {
            throw new BeyondSpecException("step " + line.step() + " is over " + Integer.MAX_VALUE);
        }
        if (!SpecNumbers.isTime(line.nanos())) {
            throw new BeyondSpecException("a time of " + line.nanos() + " ns is over " + SpecNumbers.LARGEST + " s");
        }
        return (int) line.step();
    }

    private static String reason(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?> failed ? name(failed.reason()) : "";
    }

    private static String name(Optional<Reason> reason) {
        return reason.map(Reason::name).orElse("");
    }

    private static <T> T valueOr(Outcome<T> outcome, T none) {
        return outcome instanceof Outcome.Ok<T> ok ? ok.value() : none;
    }

    private List<Map<String, Object>> pull(TraceLine line, TraceEvent.Pull pull) {
        List<TracePacket> packets = valueOr(pull.outcome(), List.of());
        List<Map<String, Object>> events = new ArrayList<>(packets.size() + 1);
        for (TracePacket packet : packets) {
            events.add(event(line, "pull", Map.of(
                    "channel", pull.channel(), "max", pull.max(), "packet", PacketRecords.of(packet))));
        }
        boolean drained = pull.outcome() instanceof Outcome.Ok<?> && packets.size() < pull.max();
        events.add(event(line, "pullEnd", Map.of(
                "channel", pull.channel(), "max", pull.max(), "count", packets.size(), "drained", drained)));
        return events;
    }

    private static Map<String, Object> open(TraceEvent.Open open) {
        Set<String> unknown = new TreeSet<>(open.config().given().keySet());
        Map<String, Object> config = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            unknown.remove(setting.key());
            config.put(setting.key().replace("Nanos", ""), value(setting, open.config()));
        }
        List<Integer> incarnation = open.incarnation().isPresent()
                ? SpecNumbers.incarnation(open.incarnation().getAsLong())
                : List.of();
        return Map.of("config", config, "unknownSettings", unknown, "incarnation", incarnation);
    }

    private static Object value(Setting setting, Config config) {
        long value = config.get(setting);
        return setting.key().endsWith("Nanos") ? SpecNumbers.time(value) : SpecNumbers.size(value);
    }

    private static Map<String, Object> connect(TraceEvent.Connect connect) {
        Connected connected = valueOr(connect.outcome(), NONE);
        return Map.of(
                "port", connect.port(),
                "class", connect.trafficClass().name(),
                "socket", connected.socket(),
                "connection", SpecNumbers.connection(connected.connection()));
    }

    private static Map<String, Object> accept(TraceEvent.Accept accept) {
        Connected connected = valueOr(accept.outcome(), Optional.<Connected>empty()).orElse(NONE);
        return Map.of(
                "port", accept.port(),
                "socket", connected.socket(),
                "connection", SpecNumbers.connection(connected.connection()));
    }

    private static Map<String, Object> send(TraceEvent.Send send) {
        int taken = valueOr(send.outcome(), 0);
        requireCountable(send.data().offset(), taken);
        return Map.of(
                "socket", send.socket(),
                "offset", SpecNumbers.unsigned(send.data().offset()),
                "length", SpecNumbers.atMostLargest(send.data().length()),
                "taken", SpecNumbers.atMostLargest(taken));
    }

    private static Map<String, Object> receive(TraceEvent.Receive receive) {
        TraceEvent.Received none = new TraceEvent.Received(new TraceEvent.Range(0, 0), true, false);
        TraceEvent.Received received = valueOr(receive.outcome(), none);
        return Map.of(
                "socket", receive.socket(),
                "max", SpecNumbers.atMostLargest(receive.max()),
                "offset", SpecNumbers.unsigned(received.data().offset()),
                "length", SpecNumbers.atMostLargest(received.data().length()),
                "end", received.end(),
                "intact", received.intact());
    }

    /**
     * The specification counts bytes in 32 bits. No stream gets over its limit but by a send, so this is the only place
     * where a trace can be right and beyond it; any other offset over the limit is wrong, and clamped it stays wrong.
     */
    private static void requireCountable(long offset, int taken) {
        if (offset >= 0 && offset <= SpecNumbers.LARGEST && offset + taken > SpecNumbers.LARGEST) {
            throw new BeyondSpecException("a stream reaches offset " + (offset + taken)
                    + ", the specification counts to " + SpecNumbers.LARGEST);
        }
    }

    private static Map<String, Object> status(TraceEvent.Status status) {
        return switch (status.outcome()) {
            case Outcome.Ok<Endpoint.Status> ok -> Map.of(
                    "socket", status.socket(),
                    "state", ok.value().state().name(),
                    "reason", name(ok.value().reason()));
            case Outcome.Failed<Endpoint.Status> _ -> Map.of("socket", status.socket(), "state", "");
        };
    }

    private static Map<String, Object> deliver(TraceEvent.Deliver deliver) {
        Delivery delivery = valueOr(deliver.outcome(), new Delivery(false, false));
        return Map.of(
                "channel", deliver.channel(),
                "packet", PacketRecords.of(deliver.packet()),
                "forged", deliver.forged(),
                "accepted", delivery.accepted(),
                "failed", delivery.failed());
    }
}
