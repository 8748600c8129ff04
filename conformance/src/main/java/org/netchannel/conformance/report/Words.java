package org.netchannel.conformance.report;

import java.util.Optional;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Identity;
import org.netchannel.traces.Endpoint.Status;
import org.netchannel.traces.Hello;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.Outcome.Failed;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TracePacket;

/** Calls, results and packets in a few words. */
final class Words {
    private static final int ID_DIGITS = 4;

    private Words() {}

    static String of(TraceEvent event) {
        String call = switch (event) {
            case TraceEvent.Open open -> "open " + open.config().given();
            case TraceEvent.ChannelUp up -> "channelUp [" + up.channel() + "] " + up.channelClass();
            case TraceEvent.ChannelDown down -> "channelDown [" + down.channel() + "]";
            case TraceEvent.ChannelDrain drain -> "channelDrain [" + drain.channel() + "]";
            case TraceEvent.Listen listen -> "listen " + listen.port() + " backlog " + listen.backlog();
            case TraceEvent.Unlisten unlisten -> "unlisten " + unlisten.port();
            case TraceEvent.Connect connect -> "connect " + connect.port() + " " + connect.trafficClass();
            case TraceEvent.Accept accept -> "accept " + accept.port();
            case TraceEvent.Send send -> "send s" + send.socket() + " " + of(send.data());
            case TraceEvent.Receive receive -> "receive s" + receive.socket() + " max " + receive.max();
            case TraceEvent.Shutdown shutdown -> "shutdown s" + shutdown.socket();
            case TraceEvent.Close close -> "close s" + close.socket();
            case TraceEvent.Abort abort -> "abort s" + abort.socket();
            case TraceEvent.Status status -> "status s" + status.socket();
            case TraceEvent.Deliver deliver -> "deliver [" + deliver.channel() + "]";
            case TraceEvent.Pull pull -> "pull [" + pull.channel() + "]";
            case TraceEvent.Advance advance -> "advance " + advance.nanos();
        };
        String result = ofOutcome(event.outcome());
        return result.isEmpty() ? call : call + " = " + result;
    }

    static String ofOutcome(Outcome<?> outcome) {
        return switch (outcome) {
            case Failed<?> failed -> failed.error() + failed.reason().map(reason -> " " + reason).orElse("");
            case Ok<?>(Object value) -> ofValue(value);
        };
    }

    private static String ofValue(Object value) {
        return switch (value) {
            case Done done -> "";
            case Identity(String name, String version) -> name + " " + version;
            case Connected(int socket, long connection) -> "s" + socket + " #" + id(connection);
            case Optional<?> child -> child.map(Words::ofValue).orElse("none");
            case TraceEvent.Received(TraceEvent.Range data, boolean intact, boolean end) ->
                (end ? "end" : of(data)) + (intact ? "" : " WRONG BYTES");
            case Status(var state, Optional<Reason> reason) -> state + reason.map(r -> " " + r).orElse("");
            default -> value.toString();
        };
    }

    static String of(TracePacket packet) {
        return switch (packet) {
            case TracePacket.Unreadable(String why) -> "UNREADABLE " + why;
            case TracePacket.Readable(PacketHeader header, Optional<Hello> hello, boolean intact) ->
                of(header) + (intact ? "" : " WRONG BYTES");
        };
    }

    private static String of(PacketHeader header) {
        String name = header.type().map(PacketType::name).orElse("TYPE " + header.typeCode());
        if (header.connection() == 0) {
            return name;
        }
        String offset = header.offset() == 0 && header.length() == 0
                ? "" : " at " + Long.toUnsignedString(header.offset());
        return name + " #" + id(header.connection()) + offset
                + (header.length() > 0 ? "+" + header.length() : "")
                + (header.tag() == 0 ? "" : " tag " + header.tag())
                + (header.ack() == 0 ? "" : " ack " + Long.toUnsignedString(header.ack()));
    }

    private static String of(TraceEvent.Range data) {
        return data.length() == 0 ? "nothing" : data.offset() + "+" + data.length();
    }

    private static String id(long connection) {
        return String.format("%016x", connection).substring(0, ID_DIGITS);
    }
}
