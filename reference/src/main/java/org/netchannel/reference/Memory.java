package org.netchannel.reference;

import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.Reason;

/**
 * What a host remembers of connections that it has no state for.
 *
 * @param gone ids of connections that were here and are over (NC-HS-2)
 * @param refused ids that were refused, and why (NC-HS-2)
 * @param resetFirst ids that an RST named while they were unknown (NC-HS-7)
 * @param sentResets every RST sent, by id and reason (NC-FAIL-2)
 * @param answers the RST UNKNOWN_CONNECTION sent last for an id (NC-HS-7)
 */
public record Memory(
        Remembered<Long, Boolean> gone,
        Remembered<Long, Reason> refused,
        Remembered<Long, Boolean> resetFirst,
        Remembered<SentReset, PacketHeader> sentResets,
        Remembered<Long, Answer> answers) {

    /**
     * Two RSTs are one when id and reason are the same.
     *
     * @param connection the connection id
     * @param reason the tag
     */
    public record SentReset(long connection, long reason) {}

    /**
     * An RST UNKNOWN_CONNECTION that was sent for an id.
     *
     * @param reset the packet that was sent, or is to be sent
     * @param again whether another one is due when the acknowledgement delay is over
     */
    public record Answer(PacketHeader reset, boolean again) {}

    static final Memory NOTHING = new Memory(Remembered.nothing(), Remembered.nothing(), Remembered.nothing(),
            Remembered.nothing(), Remembered.nothing());

    Memory withGone(Remembered<Long, Boolean> ids) {
        return new Memory(ids, refused, resetFirst, sentResets, answers);
    }

    Memory withRefused(Remembered<Long, Reason> ids) {
        return new Memory(gone, ids, resetFirst, sentResets, answers);
    }

    Memory withResetFirst(Remembered<Long, Boolean> ids) {
        return new Memory(gone, refused, ids, sentResets, answers);
    }

    Memory withSentResets(Remembered<SentReset, PacketHeader> resets) {
        return new Memory(gone, refused, resetFirst, resets, answers);
    }

    Memory withAnswers(Remembered<Long, Answer> sent) {
        return new Memory(gone, refused, resetFirst, sentResets, sent);
    }
}
