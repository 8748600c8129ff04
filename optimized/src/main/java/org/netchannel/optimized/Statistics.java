package org.netchannel.optimized;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.ErrorHandler;

/** What a host counts beside {@link Dropped}: plain numbers, written by whoever has the turn. */
final class Statistics {
    /** By type; 0 stands for types that are not in use. */
    private final long[] received = new long[Wire.CHANNEL_CLOSE + 1];
    private final long[] sent = new long[Wire.CHANNEL_CLOSE + 1];
    private long receivedBytes;
    private long sentBytes;
    private long failedChannels;
    private final long[] limited = new long[Limited.values().length];

    private final DpdkStatistics dpdk = new DpdkStatistics();
    /** One for each duty cycle. */
    private final List<Cycles> cycles = new CopyOnWriteArrayList<>();
    /** Where errors of transports go; nowhere unless somebody asks for them. */
    private volatile ErrorHandler errors = error -> {};

    void received(IncomingPacket packet) {
        received[packet.isKnownType() ? packet.type : 0]++;
        receivedBytes += packet.length;
    }

    void sent(OutgoingPacket packet) {
        sent[packet.type]++;
        sentBytes += packet.length;
    }

    void channelFailed() {
        failedChannels++;
    }

    /** A limit has done something. */
    void limited(Limited what) {
        limited[what.ordinal()]++;
    }

    long times(Limited what) {
        return limited[what.ordinal()];
    }

    /** For one more duty cycle. */
    Cycles newCycles() {
        Cycles one = new Cycles();
        cycles.add(one);
        return one;
    }

    void onErrors(ErrorHandler handler) {
        errors = handler;
    }

    /** Something that nobody here can mend has happened; null for nothing. */
    void error(Throwable error) {
        if (error != null) {
            errors.onError(error);
        }
    }

    DpdkStatistics dpdk() {
        return dpdk;
    }

    long received(int type) {
        return received[type];
    }

    long sent(int type) {
        return sent[type];
    }

    long receivedBytes() {
        return receivedBytes;
    }

    long sentBytes() {
        return sentBytes;
    }

    long failedChannels() {
        return failedChannels;
    }

    /** Of all threads together. */
    long cycles() {
        long sum = 0;
        for (int i = 0; i < cycles.size(); i++) {
            sum += cycles.get(i).count();
        }
        return sum;
    }

    /** Of all threads together. */
    long stalls() {
        long sum = 0;
        for (int i = 0; i < cycles.size(); i++) {
            sum += cycles.get(i).stalls();
        }
        return sum;
    }

    /** Of whichever thread. */
    long longestCycleNs() {
        long longest = 0;
        for (int i = 0; i < cycles.size(); i++) {
            longest = Math.max(longest, cycles.get(i).longestNs());
        }
        return longest;
    }
}
