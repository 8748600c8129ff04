package org.netchannel.traces;

/**
 * What bytes from the wire came to: a value, or what is wrong with them. A peer's garbage is a result, never an
 * exception (NC-HDR-2).
 *
 * @param <T> what well-formed bytes stand for
 */
public sealed interface Decoded<T> {
    /**
     * The bytes are well-formed.
     *
     * @param value what they stand for
     * @param <T> its type
     */
    record Good<T>(T value) implements Decoded<T> {}

    /**
     * The bytes are not well-formed.
     *
     * @param byteIndex index of the first byte of the field that is wrong, or where bytes are missing or too many
     * @param reason one line that gives the value found and what would be legal
     * @param <T> what well-formed bytes would have stood for
     */
    record Malformed<T>(int byteIndex, String reason) implements Decoded<T> {}
}
