package org.netchannel.conformance.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.netchannel.traces.TracePacket;

/** Everything that was read out of a capture: its TCP streams, and their packets in a store. */
final class Capture implements Stream.Sink, AutoCloseable {
    /** So many TCP connections are kept apart. */
    static final int MAX_STREAMS = 100_000;

    /** Where segments come from. */
    interface Source {
        /** Gives all segments to the sink; returns what could not be read at the end, mostly nothing. */
        String read(Tshark.Sink sink) throws IOException, InterruptedException;
    }

    private static final int SEGMENTS_BETWEEN_LOOKS = 4_096;

    private final Set<Format> legal;
    private final PacketStore store;
    private final PrototypeRaces races = new PrototypeRaces();
    private final Reassembly.Together together = new Reassembly.Together();
    private final List<Stream> streams = new ArrayList<>();
    private final Stream.Table table = new Stream.Table();
    private long segments;
    private long nowNs;
    private String complaint = "";

    private Capture(Set<Format> legal, Path folder) throws IOException {
        this.legal = legal;
        this.store = new PacketStore(folder);
    }

    /**
     * Reads a capture.
     *
     * @param source where the segments come from
     * @param folder where a temporary file may be
     * @param legal the formats to look for
     * @param progress is told how many segments were read
     */
    static Capture read(Source source, Path folder, Set<Format> legal, LongConsumer progress)
            throws IOException, InterruptedException {
        Capture capture = new Capture(legal, folder);
        try {
            capture.complaint = source.read(segment -> {
                capture.take(segment);
                if (capture.segments % SEGMENTS_BETWEEN_LOOKS == 0) {
                    progress.accept(capture.segments);
                }
            });
            return capture;
        } catch (IOException | InterruptedException | RuntimeException e) {
            capture.close();
            throw e;
        }
    }

    private void take(Segment segment) throws IOException {
        segments++;
        // The order of the file counts; two clocks may have written its times.
        nowNs = Math.max(nowNs, segment.timeNs());
        Optional<Stream> known = table.of(segment);
        boolean opens = segment.syn() && !segment.acknowledges();
        if (known.isEmpty() || opens && known.get().isOver()) {
            Stream stream = opens || !segment.syn()
                    ? new Stream(streams.size(), segment.from(), segment.to(), legal, together, this)
                    : new Stream(streams.size(), segment.to(), segment.from(), legal, together, this);
            streams.add(stream);
            if (streams.size() > MAX_STREAMS) {
                throw new CaptureException(String.format("it has more than %,d TCP connections", MAX_STREAMS));
            }
            table.put(stream);
            known = Optional.of(stream);
        }
        known.get().take(segment);
    }

    @Override
    public void packet(long timeNs, Stream stream, boolean byDialer, TracePacket packet) throws IOException {
        store.add(nowNs, stream.number(), byDialer, packet);
    }

    @Override
    public void packet(long timeNs, Stream stream, boolean byDialer, PrototypeHeader packet) throws IOException {
        races.take(nowNs, stream, byDialer, packet);
    }

    @Override
    public void end(long timeNs, Stream stream, boolean byDialer) throws IOException {
        store.addEnd(nowNs, stream.number(), byDialer);
    }

    PacketStore store() {
        return store;
    }

    List<Stream> streams() {
        return streams;
    }

    PrototypeRaces races() {
        return races;
    }

    long segments() {
        return segments;
    }

    /** What tshark could not read at the end of the file; mostly empty. */
    String complaint() {
        return complaint;
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
