package org.netchannel.bench.stack;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/**
 * Compares bytes as fast as they can be read: with memcmp of the C library. JDK 25 has vector instructions for arrays
 * only; off the heap it compares eight bytes at a time, which would take longer than all else that a receiver does.
 */
final class Comparison {
    private static final MethodHandle MEMCMP = memcmp();

    private Comparison() {}

    @SuppressWarnings("restricted") // The only native code of this class.
    private static MethodHandle memcmp() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("memcmp"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG),
                Linker.Option.critical(true));
    }

    /** Whether the first bytes of both are the same. Any thread. */
    static boolean isSame(MemorySegment one, MemorySegment other, long count) {
        Objects.checkFromIndexSize(0, count, Math.min(one.byteSize(), other.byteSize()));
        try {
            return (int) MEMCMP.invokeExact(one, other, count) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("memcmp", e);
        }
    }
}
