package org.netchannel.cli.copy;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.netchannel.cli.link.Transport;
import org.netchannel.optimized.DriverDecorator;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.TcpLink;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;

/** Sends files to a {@link FileServer}, one after another. One thread calls. */
public final class FileCopier implements Closeable {
    private static final long MEMORY_BYTES = 64L << 20;

    private final NetStack stack;

    /**
     * Dials; that nobody is there shows with the first file.
     *
     * @param transport what the link goes over; closed after this
     * @param server where the server listens
     * @param channels how many data channels the link has, 1 to {@link TcpLink#MOST_CHANNELS}
     * @param decorator what is put around the drivers of channels
     */
    public FileCopier(Transport transport, InetSocketAddress server, int channels, DriverDecorator decorator) {
        stack = transport.start(Config.DEFAULTS, MEMORY_BYTES);
        stack.decorate(decorator);
        transport.dial(stack, server, 0, channels);
    }

    /**
     * Sends one file, or the rest of it when the server has a part.
     *
     * @param file what to send
     * @param progress is told how many bytes the server has
     * @return what became of it
     * @throws IOException when the file cannot be read, or the connection breaks: then it may be copied again
     */
    public Copied copy(Path file, LongConsumer progress) throws IOException {
        return new FileSender(stack.connect(CopyWire.PORT, ChannelClass.THROUGHPUT), file, progress).run();
    }

    @Override
    public void close() {
        stack.close();
    }
}
