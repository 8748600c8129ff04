package org.netchannel.bench.stack;

import java.io.IOException;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.Threading;
import org.netchannel.traces.ChannelClass;

/** How a connection with short messages and one with bulk share a link. */
public enum Neighbours {
    /** Two plain NIO sockets over loopback: the kernel keeps them apart. */
    NIO {
        @Override
        Pair open() throws IOException {
            Pipe messages = new NioPipe();
            return new Pair(messages, new NioPipe(), messages);
        }
    },
    /** The stack over TCP, each connection with a channel of its own class. */
    CLASSES_APART {
        @Override
        Pair open() throws IOException {
            return stack(1, ChannelClass.LATENCY);
        }
    },
    /** The stack over TCP, both connections of class THROUGHPUT, over one channel: what classes are for. */
    ONE_CLASS {
        @Override
        Pair open() throws IOException {
            return stack(0, ChannelClass.THROUGHPUT);
        }
    };

    /** Both connections, and what to close after them. */
    record Pair(Pipe messages, Pipe bulk, AutoCloseable last) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            messages.close();
            bulk.close();
            try {
                last.close();
            } catch (Exception e) {
                throw new IOException("the link does not close", e);
            }
        }
    }

    abstract Pair open() throws IOException;

    private static Pair stack(int latency, ChannelClass ofMessages) throws IOException {
        StackLink link = new StackLink(Threading.of(NetStack.Mode.DEDICATED), Connector.TCP, latency, 1);
        return new Pair(link.connect(ofMessages), link.connect(ChannelClass.THROUGHPUT), link);
    }
}
