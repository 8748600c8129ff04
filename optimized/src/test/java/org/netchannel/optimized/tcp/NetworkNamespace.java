package org.netchannel.optimized.tcp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * A network of its own for the thread that makes it, and for threads and processes that it starts (namespaces(7)):
 * no address of this machine is touched. Closed by the same thread, which is back where it was then.
 */
final class NetworkNamespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final MethodHandle OPEN = function("open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle UNSHARE =
            function("unshare", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle SETNS = function("setns",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE =
            function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final Thread thread = Thread.currentThread();
    private final int before;

    private NetworkNamespace(int before) {
        this.before = before;
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
    }

    /**
     * Takes the calling thread to a new one.
     *
     * @throws IOException when that is not permitted
     */
    static NetworkNamespace enter() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int before = (int) OPEN.invokeExact(arena.allocateFrom("/proc/thread-self/ns/net"), 0);
            if (before < 0 || (int) UNSHARE.invokeExact(CLONE_NEWNET) < 0) {
                throw new IOException("a network namespace is not permitted");
            }
            return new NetworkNamespace(before);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("entered by " + thread);
        }
        try {
            int result = (int) SETNS.invokeExact(before, CLONE_NEWNET);
            int closed = (int) CLOSE.invokeExact(before);
            if (result < 0 || closed < 0) {
                throw new IllegalStateException("the network from before can't be entered");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
