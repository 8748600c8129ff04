package org.netchannel.conformance.capture;

import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Hello;

/** A channel of a link, as far as the inference has come with it. Arrays have a place for each host. */
final class SeenChannel {
    private final Stream stream;
    private final int dialer;
    private final int number;
    private final ChannelClass channelClass;
    final boolean[] up = new boolean[2];
    final boolean[] down = new boolean[2];
    final boolean[] failing = new boolean[2];
    /** A packet is being delivered to the host; the next has to wait. */
    final boolean[] delivering = new boolean[2];
    /** The next record that is to be delivered to the host. */
    final long[] toDeliver = new long[2];
    /** The last record of the host that was pulled. */
    final long[] pulled = {PacketStore.NONE, PacketStore.NONE};

    SeenChannel(Stream stream, int dialer, PacketStore store) {
        Hello hello = stream.hello(true).orElseThrow();
        this.stream = stream;
        this.dialer = dialer;
        this.number = (int) hello.channel();
        this.channelClass = ChannelClass.values()[(int) hello.classCode()];
        toDeliver[dialer] = store.firstOf(stream.number(), false);
        toDeliver[1 - dialer] = store.firstOf(stream.number(), true);
    }

    int number() {
        return number;
    }

    ChannelClass channelClass() {
        return channelClass;
    }

    int dialer() {
        return dialer;
    }

    /** Which host sent what one end of the TCP connection sent. */
    int sender(boolean byDialer) {
        return byDialer ? dialer : 1 - dialer;
    }

    /** Whether a host sent what the dialing end of the TCP connection sent. */
    boolean byDialer(int host) {
        return host == dialer;
    }

    int stream() {
        return stream.number();
    }

    /** Whether one of the hosts closed the TCP connection, now or later. */
    boolean ends() {
        return stream.isOver();
    }
}
