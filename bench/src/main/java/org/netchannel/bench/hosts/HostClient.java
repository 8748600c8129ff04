package org.netchannel.bench.hosts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The host that measures.
 *
 * @param server where a {@link HostServer} listens
 */
public record HostClient(InetSocketAddress server) {
    /** How long an answer may take. */
    private static final int PATIENCE_MS = 10_000;

    /**
     * Opens a connection on which the other host does what it is asked to. The caller's thread goes on with it.
     *
     * @param order what to do
     * @return to be closed
     * @throws IOException when there is no connection, or the order is refused
     */
    public Session open(Order order) throws IOException {
        Socket control = new Socket();
        try {
            control.connect(server, PATIENCE_MS);
            control.setSoTimeout(PATIENCE_MS);
            control.getOutputStream().write((order.line() + "\n").getBytes(StandardCharsets.US_ASCII));
            Reader in = new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.US_ASCII));
            String port = HostServer.line(in);
            if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
                throw new IOException("the other host refuses " + order.line());
            }
            Session session = order.transport().dial(
                    new InetSocketAddress(server.getAddress(), Integer.parseInt(port)));
            return new Session(session.end(), () -> end(control, session));
        } catch (IOException e) {
            control.close();
            throw new IOException("no measurement with " + server + ": " + e.getMessage(), e);
        }
    }

    /** The other host ends its side first: what fails there before is an error. */
    private static void end(Socket control, Session session) throws IOException {
        try (control; session) {
            control.shutdownOutput();
            control.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
    }
}
