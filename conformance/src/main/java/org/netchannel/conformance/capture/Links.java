package org.netchannel.conformance.capture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netchannel.conformance.capture.Segment.Address;
import org.netchannel.traces.Hello;

/**
 * Sorts the TCP streams of a capture: which are channels, and which channels are between the same two hosts. A host is
 * an address with an incarnation, so a host that was started again is another (NC-FAIL-3).
 */
final class Links {
    /** So many links are kept apart. */
    static final int MAX_LINKS = 1_000;

    private final Map<List<Life>, Link> byLives = new HashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Stream> fromTheMiddle = new ArrayList<>();
    private long withoutHello;
    private long unanswered;
    private long prototype;
    private long others;

    /**
     * One life of a host.
     *
     * @param address where it is
     * @param incarnation its incarnation
     */
    record Life(String address, long incarnation) {}

    /** Two hosts and the channels between them. */
    static final class Link {
        private final List<Life> hosts;
        private final List<Stream> streams = new ArrayList<>();
        private long missing;

        Link(List<Life> hosts) {
            this.hosts = hosts;
        }

        /** The host that dialed first, and the other. */
        List<Life> hosts() {
            return hosts;
        }

        List<Stream> streams() {
            return streams;
        }

        /** Channels between the same two that were there before the capture began. */
        long missing() {
            return missing;
        }

        /** Which of the hosts dialed a stream. */
        int dialer(Stream stream) {
            Hello hello = stream.hello(true).orElseThrow();
            Life life = new Life(stream.dialer().host(), hello.incarnation());
            return life.equals(hosts.get(0)) ? 0 : 1;
        }

        /** From when on the capture lacks something; {@link Long#MAX_VALUE} when it doesn't. */
        long holeNs() {
            return streams.stream().mapToLong(Stream::holeNs).min().orElse(Long.MAX_VALUE);
        }

        private boolean mayHave(Stream stream) {
            return streams.stream().anyMatch(known -> isLike(known, stream.dialer(), stream.acceptor())
                    || isLike(known, stream.acceptor(), stream.dialer()));
        }

        private static boolean isLike(Stream known, Address one, Address other) {
            return known.acceptor().equals(one) && known.dialer().host().equals(other.host());
        }
    }

    private Links() {}

    static Links of(List<Stream> streams) throws CaptureException {
        Links sorted = new Links();
        List<Stream> half = new ArrayList<>();
        for (Stream stream : streams) {
            sorted.sort(stream, half);
        }
        half.forEach(sorted::placeHalf);
        for (Stream stream : sorted.fromTheMiddle) {
            sorted.links.stream().filter(link -> link.mayHave(stream)).forEach(link -> link.missing++);
        }
        return sorted;
    }

    private void sort(Stream stream, List<Stream> half) throws CaptureException {
        if (stream.has(Format.PROTOTYPE)) {
            prototype++;
        } else if (!stream.isFromTheBeginning() && (stream.looksLikeOurs() || stream.has(Format.NETCHANNEL))) {
            fromTheMiddle.add(stream);
        } else if (!stream.has(Format.NETCHANNEL)) {
            others++;
        } else if (stream.hello(true).isEmpty() || !isNumber(stream.hello(true).get())) {
            withoutHello++;
        } else if (stream.hello(false).isEmpty()) {
            half.add(stream);
        } else {
            place(stream);
        }
    }

    /** A number that a trace can have; what else is wrong with it is for the specification to say. */
    private static boolean isNumber(Hello hello) {
        return hello.channel() >= 1 && hello.channel() <= Integer.MAX_VALUE && hello.classCode() <= 2;
    }

    private void place(Stream stream) throws CaptureException {
        Life dialer = new Life(stream.dialer().host(), stream.hello(true).get().incarnation());
        Life acceptor = new Life(stream.acceptor().host(), stream.hello(false).get().incarnation());
        Link link = byLives.get(List.of(dialer, acceptor));
        link = link == null ? byLives.get(List.of(acceptor, dialer)) : link;
        if (link == null) {
            link = new Link(List.of(dialer, acceptor));
            if (links.size() == MAX_LINKS) {
                throw new CaptureException(String.format("it has more than %,d pairs of hosts", MAX_LINKS));
            }
            byLives.put(link.hosts, link);
            links.add(link);
        }
        link.streams.add(stream);
    }

    /** The other host never said who it is: of those it can be, the last that was there before. */
    private void placeHalf(Stream stream) {
        Life dialer = new Life(stream.dialer().host(), stream.hello(true).get().incarnation());
        Optional<Link> link = links.stream()
                .filter(known -> known.hosts.contains(dialer)
                        && known.hosts.get(1 - known.hosts.indexOf(dialer)).address()
                                .equals(stream.acceptor().host()))
                .reduce((_, later) -> later);
        link.ifPresentOrElse(found -> found.streams.add(stream), () -> unanswered++);
    }

    List<Link> links() {
        return links;
    }

    /** Channels that were there before the capture began. */
    long fromTheMiddle() {
        return fromTheMiddle.size();
    }

    /** Streams of packets that don't begin with a HELLO that names a channel (NC-CH-2). */
    long withoutHello() {
        return withoutHello;
    }

    /** Channels on which the accepting host never answered. */
    long unanswered() {
        return unanswered;
    }

    long prototype() {
        return prototype;
    }

    /** TCP streams that are something else. */
    long others() {
        return others;
    }
}
