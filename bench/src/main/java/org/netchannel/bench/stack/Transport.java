package org.netchannel.bench.stack;

import java.io.IOException;
import java.util.Locale;
import org.netchannel.optimized.NetStack;

/** What is compared. */
public enum Transport implements Carrier {
    /** Two plain copies between two threads: the bound. */
    TWO_COPIES {
        @Override
        public Pipe open() {
            return new CopiesPipe();
        }
    },
    /** Plain NIO sockets over loopback: what is to be replaced. */
    NIO {
        @Override
        public Pipe open() throws IOException {
            return new NioPipe();
        }
    },
    /** The stack over an in-memory channel, stepped by the application's two threads. */
    MEMORY_INVOKER {
        @Override
        public Pipe open() throws IOException {
            return StackPipe.inMemory(NetStack.Mode.INVOKER);
        }
    },
    /** The stack over an in-memory channel with a thread of its own on each side. */
    MEMORY_DEDICATED {
        @Override
        public Pipe open() throws IOException {
            return StackPipe.inMemory(NetStack.Mode.DEDICATED);
        }
    },
    /** The stack over one TCP connection of the kernel's, stepped by the application's two threads. */
    TCP_INVOKER {
        @Override
        public Pipe open() throws IOException {
            return StackPipe.overTcp(NetStack.Mode.INVOKER);
        }
    },
    /** The stack over one TCP connection of the kernel's, with a thread of its own on each side. */
    TCP_DEDICATED {
        @Override
        public Pipe open() throws IOException {
            return StackPipe.overTcp(NetStack.Mode.DEDICATED);
        }
    };

    @Override
    public String tableName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
