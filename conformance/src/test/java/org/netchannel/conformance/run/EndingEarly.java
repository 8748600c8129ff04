package org.netchannel.conformance.run;

import org.netchannel.traces.Outcome;

/** Says end-of-stream whenever there is nothing to read (NC-FIN-2), in a class that a user may name. */
public final class EndingEarly extends ForwardingEndpoint {
    /** An endpoint that is not open yet. */
    public EndingEarly() {}

    @Override
    public Outcome<Received> receive(int socket, int max) {
        return super.receive(socket, max).map(read -> new Received(read.data(), read.data().length() == 0));
    }
}
