package org.netchannel.cli.doctor;

/**
 * One thing that was looked at.
 *
 * @param name what
 * @param state how it is
 * @param found what was found, in a few words
 * @param advice what to do about it; empty when there is nothing to do
 */
public record Check(String name, State state, String found, String advice) {
    /** How a thing is. */
    public enum State {
        /** As it should be. */
        OK,
        /** The stack runs without it, but not as fast, or not on every device. */
        NOTE,
        /** DPDK can't be used without it. */
        MISSING
    }

    static Check ok(String name, String found) {
        return new Check(name, State.OK, found, "");
    }

    static Check note(String name, String found, String advice) {
        return new Check(name, State.NOTE, found, advice);
    }

    static Check missing(String name, String found, String advice) {
        return new Check(name, State.MISSING, found, advice);
    }
}
