package org.netchannel.optimized.tcp.wire;

import java.lang.foreign.MemorySegment;

/** Who computes the checksums of TCP segments (RFC 9293, section 3.1): this host, or its network device. */
public interface SegmentChecksum {
    /** This host computes and verifies. */
    SegmentChecksum SOFTWARE = new SegmentChecksum() {
        @Override
        public int of(long pseudoHeader, MemorySegment header, long at, int headerBytes,
                MemorySegment payload, long payloadAt, int payloadBytes) {
            long sum = pseudoHeader + InternetChecksum.sum(header, at, headerBytes);
            if (payloadBytes > 0) {
                sum += InternetChecksum.sumBehind(headerBytes, payload, payloadAt, payloadBytes);
            }
            return InternetChecksum.checksum(sum);
        }

        @Override
        public boolean isIntact(long pseudoHeader, MemorySegment segment, long at, int bytes) {
            return InternetChecksum.isIntact(pseudoHeader + InternetChecksum.sum(segment, at, bytes));
        }

        @Override
        public boolean isIntact(long pseudoHeader, MemorySegment segment, long at, int bytes, FrameChain rest,
                int restBytes) {
            long sum = pseudoHeader + InternetChecksum.sum(segment, at, bytes);
            int before = bytes;
            for (int i = 0; before < bytes + restBytes; i++) {
                int length = Math.min(rest.length(i), bytes + restBytes - before);
                sum += InternetChecksum.sumBehind(before, rest.buffer(i).memory(), rest.at(i), length);
                before += length;
            }
            return InternetChecksum.isIntact(sum);
        }
    };

    /**
     * The device does both: it finds the sum of the pseudo header in the field, as devices want it, and hands up only
     * segments that it has verified.
     */
    SegmentChecksum DEVICE = new SegmentChecksum() {
        @Override
        public int of(long pseudoHeader, MemorySegment header, long at, int headerBytes,
                MemorySegment payload, long payloadAt, int payloadBytes) {
            return InternetChecksum.fold(pseudoHeader);
        }

        @Override
        public boolean isIntact(long pseudoHeader, MemorySegment segment, long at, int bytes) {
            return true;
        }

        @Override
        public boolean isIntact(long pseudoHeader, MemorySegment segment, long at, int bytes, FrameChain rest,
                int restBytes) {
            return true;
        }
    };

    /**
     * The value of the checksum field of a segment that is about to be sent.
     *
     * @param pseudoHeader sum of addresses, protocol and length
     * @param header holds the TCP header, with zero in the checksum field
     * @param at byte offset of the header
     * @param headerBytes its length with options
     * @param payload holds the payload; means nothing when there is none
     * @param payloadAt byte offset of the payload
     * @param payloadBytes its length, 0 or more
     * @return 0 to 65,535
     */
    int of(long pseudoHeader, MemorySegment header, long at, int headerBytes,
            MemorySegment payload, long payloadAt, int payloadBytes);

    /**
     * Whether a segment arrived as it was sent.
     *
     * @param pseudoHeader sum of addresses, protocol and length
     * @param segment holds header and payload
     * @param at byte offset of the header
     * @param bytes length of header and payload
     * @return false when it has to be dropped
     */
    boolean isIntact(long pseudoHeader, MemorySegment segment, long at, int bytes);

    /**
     * The same for a segment in several stretches of memory.
     *
     * @param pseudoHeader sum of addresses, protocol and length
     * @param segment holds the header, and what of the payload is there
     * @param at byte offset of the header
     * @param bytes length of this part
     * @param rest holds the others
     * @param restBytes how much of them is the segment's
     * @return false when it has to be dropped
     */
    boolean isIntact(long pseudoHeader, MemorySegment segment, long at, int bytes, FrameChain rest, int restBytes);
}
