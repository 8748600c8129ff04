package org.netchannel.optimized;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.netchannel.optimized.tcp.State;
import org.netchannel.optimized.tcp.TcpConnection;
import org.netchannel.optimized.tcp.wire.Ipv6Address;
import org.netchannel.traces.ChannelClass;

/** Dials over TCP in user space; {@link DpdkLink} ends what is not connected when it ends. Its thread works. */
final class DpdkDialer extends Dialer<TcpConnection> {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** It may become a channel, or is ready to. One that the peer has ended by then is none. */
    private static final Set<State> OPENING = EnumSet.of(State.SYN_SENT, State.SYN_RECEIVED, State.ESTABLISHED);

    private final DpdkLink link;
    private final Ipv6Address address;
    private final int port;
    private final ChannelNumbers numbers;

    /** Of no channels yet; several dialers for one peer have the same numbers. */
    DpdkDialer(DpdkLink link, Ipv6Address address, int port, ChannelNumbers numbers) {
        super(link.stack());
        this.link = link;
        this.address = address;
        this.port = port;
        this.numbers = numbers;
    }

    @Override
    public String roleName() {
        return "netchannel-dpdk-dialer";
    }

    @Override
    boolean mayDial() {
        return link.host().problem() == null;
    }

    @Override
    TcpConnection dial() throws IOException {
        TcpConnection connection = link.host().ip().connect(address, port);
        if (connection == null) {
            throw new IOException("no port is free, or there are as many connections as there may be");
        }
        return connection;
    }

    @Override
    boolean isConnected(TcpConnection connection) throws IOException {
        if (!OPENING.contains(connection.state())) {
            throw new IOException("the connection has ended");
        }
        return connection.state() == State.ESTABLISHED;
    }

    @Override
    Channel attach(ChannelClass channelClass, TcpConnection connection) {
        return link.attach(numbers.take(), channelClass, true, connection, NOTHING);
    }

    @Override
    void giveUp(TcpConnection connection) {
        connection.abort();
    }
}
