package org.netchannel.optimized;

import java.util.concurrent.atomic.AtomicInteger;

/** Numbers for the channels that a host dials: odd ones, each once (NC-CH-2). Any thread. */
final class ChannelNumbers {
    private final AtomicInteger next = new AtomicInteger(1);

    int take() {
        return next.getAndAdd(2);
    }
}
