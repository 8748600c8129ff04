package org.netchannel.optimized;

import java.util.Arrays;
import java.util.List;

/** The first pieces of a receive buffer, noted with the turn and copied without it. One thread calls. */
final class KeptPieces {
    private static final int FIRST = 16;
    /** As many as a full receive buffer has in frames of 9,000 bytes, and so much less where they are shorter. */
    private static final int MOST = 128;

    private final List<CopyWorker> workers;
    private Segment[] segments = new Segment[FIRST];
    private int[] starts = new int[FIRST];
    private int[] lengths = new int[FIRST];
    private int count;
    private int bytes;
    /** For copies that workers share, null before the first one. */
    private CopyJob job;

    KeptPieces(List<CopyWorker> workers) {
        this.workers = workers;
    }

    /** With the turn: as many as fit, of at most so many bytes; they stay where they are. */
    void keep(Piece first, int most) {
        for (Piece piece = first; bytes < most && count < MOST; piece = piece.next) {
            if (count == segments.length) {
                grow();
            }
            piece.segment.retain();
            segments[count] = piece.segment;
            starts[count] = piece.at;
            lengths[count] = Math.min(piece.length, most - bytes);
            bytes += lengths[count++];
        }
    }

    private void grow() {
        segments = Arrays.copyOf(segments, 2 * count);
        starts = Arrays.copyOf(starts, 2 * count);
        lengths = Arrays.copyOf(lengths, 2 * count);
    }

    /** Copies what was kept, which is done with then; how many bytes that was. */
    int copy(Scatter target) {
        try {
            CopyJob divided = job();
            for (int i = 0; i < count; i++) {
                target.put(segments[i], starts[i], lengths[i], divided);
            }
            if (divided != null) {
                divided.copy();
            }
            return bytes;
        } finally {
            target.done();
            giveBack();
        }
    }

    /** What divides the copy, null when this thread copies alone. */
    private CopyJob job() {
        if (bytes < CopyJob.LEAST || workers.isEmpty()) {
            return null;
        }
        if (job == null) {
            job = new CopyJob(workers);
        }
        return job;
    }

    private void giveBack() {
        for (int i = 0; i < count; i++) {
            segments[i].release();
            segments[i] = null;
        }
        count = 0;
        bytes = 0;
    }
}
