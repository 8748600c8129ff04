package org.netchannel.bench.stack;

import java.io.IOException;
import org.netchannel.optimized.NetStack;
import org.netchannel.optimized.VirtualServerSocket;
import org.netchannel.optimized.VirtualSocket;

/** One thread that does the work of two stacks in {@link NetStack.Mode#INVOKER} mode, until their ends have met. */
public final class Stepping {
    private Stepping() {}

    /**
     * Steps both stacks until a connection that was begun at one has come up at the other.
     *
     * @param left where it was begun
     * @param right where it is accepted
     * @param server listens there
     * @return the accepted end
     * @throws IOException when the listener was closed
     */
    public static VirtualSocket accept(NetStack left, NetStack right, VirtualServerSocket server) throws IOException {
        while (true) {
            left.doWork();
            right.doWork();
            var accepted = server.tryAccept();
            if (accepted.isPresent()) {
                left.doWork();
                return accepted.get();
            }
        }
    }
}
