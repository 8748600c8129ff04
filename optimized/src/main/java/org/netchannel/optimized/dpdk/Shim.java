package org.netchannel.optimized.dpdk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The functions of netchannel_*.c. Pointers are addresses in a long, and every smaller integer is an int, so that no
 * call of the data path makes an object. Those are critical calls: they neither block nor call back.
 */
@SuppressWarnings("restricted")
final class Shim {
    private static final MethodHandle RECEIVE = critical("receive", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle SEND = critical("send", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle PREPARE = critical("prepare", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle ALLOCATE = critical("allocate", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle FREE = critical("free", null, JAVA_LONG, JAVA_INT);
    private static final MethodHandle REFER = critical("refer", null, JAVA_LONG, JAVA_INT);
    private static final MethodHandle CHAIN = critical("chain", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CLONE = critical("clone", JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle LEND = critical("lend", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT,
            JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT);
    private static final MethodHandle LEND_PIECES = critical("lend_pieces", null, JAVA_LONG, JAVA_LONG, JAVA_INT,
            JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT);
    private static final MethodHandle RETURNED = critical("returned", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);

    private static final MethodHandle RESET_WANTED = critical("reset_wanted", JAVA_INT, JAVA_INT);
    private static final MethodHandle HAND_OVER = critical("hand_over", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);
    private static final MethodHandle MERGE =
            critical("merge", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle TAKE_OVER = critical("take_over", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);

    private static final MethodHandle COPY_PAST_CACHES =
            critical("copy_past_caches", null, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG);

    private static final MethodHandle LINK_IS_UP = link("link_is_up", JAVA_INT, new MemoryLayout[] {JAVA_INT});

    private Shim() {}

    private static MethodHandle critical(String name, MemoryLayout result, MemoryLayout... parameters) {
        return link(name, result, parameters, Linker.Option.critical(false));
    }

    private static MethodHandle link(
            String name, MemoryLayout result, MemoryLayout[] parameters, Linker.Option... options) {
        return Linker.nativeLinker().downcallHandle(
                Dpdk.library().findOrThrow("netchannel_" + name),
                result == null ? FunctionDescriptor.ofVoid(parameters) : FunctionDescriptor.of(result, parameters),
                options);
    }

    /** Calls a function that is not part of the data path. Arguments are Integer or Long, its result is an int. */
    static int call(String name, Object... arguments) {
        return (Integer) invoke(name, JAVA_INT, arguments);
    }

    /** The same, of a function whose result is a pointer or another 64-bit integer. */
    static long callLong(String name, Object... arguments) {
        return (Long) invoke(name, JAVA_LONG, arguments);
    }

    /** The same, of a function without a result. */
    static void callVoid(String name, Object... arguments) {
        invoke(name, null, arguments);
    }

    private static Object invoke(String name, MemoryLayout result, Object... arguments) {
        MemoryLayout[] parameters = Arrays.stream(arguments)
                .map(argument -> argument instanceof Integer ? JAVA_INT : JAVA_LONG)
                .toArray(MemoryLayout[]::new);
        try {
            return link(name, result, parameters).invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** A C string; its address is good while the arena lives. */
    static long text(Arena arena, String text) {
        return arena.allocateFrom(text).address();
    }

    /** The value of a constant of DPDK's headers: bits. */
    static long constant(String name) {
        try (Arena arena = Arena.ofConfined()) {
            long value = callLong("constant", text(arena, name));
            if (value < 0) {
                throw new IllegalStateException("the shim does not know " + name);
            }
            return value;
        }
    }

    /** What a pointer to a C string says. */
    static String textAt(long address) {
        return MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
    }

    static int receive(int port, int queue, long mbufs, int most) {
        try {
            return (int) RECEIVE.invokeExact(port, queue, mbufs, most);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int send(int port, int queue, long mbufs, int count) {
        try {
            return (int) SEND.invokeExact(port, queue, mbufs, count);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int prepare(int port, int queue, long mbufs, int count) {
        try {
            return (int) PREPARE.invokeExact(port, queue, mbufs, count);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int allocate(long pool, long mbufs, int count) {
        try {
            return (int) ALLOCATE.invokeExact(pool, mbufs, count);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void free(long mbufs, int count) {
        try {
            FREE.invokeExact(mbufs, count);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void refer(long mbuf, int more) {
        try {
            REFER.invokeExact(mbuf, more);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int chain(long head, long tail) {
        try {
            return (int) CHAIN.invokeExact(head, tail);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static long clone(long mbuf, long pool) {
        try {
            return (long) CLONE.invokeExact(mbuf, pool);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int linkIsUp(int port) {
        try {
            return (int) LINK_IS_UP.invokeExact(port);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int resetWanted(int port) {
        try {
            return (int) RESET_WANTED.invokeExact(port);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int lend(long head, long tail, long memory, int size, int offset, int length, long lender, int number) {
        try {
            return (int) LEND.invokeExact(head, tail, memory, size, offset, length, lender, number);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void lendPieces(long fresh, long packets, int pieces, long header, int headerBytes, int pieceBytes,
            long memory, int size, int offset, int length, long lender, int number, int maker) {
        try {
            LEND_PIECES.invokeExact(fresh, packets, pieces, header, headerBytes, pieceBytes, memory, size, offset,
                    length, lender, number, maker);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int returned(long lender, long numbers, int most) {
        try {
            return (int) RETURNED.invokeExact(lender, numbers, most);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int handOver(long ring, long mbufs, int count) {
        try {
            return (int) HAND_OVER.invokeExact(ring, mbufs, count);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int merge(long mbufs, int count, long segmentBytes, int verified, int least, int most) {
        try {
            return (int) MERGE.invokeExact(mbufs, count, segmentBytes, verified, least, most);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int takeOver(long ring, long mbufs, int most) {
        try {
            return (int) TAKE_OVER.invokeExact(ring, mbufs, most);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Memory as such: as long as the call lasts it is there, or there is an exception. */
    static void copyPastCaches(MemorySegment target, long to, MemorySegment source, long at, long length) {
        try {
            COPY_PAST_CACHES.invokeExact(target, to, source, at, length);
        } catch (IllegalStateException | WrongThreadException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** C throws nothing: this is a mistake in this class. */
    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("a call of DPDK", e);
    }
}
