package org.netchannel.conformance.junit;

import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Endpoint;

/** What an implementer writes: the reference passes. */
class ReferenceIsTestedTest extends EndpointTests {
    @Override
    protected Endpoint newEndpoint() {
        return new ReferenceEndpoint();
    }

    @Override
    protected int scenarios() {
        return 3;
    }
}
