package org.netchannel.bench.speed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.netchannel.bench.stack.Bytes;
import org.netchannel.bench.stack.StackLink;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.SegmentClaim;
import org.netchannel.optimized.SegmentView;
import org.netchannel.optimized.VirtualSocket;
import org.netchannel.traces.ChannelClass;

/** Two hosts with a connection for messages and eight for bulk: what either thread does. */
final class BulkHosts {
    private static final int MESSAGE = 64;
    private static final int CHUNK = 1 << 16;
    /** What is sent at once without a copy, and in how many views it is read. */
    private static final int CLAIM = 1 << 15;
    private static final int VIEWS = 2;
    /** Every reader reads when its turn comes round for the nth time. */
    private static final int[] SLOWNESS = {1, 1, 1, 1, 2, 4, 8, 16};

    private final NetStack left;
    private final NetStack right;
    private final VirtualSocket message;
    private final VirtualSocket echo;
    private final VirtualSocket[] senders = new VirtualSocket[SLOWNESS.length];
    private final VirtualSocket[] readers = new VirtualSocket[SLOWNESS.length];
    private final boolean copies;
    private final ByteBuffer bulk = Bytes.pattern(CHUNK);
    private final ByteBuffer bulkRead = ByteBuffer.allocateDirect(CHUNK);
    private final SegmentClaim claim = new SegmentClaim();
    private final SegmentView view = new SegmentView();
    private final ByteBuffer sent = Bytes.pattern(MESSAGE);
    private final ByteBuffer back = ByteBuffer.allocateDirect(MESSAGE);
    private final ByteBuffer echoed = ByteBuffer.allocateDirect(MESSAGE);
    private final AtomicLong carried = new AtomicLong();
    private int nextReader;
    private long turns;

    /**
     * Opens the connections; one thread does the work of both until they have met.
     *
     * @param copies whether bulk is copied, and not sent and read where it lies
     */
    BulkHosts(StackLink link, ChannelClass ofMessages, boolean copies) throws IOException {
        this.copies = copies;
        left = link.left();
        right = link.right();
        StackLink.Connection messages = link.connect(ofMessages);
        message = messages.left().socket();
        echo = messages.right().socket();
        for (int i = 0; i < senders.length; i++) {
            StackLink.Connection connection = link.connect(ChannelClass.THROUGHPUT);
            senders[i] = connection.left().socket();
            readers[i] = connection.right().socket();
        }
        echoed.flip();
        left.doWork();
    }

    /** Bulk that was read until now. Any thread. */
    long carriedBytes() {
        return carried.getAcquire();
    }

    /** The left host: one message after the other, and bulk wherever there is room for it. */
    void exchange(Duration time, Histogram histogram) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        long began = System.nanoTime();
        while (began - end < 0) {
            roundTrip();
            long now = System.nanoTime();
            Latencies.record(histogram, now - began);
            began = now;
        }
    }

    private void roundTrip() throws IOException {
        sent.clear();
        back.clear();
        while (back.hasRemaining()) {
            if (sent.hasRemaining()) {
                message.trySend(sent);
            }
            sendBulk();
            left.doWork();
            if (message.tryReceive(back) < 0) {
                throw new IOException("the other end was closed");
            }
        }
        Bytes.requireSame(sent.flip(), back.flip());
    }

    /** Whatever there is room for: the channel always has more to carry than it can. */
    private void sendBulk() throws IOException {
        for (VirtualSocket sender : senders) {
            if (copies) {
                sender.trySend(bulk.clear());
            } else if (sender.tryClaim(claim, CLAIM) > 0) {
                claim.commit(claim.bytes().limit());
            }
        }
    }

    private long read(VirtualSocket reader) throws IOException {
        if (copies) {
            return Math.max(0, reader.tryReceive(bulkRead.clear()));
        }
        long bytes = 0;
        for (int i = 0; i < VIEWS && reader.tryReceive(view) > 0; i++) {
            bytes += view.bytes().remaining();
            view.release();
        }
        return bytes;
    }

    /** The right host, one pass: what came of a message goes back, and a reader reads. */
    void serve() throws IOException {
        right.doWork();
        if (!echoed.hasRemaining()) {
            echoed.clear();
            echo.tryReceive(echoed);
            echoed.flip();
        }
        if (echoed.hasRemaining()) {
            echo.trySend(echoed);
        }
        if (turns++ / readers.length % SLOWNESS[nextReader] == 0) {
            carried.setRelease(carried.getPlain() + read(readers[nextReader]));
        }
        nextReader = (nextReader + 1) % readers.length;
        if (Thread.interrupted()) {
            throw new IOException("interrupted");
        }
    }
}
