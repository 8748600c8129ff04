package org.netchannel.specs.distributed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMISocketFactory;
import java.util.Arrays;
import org.netchannel.specs.tlc.TlcMain;
import tlc2.tool.distributed.TLCWorker;
import tlc2.tool.distributed.fp.DistributedFPSet;

/**
 * The main class of each process of a distributed run of TLC: the server, a worker, or a fingerprint set. All of it is
 * TLC's own; what is added is that a process listens at one address only, and ends with the process that started it.
 */
public final class NodeMain {
    /** Where the server is found: system property of TLC, the port of its RMI registry. */
    static final String PORT = "tlc2.tool.distributed.TLCServer.port";

    private static final int CONNECT_MILLISECONDS = 30_000;

    private NodeMain() {}

    /**
     * Runs one process.
     *
     * @param arguments {@code server}, the address to listen at, and TLC's own; or {@code worker} or
     *     {@code fingerprints}, and the address of the server
     */
    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().name("parent-watch").start(TlcMain::endWithParent);
        try {
            run(arguments);
        } catch (Exception e) {
            // Threads of RMI would keep this process.
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws Exception {
        String server = arguments[1];
        switch (arguments[0]) {
            case "server" -> {
                listenAt(InetAddress.getByName(server));
                System.exit(ServerNode.run(Arrays.copyOfRange(arguments, 2, arguments.length)));
            }
            case "worker" -> {
                listenAt(addressTowards(server));
                TLCWorker.main(new String[] {server});
            }
            case "fingerprints" -> {
                listenAt(addressTowards(server));
                DistributedFPSet.main(new String[] {server});
            }
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** The address of this machine that the server sees: the only one at which it has to be reached. */
    private static InetAddress addressTowards(String server) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server, Integer.getInteger(PORT)), CONNECT_MILLISECONDS);
            return socket.getLocalAddress();
        }
    }

    /** RMI would listen at every address of the machine. */
    private static void listenAt(InetAddress address) throws IOException {
        System.setProperty("java.rmi.server.hostname", address.getHostAddress());
        RMISocketFactory.setSocketFactory(new RMISocketFactory() {
            @Override
            public Socket createSocket(String host, int port) throws IOException {
                return new Socket(host, port);
            }

            @Override
            public ServerSocket createServerSocket(int port) throws IOException {
                ServerSocket socket = new ServerSocket(port, 0, address);
                if (port == Integer.getInteger(PORT)) {
                    // Standard output is not flushed before the end.
                    System.err.println(TlcMain.LISTENING);
                }
                return socket;
            }
        });
    }
}
