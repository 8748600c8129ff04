package org.netchannel.cli;

/** What the process exits with; the same for every command. */
public final class ExitStatus {
    /** Everything that was checked held. */
    public static final int HELD = 0;
    /** Something that was checked did not hold. */
    public static final int VIOLATION = 1;
    /** The command was typed wrong, or names a file that can't be used. */
    public static final int USAGE = 2;
    /** A mistake in this program or a failure of this machine; says nothing about what was to be checked. */
    public static final int BROKEN = 70;

    private ExitStatus() {}
}
