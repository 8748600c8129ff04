package org.netchannel.conformance.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Selector;

/** Where the channels of a link come from: one host dials them, the other accepts. Used by the pump's thread. */
interface ChannelSource extends Closeable {
    /**
     * Registers what the source waits for.
     *
     * @param selector the pump's
     * @param opened is told of each channel that has opened
     * @param nowNs the pump's clock
     */
    void begin(Selector selector, Opened opened, long nowNs) throws IOException;

    /**
     * Does what is due: dials what is missing, drops who says nothing.
     *
     * @param nowNs the pump's clock
     */
    void turn(long nowNs) throws IOException;

    /** A channel of this source is over. */
    void over(TcpChannel channel);

    /** Takes a channel whose number and class are known. */
    @FunctionalInterface
    interface Opened {
        /**
         * The channel is open, as this host sees it.
         *
         * @param channel the channel; its framer holds what was read already
         * @param dialer whether this host dialed it
         * @return false when it can't be used; it is closed then
         */
        boolean opened(TcpChannel channel, boolean dialer) throws IOException;
    }
}
