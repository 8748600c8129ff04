package org.netchannel.cli.testbed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Two network namespaces of this machine with a veth link between them. Nothing of the machine's own network changes:
 * the link is made in the namespaces, and they have no other.
 *
 * @param ip the program of iproute2
 */
public record Namespaces(String ip) {
    /** What the namespaces are called. */
    static final List<String> NAMES = List.of("netchannel-a", "netchannel-b");
    private static final List<String> ADDRESSES = List.of("10.77.7.1", "10.77.7.2");
    private static final List<String> DEVICE_ADDRESSES = List.of("10.77.7.101", "10.77.7.102");
    private static final String LENGTH = "/24";
    private static final String DEVICE = "veth0";
    private static final Pattern MTU = Pattern.compile(" mtu ([0-9]{1,6}) ");
    /** What a device without offloads does not do: what ethtool shows of it, and what it calls that. */
    private static final Map<String, String> OFFLOADS = Map.of("tx-checksumming", "tx",
            "tcp-segmentation-offload", "tso", "generic-segmentation-offload", "gso", "generic-receive-offload", "gro");
    /** The largest that net_af_packet's driver takes. */
    private static final int DEVICE_MTU = 1_500;

    /**
     * The two hosts.
     *
     * @return the one that measures, and the one that serves
     */
    public List<TestbedHost> hosts() {
        return List.of(TestbedHost.inNamespace(NAMES.get(0), ADDRESSES.get(0)),
                TestbedHost.inNamespace(NAMES.get(1), ADDRESSES.get(1)));
    }

    /**
     * The two hosts, each with net_af_packet on its end of the link, beside the kernel, and with an address of its own
     * there.
     *
     * @return the one that measures, and the one that serves
     * @throws IOException when the link is not there
     */
    List<TestbedHost> hostsWithDevices() throws IOException {
        List<TestbedHost> hosts = new ArrayList<>();
        for (TestbedHost host : hosts()) {
            hosts.add(host.withDevice(List.of("--device", "net_af_packet0,iface=" + DEVICE,
                    "--address", DEVICE_ADDRESSES.get(hosts.size()) + LENGTH,
                    "--mtu", Integer.toString(Math.min(DEVICE_MTU, mtu(host.name()))))));
        }
        return hosts;
    }

    /** What the kernel leaves to the link's end in a namespace. */
    Set<String> offloads(String namespace) throws IOException {
        return ethtool(namespace, "-k").lines().map(line -> line.split(": "))
                .filter(words -> words.length > 1 && words[1].startsWith("on") && OFFLOADS.containsKey(words[0]))
                .map(words -> OFFLOADS.get(words[0])).collect(Collectors.toSet());
    }

    /** From now on it leaves exactly this to it: without any, frames are no larger than the MTU, with checksums. */
    void setOffloads(String namespace, Set<String> on) throws IOException {
        List<String> words = new ArrayList<>(List.of("-K"));
        OFFLOADS.values().forEach(name -> words.addAll(List.of(name, on.contains(name) ? "on" : "off")));
        ethtool(namespace, words.toArray(String[]::new));
    }

    /** The first word is what to do, the others what with. */
    private String ethtool(String namespace, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("netns", "exec", namespace, "ethtool", words[0], DEVICE));
        all.addAll(Arrays.asList(words).subList(1, words.length));
        return run(all.toArray(String[]::new));
    }

    private int mtu(String namespace) throws IOException {
        Matcher mtu = MTU.matcher(run("-n", namespace, "-o", "link", "show", "dev", DEVICE));
        if (!mtu.find()) {
            throw new IOException("the link in " + namespace + " has no MTU");
        }
        return Integer.parseInt(mtu.group(1));
    }

    /**
     * Which of them are there.
     *
     * @return names
     * @throws IOException when that can't be found out
     */
    public List<String> there() throws IOException {
        return Arrays.stream(run("netns", "list").split("\n"))
                .map(line -> line.split(" ")[0]).filter(NAMES::contains).toList();
    }

    /**
     * Makes them; when that fails, nothing is left.
     *
     * @param mtu largest IP packet of the link, in bytes
     * @throws IOException when that is not permitted, or they are there already
     */
    public void up(int mtu) throws IOException {
        List<String> added = new ArrayList<>();
        try {
            for (String name : NAMES) {
                run("netns", "add", name);
                added.add(name);
            }
            run("link", "add", DEVICE, "netns", NAMES.get(0), "mtu", Integer.toString(mtu), "type", "veth",
                    "peer", "name", DEVICE, "netns", NAMES.get(1), "mtu", Integer.toString(mtu));
            for (int i = 0; i < NAMES.size(); i++) {
                run("-n", NAMES.get(i), "address", "add", ADDRESSES.get(i) + LENGTH, "dev", DEVICE);
                run("-n", NAMES.get(i), "link", "set", DEVICE, "up");
                run("-n", NAMES.get(i), "link", "set", "lo", "up");
            }
        } catch (IOException e) {
            remove(added, e);
            throw e;
        }
    }

    /**
     * Ends them, and with them the link. Processes in them keep running, without a network.
     *
     * @throws IOException when that fails
     */
    public void down() throws IOException {
        for (String name : there()) {
            run("netns", "delete", name);
        }
    }

    /** Those of somebody else stay. */
    private void remove(List<String> added, IOException why) {
        for (String name : added) {
            try {
                run("netns", "delete", name);
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
    }

    private String run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(ip));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said.lines().findFirst().orElse("no reason given"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + String.join(" ", command), e);
        }
        return said;
    }
}
