package org.netchannel.bench.stack;

import java.io.IOException;
import org.netchannel.optimized.NetStack;
import org.netchannel.traces.ChannelClass;

/** One connection of two stacks over one data channel. */
record StackPipe(StackLink link, Pipe connection) implements Pipe {
    private static StackPipe open(NetStack.Mode mode, boolean tcp) throws IOException {
        StackLink link = new StackLink(mode, tcp, 1, 0);
        return new StackPipe(link, link.connect(ChannelClass.LATENCY));
    }

    static StackPipe inMemory(NetStack.Mode mode) throws IOException {
        return open(mode, false);
    }

    static StackPipe overTcp(NetStack.Mode mode) throws IOException {
        return open(mode, true);
    }

    @Override
    public End left() {
        return connection.left();
    }

    @Override
    public End right() {
        return connection.right();
    }

    @Override
    public void close() {
        link.close();
    }
}
