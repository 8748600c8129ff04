package org.netchannel.conformance;

import org.netchannel.traces.Endpoint;

/** What a run does with endpoints, apart from calling them. */
public final class Endpoints {
    private Endpoints() {}

    /**
     * Lets go of an endpoint that is not called any more. One that holds a process or a file is an
     * {@link AutoCloseable}; others need nothing.
     *
     * @param endpoint the endpoint
     */
    public static void letGo(Endpoint endpoint) {
        if (endpoint instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("an endpoint can't be closed", e);
            }
        }
    }
}
