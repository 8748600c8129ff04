package org.netchannel.cli.testbed;

/** What is still done when the process is told to end. */
final class Hooks {
    private Hooks() {}

    static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs anyway, and finds nothing to do.
            return;
        }
    }
}
