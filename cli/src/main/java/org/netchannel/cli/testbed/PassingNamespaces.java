package org.netchannel.cli.testbed;

import java.io.IOException;
import java.util.function.Consumer;

/** Namespaces for one run: they are removed however this process ends, but for a kill that nobody can hear. */
public final class PassingNamespaces implements AutoCloseable {
    private final Namespaces namespaces;
    private final Consumer<String> told;
    private final Thread hook = new Thread(this::end);
    private boolean isUp;
    private boolean ended;

    /**
     * None yet.
     *
     * @param namespaces what to make
     * @param told why they could not be removed
     */
    public PassingNamespaces(Namespaces namespaces, Consumer<String> told) {
        this.namespaces = namespaces;
        this.told = told;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Makes them.
     *
     * @param mtu largest IP packet of the link, in bytes
     * @throws IOException when that is not permitted, or they are there already, or the process is ending
     */
    public synchronized void up(int mtu) throws IOException {
        if (ended) {
            throw new IOException("this process is ending");
        }
        namespaces.up(mtu);
        isUp = true;
    }

    /** Those that others have made stay. */
    private synchronized void end() {
        ended = true;
        if (isUp) {
            isUp = false;
            try {
                namespaces.down();
            } catch (IOException e) {
                told.accept("the namespaces are still there: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        end();
        Hooks.remove(hook);
    }
}
