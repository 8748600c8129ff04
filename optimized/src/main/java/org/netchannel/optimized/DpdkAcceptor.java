package org.netchannel.optimized;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.concurrent.Agent;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.TcpListener;

/**
 * Accepts connections of TCP in user space and finds out which channel each is, from the HELLO that has to come first
 * (NC-CH-2). Who says nothing for too long, or anything else, is shown out. The stack's thread calls.
 */
final class DpdkAcceptor implements Agent {
    private static final long EVERY_NS = 1_000_000;
    private static final long PATIENCE_NS = 5_000_000_000L;
    private static final int MOST_VISITORS = 64;

    /** A connection that has not said yet what it is. */
    private record Visitor(TcpConnection connection, ByteBuffer said, long sinceNs) {}

    private final DpdkLink link;
    private final int port;
    private final Deque<Visitor> visitors = new ArrayDeque<>();
    private TcpListener listener;
    private long nextLookNs = System.nanoTime();

    DpdkAcceptor(DpdkLink link, int port) {
        this.link = link;
        this.port = port;
    }

    @Override
    public String roleName() {
        return "netchannel-dpdk-acceptor";
    }

    @Override
    public int doWork() {
        long now = System.nanoTime();
        if (now - nextLookNs < 0) {
            return 0;
        }
        nextLookNs = now + EVERY_NS;
        if (listener == null) {
            listener = link.host().ip().listen(port, MOST_VISITORS);
            if (listener == null) {
                throw new IllegalStateException("somebody listens at port " + port + " of " + link.host() + " already");
            }
        }
        int work = accept(now);
        for (int left = visitors.size(); left > 0; left--) {
            Visitor visitor = visitors.remove();
            if (isStillWaiting(visitor, now)) {
                visitors.add(visitor);
            } else {
                work++;
            }
        }
        return work;
    }

    private int accept(long now) {
        TcpConnection connection = visitors.size() < MOST_VISITORS ? listener.accept() : null;
        if (connection == null) {
            return 0;
        }
        visitors.add(new Visitor(connection, ByteBuffer.allocate(Hello.PACKET_BYTES), now));
        return 1;
    }

    private boolean isStillWaiting(Visitor visitor, long now) {
        ByteBuffer said = visitor.said();
        int count = visitor.connection().receive(
                MemorySegment.ofArray(said.array()), said.position(), said.remaining());
        if (count >= 0) {
            said.position(said.position() + count);
            if (said.hasRemaining() && now - visitor.sinceNs() < PATIENCE_NS) {
                return true;
            }
        }
        if (count < 0 || said.hasRemaining() || !letIn(visitor)) {
            visitor.connection().close();
        }
        return false;
    }

    private boolean letIn(Visitor visitor) {
        ByteBuffer said = visitor.said().flip();
        Hello hello = Hello.of(said);
        return hello != null
                && link.attach(hello.number(), hello.channelClass(), false, visitor.connection(), said) != null;
    }
}
