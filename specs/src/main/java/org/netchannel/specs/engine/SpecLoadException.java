package org.netchannel.specs.engine;

/**
 * A specification that cannot be loaded: a file is missing, or TLC finds an error in the module or its configuration.
 */
public final class SpecLoadException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Makes the exception.
     *
     * @param message what TLC said, with the place in the module
     * @param cause what it threw
     */
    public SpecLoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
