package org.netchannel.optimized.counters;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersReader;

/** Where what lies in the file: a header, labels of counters, their values, the error log. All lengths are fixed. */
final class Layout {
    /** What the file begins with once everything else in it is there. */
    static final long MAGIC = 0x4E43_434F_554E_0001L;

    private static final int MAGIC_AT = 0;
    private static final int PROCESS_AT = 8;
    private static final int STARTED_AT = 16;
    private static final int BEAT_AT = 64;
    private static final int HEADER_LENGTH = 128;
    private static final int METADATA_LENGTH = CountersFile.MOST_COUNTERS * CountersReader.METADATA_LENGTH;
    private static final int VALUES_LENGTH = CountersFile.MOST_COUNTERS * CountersReader.COUNTER_LENGTH;
    private static final int ERRORS_LENGTH = 1 << 16;

    /** Of the whole file, in bytes. */
    static final int LENGTH = HEADER_LENGTH + METADATA_LENGTH + VALUES_LENGTH + ERRORS_LENGTH;

    private Layout() {}

    static UnsafeBuffer header(ByteBuffer file) {
        return new UnsafeBuffer(file, 0, HEADER_LENGTH);
    }

    static UnsafeBuffer metadata(ByteBuffer file) {
        return new UnsafeBuffer(file, HEADER_LENGTH, METADATA_LENGTH);
    }

    static UnsafeBuffer values(ByteBuffer file) {
        return new UnsafeBuffer(file, HEADER_LENGTH + METADATA_LENGTH, VALUES_LENGTH);
    }

    static UnsafeBuffer errors(ByteBuffer file) {
        return new UnsafeBuffer(file, HEADER_LENGTH + METADATA_LENGTH + VALUES_LENGTH, ERRORS_LENGTH);
    }

    static void begin(UnsafeBuffer header, long process, long epochMs) {
        header.putLong(PROCESS_AT, process);
        header.putLong(STARTED_AT, epochMs);
        beat(header, epochMs);
        header.putLongOrdered(MAGIC_AT, MAGIC);
    }

    static void beat(UnsafeBuffer header, long epochMs) {
        header.putLongOrdered(BEAT_AT, epochMs);
    }

    static boolean isComplete(UnsafeBuffer header) {
        return header.getLongVolatile(MAGIC_AT) == MAGIC;
    }

    static long process(UnsafeBuffer header) {
        return header.getLong(PROCESS_AT);
    }

    static long started(UnsafeBuffer header) {
        return header.getLong(STARTED_AT);
    }

    static long beat(UnsafeBuffer header) {
        return header.getLongVolatile(BEAT_AT);
    }
}
