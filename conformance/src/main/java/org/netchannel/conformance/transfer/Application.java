package org.netchannel.conformance.transfer;

import org.netchannel.traces.Endpoint;

/** What runs on an endpoint while a pump moves its packets. Called by the pump's thread. */
@FunctionalInterface
public interface Application {
    /**
     * Does what can be done now; called after packets were delivered, again while it changes something, and every few
     * milliseconds when nothing happens.
     *
     * @param endpoint the endpoint, open
     * @return whether anything changed, so that there may be more to do at once
     */
    boolean step(Endpoint endpoint);
}
