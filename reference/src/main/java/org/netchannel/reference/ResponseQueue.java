package org.netchannel.reference;

import java.util.OptionalLong;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/**
 * The response queue of a connection and its STOP (section 6).
 *
 * @param waiting the packets that wait, in order of arrival
 * @param epoch the epoch of the last STOP sent, 0 when there was none (NC-HOL-4)
 * @param outstanding whether that STOP has no RESUME yet (NC-HOL-7)
 * @param stoppedAt the {@code snd_nxt} in the peer's STOP_ACK to the outstanding STOP, empty before (NC-HOL-6)
 * @param deadline when the head-of-line timer expires, or {@link Timers#NEVER} (NC-HOL-3)
 */
public record ResponseQueue(
        PVector<Waiting> waiting, long epoch, boolean outstanding, OptionalLong stoppedAt, long deadline) {

    /**
     * A DATA packet in the queue.
     *
     * @param channel the channel whose budget is charged with all of its bytes
     * @param data its offset and bytes
     */
    public record Waiting(int channel, Piece data) {}

    /** The largest epoch that fits a tag; no STOP follows it. */
    static final long LAST_EPOCH = 0xFFFF_FFFFL;

    static final ResponseQueue START =
            new ResponseQueue(TreePVector.empty(), 0, false, OptionalLong.empty(), Timers.NEVER);

    /** Below the offset of STOP_ACK DATA moves as soon as it arrives, until RESUME is sent (NC-HOL-6). */
    boolean movesAtOnce(Piece data) {
        return stoppedAt.isPresent() && data.offset() < stoppedAt.getAsLong();
    }

    ResponseQueue withWaiting(PVector<Waiting> packets) {
        return new ResponseQueue(packets, epoch, outstanding, stoppedAt, deadline);
    }

    ResponseQueue withDeadline(long nanos) {
        return new ResponseQueue(waiting, epoch, outstanding, stoppedAt, nanos);
    }

    ResponseQueue stopped() {
        return new ResponseQueue(waiting, epoch + 1, true, OptionalLong.empty(), Timers.NEVER);
    }

    ResponseQueue withStoppedAt(long offset) {
        return new ResponseQueue(waiting, epoch, outstanding, OptionalLong.of(offset), deadline);
    }

    ResponseQueue resumed() {
        return new ResponseQueue(waiting, epoch, false, OptionalLong.empty(), deadline);
    }
}
