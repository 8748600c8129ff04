package org.netchannel.optimized.tcp;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An Ethernet device whose other end is the kernel of this machine. It is gone when it is closed. */
final class TapDevice implements AutoCloseable {
    private static final Path TUN = Path.of("/dev/net/tun");
    private static final int READ_WRITE_NONBLOCK = 0x802;
    private static final long TUNSETIFF = 0x400454caL;
    private static final int TAP_WITHOUT_HEADER = 0x1002;
    private static final int INTERFACE_REQUEST_BYTES = 40;
    private static final int NAME_BYTES = 16;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN = function("open",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT), 2);
    private static final MethodHandle IOCTL = function("ioctl",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG,
                    ValueLayout.ADDRESS), 2);
    private static final FunctionDescriptor TRANSFER = FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    private static final MethodHandle READ = function("read", TRANSFER, 0);
    private static final MethodHandle WRITE = function("write", TRANSFER, 0);
    private static final MethodHandle POLL = function("poll", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT), 0);
    private static final MethodHandle CLOSE = function("close",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), 0);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment pollRequest = arena.allocate(8, 4);
    private final int descriptor;

    /**
     * Makes a device and gives the kernel's end an address.
     *
     * @param name of the device
     * @param kernelAddress with a prefix length
     * @param mtu of the kernel's end
     */
    TapDevice(String name, String kernelAddress, int mtu) throws IOException {
        try {
            descriptor = (int) OPEN.invokeExact(arena.allocateFrom(TUN.toString()), READ_WRITE_NONBLOCK);
            if (descriptor < 0) {
                throw new IOException(TUN + " can't be opened");
            }
            MemorySegment request = arena.allocate(INTERFACE_REQUEST_BYTES, 8);
            byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
            MemorySegment.copy(MemorySegment.ofArray(ascii), 0, request, 0, ascii.length);
            request.set(ValueLayout.JAVA_SHORT, NAME_BYTES, (short) TAP_WITHOUT_HEADER);
            if ((int) IOCTL.invokeExact(descriptor, TUNSETIFF, request) < 0) {
                throw new IOException("the device " + name + " can't be made");
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        pollRequest.set(ValueLayout.JAVA_INT, 0, descriptor);
        pollRequest.set(ValueLayout.JAVA_SHORT, 4, (short) 1);
        ip("addr", "add", kernelAddress, "dev", name);
        ip("link", "set", "dev", name, "mtu", Integer.toString(mtu), "up");
    }

    /** Whether this machine lets us make devices. */
    static boolean isPossible() {
        return Files.isWritable(TUN) && Files.isExecutable(Path.of("/usr/sbin/ip"));
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor descriptor, int firstVariadic) {
        Linker.Option[] options = firstVariadic == 0 ? new Linker.Option[0]
                : new Linker.Option[] {Linker.Option.firstVariadicArg(firstVariadic)};
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
    }

    /** Calls ip(8) in the network of the calling thread. */
    static void ip(String... arguments) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of("/usr/sbin/ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Waits for a frame, but not longer than that. */
    void await(int milliseconds) {
        try {
            int ready = (int) POLL.invokeExact(pollRequest, 1L, milliseconds);
            if (ready < 0) {
                throw new IllegalStateException("poll failed");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a frame; answers its length, less than 0 when there is none. */
    int read(MemorySegment target) {
        return transfer(READ, target, target.byteSize());
    }

    /** Writes a frame; false when the kernel has no room for it. */
    boolean write(MemorySegment source, long length) {
        return transfer(WRITE, source, length) == length;
    }

    private int transfer(MethodHandle call, MemorySegment memory, long length) {
        try {
            return (int) (long) call.invokeExact(descriptor, memory, length);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            int result = (int) CLOSE.invokeExact(descriptor);
            if (result < 0) {
                throw new IllegalStateException("close failed");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        arena.close();
    }
}
