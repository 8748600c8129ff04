package org.netchannel.cli.verify;

import java.io.IOException;
import org.netchannel.cli.Progress;

/** One thing that {@code verify} does. Called by the command's thread, once. */
public interface Part {
    /**
     * The part's name in the report.
     *
     * @return one word
     */
    String name();

    /**
     * Does it.
     *
     * @param progress is told how far it is
     * @return what was found
     * @throws IOException when this machine does not let it
     * @throws InterruptedException when the thread is interrupted; nothing is left behind
     */
    Finding run(Progress progress) throws IOException, InterruptedException;
}
