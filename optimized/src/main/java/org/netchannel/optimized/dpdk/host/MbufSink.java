package org.netchannel.optimized.dpdk.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.dpdk.ChecksumMaker;
import org.netchannel.optimized.dpdk.LentBuffers;
import org.netchannel.optimized.dpdk.Mbuf;
import org.netchannel.optimized.dpdk.MbufBurst;
import org.netchannel.optimized.dpdk.MbufPool;
import org.netchannel.optimized.dpdk.SegmentOffload;
import org.netchannel.optimized.tcp.NetworkOutput;
import org.netchannel.optimized.tcp.host.FrameSink;
import org.netchannel.optimized.tcp.wire.EthernetHeader;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.Ipv4Header;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/**
 * Puts frames into mbufs: headers are written into one, a short payload is copied behind them, a long one stays where
 * it is and is lent to a second mbuf. Large segments are split here where the device does not. One thread calls;
 * nothing here allocates.
 */
final class MbufSink implements FrameSink {
    /** A payload that is shorter is copied: that costs less than to lend it. */
    static final int LEAST_LENT = 2_048;
    private static final int HEADER_BYTES = 128;
    private static final int MOST_PIECES = NetworkOutput.MOST_PIECES;

    private final FrameDevice device;
    private final MbufPool pool;
    private final LentBuffers lent;
    private final boolean makesChecksums;
    private final boolean deviceSplits;
    private final ChecksumMaker maker;
    private final MemorySegment header = Arena.ofAuto().allocate(HEADER_BYTES);
    private final MbufBurst out = new MbufBurst(MbufBurst.USUAL + MOST_PIECES);
    /** Mbufs for frames to come: two of them are enough for one. */
    private final MbufBurst spare = new MbufBurst(MbufBurst.USUAL + 2 * MOST_PIECES);
    /** Written by one thread, read by any. */
    private volatile long exhausted;

    /**
     * Nothing is sent yet.
     *
     * @param mtu the largest packet of TCP
     * @param checksums whether anybody looks at checksums of TCP
     */
    MbufSink(FrameDevice device, MbufPool pool, LentBuffers lent, int mtu, boolean checksums) {
        this.device = device;
        this.pool = pool;
        this.lent = lent;
        this.makesChecksums = device.offloads().makesChecksums();
        this.deviceSplits = device.offloads().largestSplit() >= mtu;
        this.maker = makesChecksums ? ChecksumMaker.DEVICE : checksums ? ChecksumMaker.HOST : ChecksumMaker.NOBODY;
    }

    @Override
    public MemorySegment begin() {
        if (out.space() < MOST_PIECES) {
            flush();
        }
        if (out.space() < MOST_PIECES) {
            return null;
        }
        if (spare.count() < 2 && !pool.allocate(spare, MbufBurst.USUAL) && !pool.allocate(spare, 2 - spare.count())) {
            exhausted = exhausted + 1;
            return null;
        }
        return header;
    }

    @Override
    public boolean makesChecksums() {
        return makesChecksums;
    }

    /** Not while nothing can be lent: what is so large can't be copied into an mbuf. Nor while mbufs are few. */
    @Override
    public boolean splits() {
        return lent.hasRoom() && (deviceSplits || pool.room() >= HEADER_BYTES && hasMbufsForPieces());
    }

    private boolean hasMbufsForPieces() {
        return spare.count() >= 2 * MOST_PIECES || pool.allocate(spare, spare.space());
    }

    @Override
    public void end(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes) {
        put(headerBytes, payload, payloadAt, payloadBytes);
    }

    @Override
    public void endSegment(int tcpAt, int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes,
            int pieceBytes) {
        if (pieceBytes > 0 && !deviceSplits) {
            int headers = tcpAt + TcpHeader.bytes(header, tcpAt);
            lent.lendPieces(out, spare, header, headerBytes, headerBytes - headers, payload, payloadAt, payloadBytes,
                    pieceBytes, maker);
            return;
        }
        if (!put(headerBytes, payload, payloadAt, payloadBytes)) {
            return;
        }
        if (pieceBytes > 0) {
            SegmentOffload.requestSplitting(out.get(out.count() - 1), TcpHeader.bytes(header, tcpAt), pieceBytes);
        } else if (makesChecksums) {
            SegmentOffload.requestChecksums(out.get(out.count() - 1), tcpAt == EthernetHeader.BYTES + Ipv4Header.BYTES,
                    TcpHeader.bytes(header, tcpAt));
        }
    }

    /** Whether it is the last of those that go out next: false when there was no memory for it. */
    private boolean put(int headerBytes, FrameBuffer payload, long payloadAt, int payloadBytes) {
        long head = spare.removeLast();
        Mbuf.fill(head, header, 0, headerBytes);
        boolean fits = headerBytes + payloadBytes <= pool.room();
        boolean lends = payloadBytes >= LEAST_LENT || !fits;
        if (payloadBytes > 0 && !(lends && lend(head, payload, payloadAt, payloadBytes))) {
            if (!fits) {
                // As if the device had lost it: TCP sends it again when there is memory.
                exhausted = exhausted + 1;
                spare.add(head);
                return false;
            }
            Mbuf.append(head, payload.memory(), payloadAt, payloadBytes);
        }
        out.add(head);
        return true;
    }

    private boolean lend(long head, FrameBuffer payload, long at, int length) {
        if (!lent.lend(head, spare.get(spare.count() - 1), payload, at, length)) {
            return false;
        }
        spare.removeLast();
        return true;
    }

    /** Hands frames to the device; answers how many it took. */
    int flush() {
        return out.count() == 0 ? 0 : device.send(out);
    }

    /** How often a frame was not sent because there was no mbuf for it. */
    long exhausted() {
        return exhausted;
    }

    /** Gives back what was not sent. */
    void close() {
        out.free();
        spare.free();
    }
}
