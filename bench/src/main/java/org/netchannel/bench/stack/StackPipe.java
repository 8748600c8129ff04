package org.netchannel.bench.stack;

import java.io.IOException;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.Threading;
import org.netchannel.traces.ChannelClass;

/** One connection of two stacks over one data channel. */
record StackPipe(StackLink link, Pipe connection) implements Pipe {
    private static StackPipe open(NetStack.Mode mode, Connector connector) throws IOException {
        StackLink link = new StackLink(Threading.of(mode), connector, 1, 0);
        return new StackPipe(link, link.connect(ChannelClass.LATENCY));
    }

    static StackPipe inMemory(NetStack.Mode mode) throws IOException {
        return open(mode, Connector.MEMORY);
    }

    static StackPipe overTcp(NetStack.Mode mode) throws IOException {
        return open(mode, Connector.TCP);
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
