package org.netchannel.traces;

import java.util.Arrays;
import java.util.Objects;

/**
 * A view of bytes in an array that nobody changes any more. Slicing does not copy.
 *
 * @param array holds the bytes; shared, never written after the view was made
 * @param from index of the first byte
 * @param length number of bytes
 */
public record Bytes(byte[] array, int from, int length) {
    /** No bytes. */
    public static final Bytes EMPTY = of();

    /** Checks that the view lies within the array. */
    public Bytes {
        Objects.checkFromIndexSize(from, length, array.length);
    }

    /**
     * A view of a whole array.
     *
     * @param array the bytes; the caller gives up writing to it
     * @return the view
     */
    public static Bytes of(byte... array) {
        return new Bytes(array, 0, array.length);
    }

    /**
     * A part of this view.
     *
     * @param start index of its first byte within this view
     * @param count its length
     * @return the part; shares the array
     */
    public Bytes slice(int start, int count) {
        Objects.checkFromIndexSize(start, count, length);
        return new Bytes(array, from + start, count);
    }

    /**
     * One byte.
     *
     * @param index 0 to {@code length - 1}
     * @return the byte
     */
    public byte at(int index) {
        return array[from + Objects.checkIndex(index, length)];
    }

    /**
     * A copy of the bytes.
     *
     * @return a new array
     */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, from, from + length);
    }

    /** Equal when the bytes are, wherever they lie. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that
                && Arrays.equals(array, from, from + length, that.array, that.from, that.from + that.length);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return length + " bytes";
    }
}
