package org.netchannel.bench.hosts;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The host that measures.
 *
 * @param server where a {@link HostServer} listens
 * @param device a network device of this host, where it has one to spare
 */
public record HostClient(InetSocketAddress server, Optional<HostDevice> device) {
    /** How long an answer may take: the other host may have to open a device. */
    private static final int PATIENCE_MS = 30_000;

    /**
     * Asks the other host to do something.
     *
     * @param order what to do
     * @return to be closed; empty when the other host refuses
     * @throws IOException when it can't be asked
     */
    public Optional<Ordered> order(Order order) throws IOException {
        Socket control = new Socket();
        try {
            control.connect(server, PATIENCE_MS);
            control.getOutputStream().write((order.line() + "\n").getBytes(StandardCharsets.US_ASCII));
            Optional<Place> place = Place.parse(Lines.read(control, PATIENCE_MS));
            control.setSoTimeout(PATIENCE_MS);
            if (place.isEmpty()) {
                control.close();
            }
            return place.map(it -> new Ordered(control, it.at(server.getAddress())));
        } catch (IOException e) {
            control.close();
            throw new IOException("no measurement with " + server + ": " + e.getMessage(), e);
        }
    }

    /**
     * Opens a connection on which the other host does what it is asked to. The caller's thread goes on with it.
     *
     * @param order what to do
     * @param here what carries the bytes at this end
     * @return to be closed
     * @throws IOException when there is no connection, or the order is refused
     */
    public Session open(Order order, HostTransport here) throws IOException {
        Dialer dialer = here.dialer(new Here(server.getAddress(), device));
        return Opening.orClose(dialer.closing(), () -> open(order, dialer));
    }

    private Session open(Order order, Dialer dialer) throws IOException {
        Ordered ordered = order(order).orElseThrow(() -> new IOException(
                "no measurement with " + server + ": the other host refuses " + order.line()));
        try {
            Session session = dialer.dialing().dial(ordered.at());
            return new Session(session.end(), () -> end(ordered, session));
        } catch (IOException e) {
            ordered.control().close();
            throw new IOException("no measurement with " + server + ": " + e.getMessage(), e);
        }
    }

    /** The other host ends its side first: what fails there before is an error. */
    private static void end(Ordered ordered, Session session) throws IOException {
        try (session) {
            ordered.close();
        }
    }

    /**
     * Whether the other host does something if it is asked to.
     *
     * @param order what
     * @return whether it was ready to
     * @throws IOException when it can't be asked
     */
    public boolean isServed(Order order) throws IOException {
        Optional<Ordered> ordered = order(order);
        if (ordered.isPresent()) {
            ordered.get().close();
        }
        return ordered.isPresent();
    }
}
