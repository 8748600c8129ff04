package org.netchannel.conformance.run;

import org.netchannel.conformance.application.Applications;
import org.netchannel.conformance.link.Link;
import org.netchannel.conformance.link.LinkWatcher;

/** What happens in a run that is no scenario. It sees every packet that passes. Called in the driver's thread. */
public interface Script extends LinkWatcher {
    /**
     * Makes it happen, from open endpoints and the channels of the start. Throws
     * {@link org.netchannel.conformance.ViolationFound} when a host does what it must not do.
     *
     * @param link what is between the hosts
     * @param applications the applications of both
     * @param pump moves packets where their order does not matter
     */
    void play(Link link, Applications applications, Pump pump);
}
