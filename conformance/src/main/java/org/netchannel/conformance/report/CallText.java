package org.netchannel.conformance.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Hello;
import org.netchannel.traces.Outcome.Failed;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TracePacket;

/** A call of a trace on one line, with everything that its packets say. Any thread may call. */
public final class CallText {
    private CallText() {}

    /**
     * Tells a call and its result.
     *
     * @param event the call
     * @return a few words; may hold whatever characters the texts of a trace hold
     */
    public static String of(TraceEvent event) {
        boolean told = event.outcome() instanceof Failed<?> failed && !failed.message().isEmpty();
        return withoutMessage(event) + (told ? " (" + ((Failed<?>) event.outcome()).message() + ")" : "");
    }

    private static String withoutMessage(TraceEvent event) {
        return switch (event) {
            case TraceEvent.Pull(int channel, int max, Ok<List<TracePacket>>(List<TracePacket> packets)) ->
                "pull [" + channel + "] max " + max + " = " + (packets.isEmpty()
                        ? "nothing"
                        : packets.stream().map(CallText::of).collect(Collectors.joining("; ")));
            case TraceEvent.Deliver(int channel, var packet, boolean forged, var outcome) ->
                "deliver [" + channel + "] " + of(packet) + (forged ? ", forged" : "") + " = "
                        + (outcome instanceof Ok<Delivery>(Delivery delivery)
                                ? of(delivery)
                                : Words.ofOutcome(outcome));
            case TraceEvent.Connect(int _, var _, Ok<Connected>(Connected connected)) -> withId(event, connected);
            case TraceEvent.Accept(int _, Ok<Optional<Connected>>(Optional<Connected> child))
            when child.isPresent() -> withId(event, child.get());
            default -> Words.of(event);
        };
    }

    private static String of(Delivery delivery) {
        return (delivery.accepted() ? "accepted" : "not accepted") + (delivery.failed() ? ", channel failed" : "");
    }

    /** Elsewhere the first digits of the id stand for the connection. */
    private static String withId(TraceEvent event, Connected connected) {
        return Words.of(event) + String.format(" (%016x)", connected.connection());
    }

    private static String of(TracePacket packet) {
        if (!(packet instanceof TracePacket.Readable(var header, Optional<Hello> hello, boolean _))) {
            return Words.of(packet);
        }
        if (hello.isPresent()) {
            return Words.of(packet) + of(hello.get());
        }
        boolean ports = header.sourcePort() != 0 || header.destinationPort() != 0;
        return Words.of(packet) + (ports ? " " + header.sourcePort() + ">" + header.destinationPort() : "");
    }

    private static String of(Hello hello) {
        String channelClass =
                ChannelClass.ofCode(hello.classCode()).map(Enum::name).orElse("class " + hello.classCode());
        return String.format(" of %016x, channel %d %s, largest payload %d",
                hello.incarnation(), hello.channel(), channelClass, hello.largestPayload());
    }
}
