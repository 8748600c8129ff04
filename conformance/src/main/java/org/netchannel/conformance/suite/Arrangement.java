package org.netchannel.conformance.suite;

/** Who is on which side of the link. */
public enum Arrangement {
    /** The implementation is host A; its peer is played. */
    ALONE("it is A, and the packets of its peer are made up"),
    /** The implementation is both hosts. */
    SELF("it is both A and B"),
    /** The implementation is host A, the reference host B. */
    BEFORE_REFERENCE("it is A, the reference is B"),
    /** The reference is host A, the implementation host B. */
    BEHIND_REFERENCE("the reference is A, it is B");

    private final String words;

    Arrangement(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
