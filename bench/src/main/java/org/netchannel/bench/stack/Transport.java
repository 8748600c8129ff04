package org.netchannel.bench.stack;

import java.io.IOException;
import org.netchannel.optimized.NetStack;

/** What is compared. */
public enum Transport {
    /** Two plain copies between two threads: the bound. */
    TWO_COPIES {
        @Override
        Pipe open() {
            return new CopiesPipe();
        }
    },
    /** Plain NIO sockets over loopback: what is to be replaced. */
    NIO {
        @Override
        Pipe open() throws IOException {
            return new NioPipe();
        }
    },
    /** The stack over an in-memory channel, stepped by the application's two threads. */
    MEMORY_INVOKER {
        @Override
        Pipe open() throws IOException {
            return StackPipe.inMemory(NetStack.Mode.INVOKER);
        }
    },
    /** The stack over an in-memory channel with a thread of its own on each side. */
    MEMORY_DEDICATED {
        @Override
        Pipe open() throws IOException {
            return StackPipe.inMemory(NetStack.Mode.DEDICATED);
        }
    },
    /** The stack over one TCP connection of the kernel's, stepped by the application's two threads. */
    TCP_INVOKER {
        @Override
        Pipe open() throws IOException {
            return StackPipe.overTcp(NetStack.Mode.INVOKER);
        }
    },
    /** The stack over one TCP connection of the kernel's, with a thread of its own on each side. */
    TCP_DEDICATED {
        @Override
        Pipe open() throws IOException {
            return StackPipe.overTcp(NetStack.Mode.DEDICATED);
        }
    };

    abstract Pipe open() throws IOException;
}
