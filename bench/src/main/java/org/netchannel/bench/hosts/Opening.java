package org.netchannel.bench.hosts;

import java.io.IOException;

/** Opens something that goes on with something else. */
interface Opening<T> {
    T open() throws IOException;

    /** Opens it; whatever it throws, the other thing is closed then. */
    static <T> T orClose(Session.Closing other, Opening<T> opening) throws IOException {
        try {
            return opening.open();
        } catch (IOException | RuntimeException | Error e) {
            try {
                other.close();
            } catch (IOException | RuntimeException alsoThat) {
                e.addSuppressed(alsoThat);
            }
            throw e;
        }
    }
}
