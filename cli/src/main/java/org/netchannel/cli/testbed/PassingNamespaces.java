package org.netchannel.cli.testbed;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What one run changes: namespaces that are made for it are removed, and in those that stay the kernel gets its
 * offloads back, however this process ends, but for a kill that nobody can hear.
 */
public final class PassingNamespaces implements AutoCloseable {
    private final Namespaces namespaces;
    private final Consumer<String> told;
    private final Thread hook = new Thread(this::end);
    private boolean isUp;
    /** What the kernel left to the link before, by namespace. */
    private final Map<String, Set<String>> offloads = new LinkedHashMap<>();
    private boolean ended;

    /**
     * None yet.
     *
     * @param namespaces what to make
     * @param told why something stays changed
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
        requireNotEnded();
        namespaces.up(mtu);
        isUp = true;
    }

    /**
     * The two hosts, each with a device for the stack on its end of the link, beside the kernel. From now on the kernel
     * makes frames as such a device does, without offloads: it takes part in every comparison that way.
     *
     * @return the one that measures, and the one that serves
     * @throws IOException when the link is not there, or ethtool is missing, or the process is ending
     */
    public synchronized List<TestbedHost> hostsWithDevices() throws IOException {
        requireNotEnded();
        for (String name : Namespaces.NAMES) {
            offloads.put(name, namespaces.offloads(name));
            namespaces.setOffloads(name, Set.of());
        }
        return namespaces.hostsWithDevices();
    }

    private void requireNotEnded() throws IOException {
        if (ended) {
            throw new IOException("this process is ending");
        }
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
        } else {
            offloads.forEach(this::giveBack);
        }
        offloads.clear();
    }

    private void giveBack(String namespace, Set<String> on) {
        try {
            namespaces.setOffloads(namespace, on);
        } catch (IOException e) {
            told.accept("the kernel's offloads in " + namespace + " are still off: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        end();
        Hooks.remove(hook);
    }
}
