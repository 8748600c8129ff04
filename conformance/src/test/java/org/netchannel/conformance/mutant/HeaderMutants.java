package org.netchannel.conformance.mutant;

import java.util.List;

/** Section 2: what the header says. */
final class HeaderMutants {
    private HeaderMutants() {}

    static List<SourceMutant> all() {
        return List.of(
                new SourceMutant("NC-HDR-2", "", "payload over the largest is taken", "NetChannel",
                        "length >= 1\n                    && length <= host.settings().maxPayload();",
                        "length >= 1;"),
                new SourceMutant("NC-HDR-3", "", "unknown type fails its channel", "NetChannel",
                        "host.dropping(Drop.UNKNOWN_TYPE)",
                        "Failure.failBecauseOfPacket(host, channel)"),
                new SourceMutant("NC-HDR-4", "", "ports of a known connection do not matter", "NetChannel",
                        "!known.get().hasPortsOf(header)",
                        "false"),
                new SourceMutant("NC-HDR-4", "", "ports of NCREFUSE do not matter", "Handshake",
                        "!connection.get().hasPortsOf(ncrefuse)",
                        "false"),
                new SourceMutant("NC-HDR-4", "", "ports of RST do not matter", "Closing",
                        "!connection.get().hasPortsOf(rst)",
                        "false"),
                new SourceMutant("NC-HDR-5", "", "control packets are taken on data channels", "NetChannel",
                        "isInside(channel) && channel.isControl() && length == 0;",
                        "isInside(channel) && length == 0;"),
                new SourceMutant("NC-HDR-5", "", "DATA is taken on a control channel", "NetChannel",
                        "case DATA -> isInside(channel) && !channel.isControl() &&",
                        "case DATA -> isInside(channel) &&"),
                new SourceMutant("NC-HDR-5", "R17", "DATA of the other class is taken", "Delivery",
                        "channel.channelClass() != connection.trafficClass()",
                        "false"),
                new SourceMutant("NC-HDR-4", "R11", "a connection is found by its ports, whatever the id", "NetChannel",
                        "known = host.live(header.connection());",
                        "known = host.live(header.connection()).or(() -> "
                                + "host.connections().values().stream()\n                "
                                + ".filter(other -> other.isLive() && "
                                + "other.hasPortsOf(header)).findFirst());"));
    }
}
