package org.netchannel.bench.hosts;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * What a host has opened to dial from, before it asks another one for anything: that may be what the other one needs.
 *
 * @param dialing opens a session with who listens somewhere, once
 * @param closing ends what was opened, if there is no session that does
 */
record Dialer(Dialing dialing, Session.Closing closing) {
    /** Opens a session. */
    interface Dialing {
        Session dial(InetSocketAddress there) throws IOException;
    }

    /** One that opens nothing before it dials. */
    static Dialer of(Dialing dialing) {
        return new Dialer(dialing, () -> {});
    }
}
