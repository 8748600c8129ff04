package org.netchannel.conformance.capture;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What was in a capture.
 *
 * @param capture the file
 * @param segments TCP segments that were read
 * @param complaint what tshark could not read at its end; mostly empty
 * @param links pairs of hosts with channels between them
 * @param fromTheMiddle channels that were there before the capture began
 * @param withoutHello TCP connections with packets that don't begin with a HELLO that names a channel (NC-CH-2)
 * @param unanswered channels on which the accepting host said nothing
 * @param others TCP connections that are something else
 * @param prototypeStreams TCP connections with packets of the public kernel prototype
 * @param prototype what those show
 */
public record CaptureReport(
        Path capture,
        long segments,
        String complaint,
        List<ImportedLink> links,
        long fromTheMiddle,
        long withoutHello,
        long unanswered,
        long others,
        long prototypeStreams,
        PrototypeReport prototype) {

    /**
     * Two hosts and what became of their channels.
     *
     * @param hosts the hosts called A and B in the trace: address and incarnation
     * @param channels TCP connections between them
     * @param missing channels between them that were there before the capture began; then there is no trace
     * @param trace the trace file; null when there is none
     * @param calls how many lines of each kind it has
     * @param leftOut resets about connections of an earlier life of a host, which are not in the trace
     * @param hole seconds from the beginning of the capture when bytes are missing that were received; the trace ends
     *     there; mostly empty
     */
    public record ImportedLink(
            List<String> hosts, int channels, long missing, Path trace, Map<String, Long> calls, long leftOut,
            String hole) {

        static ImportedLink incomplete(List<String> hosts, int channels, long missing) {
            return new ImportedLink(hosts, channels, missing, null, Map.of(), 0, "");
        }

        /**
         * Lines of the trace.
         *
         * @return their number, without the header
         */
        public long lines() {
            return calls.values().stream().mapToLong(Long::longValue).sum();
        }

        /**
         * Packets that were captured.
         *
         * @return their number
         */
        public long packets() {
            return calls.getOrDefault("pull", 0L);
        }
    }

    /**
     * Whether any trace was written.
     *
     * @return true when at least one was
     */
    public boolean hasTraces() {
        return links.stream().anyMatch(link -> link.trace() != null);
    }
}
