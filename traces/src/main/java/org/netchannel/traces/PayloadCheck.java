package org.netchannel.traces;

/**
 * Knows what the sending application gave, so that any byte can be checked wherever it passes. {@link
 * PayloadPattern#matches} is one; another may compare with a file.
 */
@FunctionalInterface
public interface PayloadCheck {
    /**
     * Compares bytes with what the sending application gave.
     *
     * @param connection connection id
     * @param direction 0 from the connecting to the accepting side, 1 back
     * @param offset where in the direction's stream the bytes begin, unsigned
     * @param data the bytes, possibly none
     * @return whether they are the right ones
     */
    boolean intact(long connection, int direction, long offset, Bytes data);
}
