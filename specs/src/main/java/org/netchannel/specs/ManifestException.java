package org.netchannel.specs;

/** The manifest, or a configuration it names, is wrong. The message is one line that says where and why. */
public final class ManifestException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Something is wrong.
     *
     * @param message one line
     */
    public ManifestException(String message) {
        super(message);
    }
}
