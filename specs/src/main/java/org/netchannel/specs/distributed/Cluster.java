package org.netchannel.specs.distributed;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * The machines of a distributed run. Each gets a worker and a fingerprint set; the server is on this machine.
 *
 * @param hosts at least one; a name may be there several times
 * @param ssh the command that runs another one on a host: its first argument is the host, its second the command
 * @param server the address of this machine at which the server listens
 */
public record Cluster(List<Host> hosts, String ssh, InetAddress server) {
    /** Most processes that a run should have. */
    public static final int MOST_HOSTS = 256;

    /** Any port: nothing is sent to it. */
    private static final int DISCARD = 9;

    /** Keeps its own copy. */
    public Cluster {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty() || hosts.size() > MOST_HOSTS) {
            throw new IllegalArgumentException(hosts.size() + " hosts");
        }
    }

    /**
     * A machine.
     *
     * @param name as it was typed
     * @param isLocal whether its processes are started here, without ssh
     */
    public record Host(String name, boolean isLocal) {}

    /**
     * The machines of these names. Names of the loopback interface mean this machine; when there are no others nothing
     * listens beyond loopback.
     *
     * @param names host names or addresses
     * @param ssh the command that runs another one on a host
     * @return the cluster
     * @throws UnknownHostException when a name is not known; its message is the name
     * @throws IOException when this machine has no way to another one
     */
    public static Cluster of(List<String> names, String ssh) throws IOException {
        List<Host> hosts = new ArrayList<>();
        InetAddress server = InetAddress.getLoopbackAddress();
        for (String name : names) {
            InetAddress address = InetAddress.getByName(name);
            hosts.add(new Host(name, address.isLoopbackAddress()));
            if (!address.isLoopbackAddress() && server.isLoopbackAddress()) {
                server = addressTowards(address);
            }
        }
        return new Cluster(hosts, ssh, server);
    }

    private static InetAddress addressTowards(InetAddress other) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(other, DISCARD));
            return socket.getLocalAddress();
        }
    }
}
