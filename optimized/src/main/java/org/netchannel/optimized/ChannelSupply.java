package org.netchannel.optimized;

import org.netchannel.traces.ChannelClass;

/** Has channels come and go: one dialer, or those of all queues of a device. */
interface ChannelSupply {
    /** A channel more. */
    void want(ChannelClass channelClass);

    /** So many channels more. */
    default void want(ChannelClass channelClass, int count) {
        for (int i = 0; i < count; i++) {
            want(channelClass);
        }
    }

    /** How many channels of a class there are to be. */
    int wanted(ChannelClass channelClass);

    /**
     * NC-CH-5: a channel less, one of the newest: it drains, and what it carries still arrives.
     *
     * @return false when there is none
     */
    boolean leave(ChannelClass channelClass);
}
