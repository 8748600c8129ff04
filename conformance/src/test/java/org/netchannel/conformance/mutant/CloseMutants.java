package org.netchannel.conformance.mutant;

import java.util.List;

/** Section 7: close and reset. */
final class CloseMutants {
    private CloseMutants() {}

    static List<SourceMutant> all() {
        return List.of(
                new SourceMutant("NC-FIN-1", "", "FIN does not wait for the bytes before it", "Closing",
                        "sending.sndNxt() == sending.written();",
                        "true;"),
                new SourceMutant("NC-FIN-1", "", "FIN says what is acknowledged, not where the stream ends", "Closing",
                        "PacketType.FIN, 0, connection.sending().written()",
                        "PacketType.FIN, 0, connection.sending().sndUna()"),
                new SourceMutant("NC-FIN-2", "R27", "the stream ends when FIN arrives", "Delivery",
                        "connection.receiving().isFinReceived()",
                        "connection.receiving().finalOffset().isPresent()"),
                new SourceMutant("NC-FIN-3", "", "bytes beyond the end are taken", "Delivery",
                        "receiving.finalOffset().isPresent() && reaches",
                        "false && reaches"),
                new SourceMutant("NC-FIN-3", "", "a second FIN may say something else", "Closing",
                        "receiving.finalOffset().getAsLong() == fin.offset()",
                        "true"),
                new SourceMutant("NC-FIN-4", "", "close throws unread bytes away without a word", "Closing",
                        "!connection.isEstablished() || unread",
                        "!connection.isEstablished()"),
                new SourceMutant("NC-FIN-4", "R26", "bytes are taken that nobody will read", "Delivery",
                        "connection.holder() == Holder.NOBODY",
                        "false"),
                new SourceMutant("NC-FIN-5", "R51", "gone before its own FIN is acknowledged", "Closing",
                        "!connection.receiving().isFinReceived() || !connection.sending().isFinAcknowledged()",
                        "!connection.receiving().isFinReceived() || connection.sending().fin() != Fin.SENT"),
                new SourceMutant("NC-FIN-5", "", "the last acknowledgement is not sent", "Closing",
                        "connection.receiving().isUnsent() ? Delivery.acknowledge(host, connection) : host",
                        "host"),
                new SourceMutant("NC-FIN-6", "R51", "UNKNOWN_CONNECTION after both FINs is an error", "Closing",
                        "reason.get() == Reason.UNKNOWN_CONNECTION\n",
                        "false\n"),
                new SourceMutant("NC-RST-1", "", "abort says CLOSED", "Closing",
                        "Reason.ABORTED",
                        "Reason.CLOSED"),
                new SourceMutant("NC-RST-2", "R26", "FIN waits for RESUME", "Closing",
                        "connection.isEstablished() && sending.fin() == Fin.DUE",
                        "connection.isEstablished() && !sending.isStopped() && sending.fin() == Fin.DUE"));
    }
}
