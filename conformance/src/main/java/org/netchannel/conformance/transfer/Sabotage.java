package org.netchannel.conformance.transfer;

import java.util.List;
import java.util.OptionalInt;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.PacketHeader;

/** Picks the moment and the channel for a failure on purpose. Used by the pump's thread. */
final class Sabotage {
    private long bytesLeft;
    private OptionalInt victim = OptionalInt.empty();

    /**
     * A failure that is still to come.
     *
     * @param afterBytes how many bytes of payload go out on data channels before it
     */
    Sabotage(long afterBytes) {
        this.bytesLeft = afterBytes;
    }

    /** Whether to break the channel now, with these packets about to be written. */
    boolean strikes(int channel, List<Bytes> packets) {
        if (victim.isPresent()) {
            return false;
        }
        long payload = packets.stream().mapToLong(packet -> packet.length() - PacketHeader.BYTES).sum();
        bytesLeft -= payload;
        if (bytesLeft > 0 || payload == 0) {
            return false;
        }
        victim = OptionalInt.of(channel);
        return true;
    }

    OptionalInt victim() {
        return victim;
    }
}
