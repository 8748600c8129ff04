package org.netchannel.conformance.mutant;

import java.util.List;

/** Section 5: bytes and acknowledgements. */
final class DataMutants {
    private DataMutants() {}

    static List<SourceMutant> all() {
        return List.of(
                new SourceMutant("NC-DATA-1", "", "the last byte of a read is given again", "Delivery",
                        "afterRead(Math.min(max, receiving.readable()))",
                        "afterRead(Math.max(1, Math.min(max, receiving.readable()) - 1))"),
                new SourceMutant("NC-DATA-2", "", "pieces are larger than the peer takes", "Scheduler",
                        "next(channel.largestPayload())",
                        "next(PacketHeader.MAX_PAYLOAD)"),
                new SourceMutant("NC-DATA-3", "R25", "what was handed over makes room in the send buffer", "Delivery",
                        "(sending.written() - sending.sndUna())",
                        "(sending.written() - sending.sndNxt())"),
                new SourceMutant("NC-DATA-4", "", "old bytes wait like new ones", "Delivery",
                        "connection.receiving().missing(data).isEmpty()",
                        "false"),
                new SourceMutant("NC-DATA-4", "R33", "copies are stored whole", "HeadOfLine",
                        "receiving.store(receiving.missing(packet.data()))",
                        "receiving.store(List.of(packet.data()))"),
                new SourceMutant("NC-DATA-5", "", "an acknowledgement of bytes never sent is believed", "Delivery",
                        "Long.compareUnsigned(ack, sending.highestAck()) > 0",
                        "ack < 0"),
                new SourceMutant("NC-DATA-5", "R47", "nothing is said when a channel with acknowledgements fails",
                        "Failure",
                        "return Delivery.acknowledge(host, "
                                + "connection.with(connection.sending().takeBack(channel.number())"
                                + "));",
                        "return host.with(connection.with(connection.sending().takeBack(channel.number())));"),
                new SourceMutant("NC-DATA-5", "", "ACK only when a whole send buffer is unacknowledged", "Receiving",
                        "4 * (rcvNxt - ackSent)",
                        "1 * (rcvNxt - ackSent)"),
                new SourceMutant("NC-DATA-5", "", "the acknowledgement delay never ends", "Delivery",
                        "receiving.isUnsent(), receiving.ackDeadline()",
                        "false, receiving.ackDeadline()"),
                new SourceMutant("NC-DATA-5", "", "what is out of order is acknowledged", "Connections",
                        "connection.receiving().rcvNxt()",
                        "connection.receiving().highest()"),
                new SourceMutant("NC-DATA-6", "", "offsets have no bound", "Delivery",
                        "reaches(packet.header(), receiving.limit()) ?",
                        "false ?"));
    }
}
