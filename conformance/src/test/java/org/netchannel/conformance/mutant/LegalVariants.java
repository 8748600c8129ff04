package org.netchannel.conformance.mutant;

import java.util.List;

/** Implementations that choose otherwise where the protocol leaves the choice: the kit must accept them. */
final class LegalVariants {
    private LegalVariants() {}

    static List<SourceMutant> all() {
        return List.of(
                new SourceMutant("NC-DATA-2", "", "cuts packets of at most a third of what is legal", "Scheduler",
                        "next(channel.largestPayload())",
                        "next(Math.max(1, channel.largestPayload() / 3))"),
                new SourceMutant("NC-SCH-3", "", "stays on a channel as long as it may", "Scheduler",
                        "if (channel.number() > last) {",
                        "if (channel.number() >= last) {"),
                new SourceMutant("NC-SCH-3", "", "prefers the oldest channel", "Scheduler",
                        "if (channel.number() > last) {",
                        "if (channel.number() > 0) {"),
                new SourceMutant("NC-DATA-5", "", "acknowledges every packet", "Receiving",
                        "return isUnsent() && 4 * (rcvNxt - ackSent) >= sendBuffer();",
                        "return isUnsent();"),
                new SourceMutant("NC-HOL-7", "", "resumes when everything is read", "HeadOfLine",
                        "2 * connection.receiving().held() <= host.settings().receiveBuffer()",
                        "connection.receiving().held() == 0"),
                new SourceMutant("NC-HOL-7", "", "resumes as soon as there is room for a byte", "HeadOfLine",
                        "2 * connection.receiving().held() <= host.settings().receiveBuffer()",
                        "connection.receiving().held() < host.settings().receiveBuffer()"));
    }
}
