package org.netchannel.optimized;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.TcpListener;

/** Accepts connections of TCP in user space; {@link DpdkLink} ends those that are left. The stack's thread calls. */
final class DpdkAcceptor extends Acceptor<TcpConnection> {
    /** Connections that TCP keeps until the next look. */
    private static final int BACKLOG = 64;

    private final DpdkLink link;
    private final int port;
    private TcpListener listener;

    DpdkAcceptor(NetStack stack, DpdkLink link, int port) {
        super(stack);
        this.link = link;
        this.port = port;
    }

    @Override
    public String roleName() {
        return "netchannel-dpdk-acceptor";
    }

    @Override
    TcpConnection accept() {
        if (listener == null) {
            listener = link.host().ip().listen(port, BACKLOG);
            if (listener == null) {
                throw new IllegalStateException("somebody listens at port " + port + " of " + link.host() + " already");
            }
        }
        return listener.accept();
    }

    @Override
    void prepare(TcpConnection connection) {
        // It never blocks.
    }

    @Override
    int read(TcpConnection connection, ByteBuffer said) {
        int count = connection.receive(MemorySegment.ofArray(said.array()), said.position(), said.remaining());
        said.position(said.position() + Math.max(count, 0));
        return count;
    }

    @Override
    boolean attach(TcpConnection connection, Hello hello, ByteBuffer said) {
        return link.attach(hello.number(), hello.channelClass(), false, connection, said) != null;
    }

    /** Nothing of it stays: a stranger that does not answer any more would keep a closing connection for long. */
    @Override
    void showOut(TcpConnection connection) {
        connection.abort();
    }
}
