package org.netchannel.optimized;

import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;

/** What a host counts beside {@link Dropped}: plain numbers, written by whoever has the turn. */
final class Statistics {
    /** A duty cycle that begins so much later than the one before it is counted as a stall. */
    static final long STALL_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** By type; 0 stands for types that are not in use. */
    private final long[] received = new long[Wire.CHANNEL_CLOSE + 1];
    private final long[] sent = new long[Wire.CHANNEL_CLOSE + 1];
    private long receivedBytes;
    private long sentBytes;
    private long failedChannels;

    private long cycles;
    private long stalls;
    private long longestCycleNs;
    private long lastCycleNs;
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

    /** A duty cycle begins; of the agent's thread alone. */
    void cycle(long nowNs) {
        if (cycles > 0) {
            long took = nowNs - lastCycleNs;
            longestCycleNs = Math.max(longestCycleNs, took);
            if (took > STALL_NS) {
                stalls++;
                FlightEvents.stall(took);
            }
        }
        lastCycleNs = nowNs;
        cycles++;
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

    long cycles() {
        return cycles;
    }

    long stalls() {
        return stalls;
    }

    long longestCycleNs() {
        return longestCycleNs;
    }
}
