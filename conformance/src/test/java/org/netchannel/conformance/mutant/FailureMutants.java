package org.netchannel.conformance.mutant;

import java.util.List;

/** Section 9: channels and hosts that fail. */
final class FailureMutants {
    private FailureMutants() {}

    static List<SourceMutant> all() {
        return List.of(
                new SourceMutant("NC-FAIL-1", "R33", "what a failed channel had is not sent again", "Sending",
                        "                again = again.plus(Math.max(given.getKey(), "
                                + "sndUna), given.getValue().end());\n",
                        ""),
                new SourceMutant("NC-FAIL-1", "", "without a channel bytes wait for ever", "Failure",
                        "sending.isWaiting() && !host",
                        "false && !host"),
                new SourceMutant("NC-FAIL-2", "", "NCSYN is not repeated", "Failure",
                        "return Handshake.sendNcsyn(host, connection);",
                        "return host;"),
                new SourceMutant("NC-FAIL-2", "R5", "NCSYN_ACK is not repeated", "Failure",
                        "Handshake.sendNcsynAck(host, connection)",
                        "Delivery.acknowledge(host, connection)"),
                new SourceMutant("NC-FAIL-2", "R24", "RESUME is not repeated", "HeadOfLine",
                        "responses.epoch() == 0",
                        "!responses.outstanding()"),
                new SourceMutant("NC-FAIL-2", "R49", "STOP is not repeated", "HeadOfLine",
                        "responses.epoch() == 0",
                        "responses.outstanding() || responses.epoch() == 0"),
                new SourceMutant("NC-FAIL-2", "R30", "FIN is not repeated", "Failure",
                        "return finMissing ?",
                        "return false ?"),
                new SourceMutant("NC-FAIL-2", "R45", "RST is not repeated", "Failure",
                        "host.now() - reset.since() < host.settings().connectTimeoutNanos()",
                        "false"),
                new SourceMutant("NC-FAIL-3", "R34", "a restart of the peer is not noticed", "Channels",
                        "if (life > 0) {",
                        "if (false) {"),
                new SourceMutant("NC-FAIL-3", "R50", "HELLO of an earlier life is taken", "Channels",
                        "if (life < 0) {",
                        "if (false) {"),
                new SourceMutant("NC-FAIL-3", "", "a restart resets connections in SYN_SENT, too", "Failure",
                        "it.isEstablished() ?",
                        "true ?"));
    }
}
