package org.netchannel.conformance.mutant;

import java.util.List;

/** Section 4: connect, accept, refuse, give up. */
final class HandshakeMutants {
    private HandshakeMutants() {}

    static List<SourceMutant> all() {
        return List.of(
                new SourceMutant("NC-HS-1", "R17", "NCSYN always says LATENCY", "Handshake",
                        "PacketType.NCSYN, connection.trafficClass().code(),",
                        "PacketType.NCSYN, ChannelClass.LATENCY.code(),"),
                new SourceMutant("NC-HS-2", "R3", "an NCSYN that comes again is answered by RST", "Handshake",
                        "known.isPresent()",
                        "false"),
                new SourceMutant("NC-HS-2", "R42", "an id that is gone is taken again", "Handshake",
                        "host.connections().containsKey(id) || "
                                + "host.memory().gone().find(id, host.now(), timeout).isPresent()",
                        "host.connections().containsKey(id)"),
                new SourceMutant("NC-HS-2", "R44", "a refused id is accepted later", "Handshake",
                        "refused.isPresent()",
                        "false"),
                new SourceMutant("NC-HS-2", "R6", "silence where nobody listens", "Handshake",
                        "return refuse(host, ncsyn, Reason.NO_LISTENER);",
                        "return host;"),
                new SourceMutant("NC-HS-2", "", "a wrong reason when the backlog is full", "Handshake",
                        "Reason.BACKLOG_FULL",
                        "Reason.LIMIT"),
                new SourceMutant("NC-HS-2", "", "the backlog holds one more", "Listener",
                        "children.size() >= backlog",
                        "children.size() > backlog"),
                new SourceMutant("NC-HS-2", "", "one socket more than the limit", "Sockets",
                        "+ children >= limit",
                        "+ children > limit"),
                new SourceMutant("NC-HS-2", "R48", "NCSYN_ACK does not tell the send buffer", "Handshake",
                        "PacketType.NCSYN_ACK, 0, host.settings().sendBuffer()",
                        "PacketType.NCSYN_ACK, 0, 0"),
                new SourceMutant("NC-HS-3", "R1", "only NCSYN_ACK establishes", "NetChannel",
                        "        HostState acknowledged = Delivery.onAck",
                        "        if (!known.get().isEstablished() && type != "
                                + "PacketType.NCSYN_ACK) {\n            return host;\n        "
                                + "}\n        HostState acknowledged = Delivery.onAck"),
                new SourceMutant("NC-HS-4", "R2", "NCREFUSE ends an established connection", "Handshake",
                        "connection.get().isEstablished()",
                        "false"),
                new SourceMutant("NC-HS-5", "R2", "bytes are taken in SYN_SENT", "Delivery",
                        "connection.isEstablished()\n                ? host",
                        "true\n                ? host"),
                new SourceMutant("NC-HS-6", "", "nothing is told when connect gives up", "Handshake",
                        "HostState reset = Closing.sendReset(host,\n                "
                                + "Connections.header(connection, PacketType.RST, 0, "
                                + "Reason.TIMEOUT.tag(), 0));",
                        "HostState reset = host;"),
                new SourceMutant("NC-HS-7", "R53", "ACK of an unknown connection is not answered", "Handshake",
                        "case DATA, FIN, ACK, STOP, NCSYN_ACK -> answerUnknown(dropped, "
                                + "packet);\n            case HELLO,",
                        "case DATA, FIN, STOP, NCSYN_ACK -> answerUnknown(dropped, "
                                + "packet);\n            case ACK, HELLO,"),
                new SourceMutant("NC-HS-7", "R4", "NCSYN after its RST makes a child", "Handshake",
                        "host.memory().resetFirst().find(id, host.now(), timeout).isPresent()",
                        "false"),
                new SourceMutant("NC-HS-7", "R28", "every packet of an unknown connection is answered", "Handshake",
                        "memory.answers().find(packet.connection(), host.now(), delay).isPresent()",
                        "false"),
                new SourceMutant("NC-HS-7", "", "a merged answer goes to the ports of the first packet", "Handshake",
                        "new Answer(reset, true)",
                        "new Answer(\n                    "
                                + "memory.answers().find(packet.connection(), host.now(), "
                                + "delay).get().reset(), true)"),
                new SourceMutant("NC-HS-8", "R7", "children of a listener that closes are left", "Handshake",
                        "listener.children()) {",
                        "java.util.List.<Long>of()) {"),
                new SourceMutant("NC-HS-9", "R8", "NCSYN is answered by the side that asked", "Handshake",
                        "connection.side() == Side.ACCEPTING\n                ? Connections",
                        "true\n                ? Connections"),
                new SourceMutant("NC-HS-11", "", "close in SYN_SENT waits for the connection", "Closing",
                        "!connection.isEstablished() || unread",
                        "unread"));
    }
}
