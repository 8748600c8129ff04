package org.netchannel.cli.trace;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TracePacket;

/**
 * Picks the lines of a trace that a person wants to see. Lines have to come in order; of all that came before only the
 * sockets of the connection that is wanted are kept. One thread calls.
 */
public final class LineFilter {
    private static final int ID_DIGITS = 16;
    private static final int BITS_OF_A_DIGIT = 4;

    private final long from;
    private final long to;
    private final Optional<String> host;
    private final Optional<String> connection;
    private final Set<Socket> sockets = new HashSet<>();

    private record Socket(String host, int number) {}

    /**
     * Picks lines for which everything holds that is asked.
     *
     * @param from the smallest step
     * @param to the largest step
     * @param host the host, or empty for all
     * @param connection the first digits of a connection id, 1 to 16 lower-case hexadecimal ones, or empty for all
     */
    public LineFilter(long from, long to, Optional<String> host, Optional<String> connection) {
        this.from = from;
        this.to = to;
        this.host = host;
        this.connection = connection;
    }

    /**
     * What of a line is wanted.
     *
     * @param line the next line
     * @return the line, without the packets of other connections; or empty
     */
    public Optional<TraceLine> of(TraceLine line) {
        Optional<TraceLine> wanted = connection.isEmpty() ? Optional.of(line) : ofConnection(line);
        boolean inside = line.step() >= from && line.step() <= to;
        return wanted.filter(_ -> inside && host.map(line.host()::equals).orElse(true));
    }

    private Optional<TraceLine> ofConnection(TraceLine line) {
        return switch (line.event()) {
            case TraceEvent.Pull(int channel, int max, Ok<List<TracePacket>>(List<TracePacket> packets)) -> {
                List<TracePacket> own = packets.stream().filter(this::isWanted).toList();
                TraceEvent pull = new TraceEvent.Pull(channel, max, Outcome.ok(own));
                yield own.isEmpty() ? Optional.empty() : with(line, pull);
            }
            case TraceEvent.Deliver deliver -> Optional.of(line).filter(_ -> isWanted(deliver.packet()));
            case TraceEvent.Connect(int _, var _, Ok<Connected>(Connected connected)) -> begun(line, connected);
            case TraceEvent.Accept(int _, Ok<Optional<Connected>>(Optional<Connected> child)) ->
                child.flatMap(connected -> begun(line, connected));
            case TraceEvent.Send send -> at(line, send.socket());
            case TraceEvent.Receive receive -> at(line, receive.socket());
            case TraceEvent.Shutdown shutdown -> at(line, shutdown.socket());
            case TraceEvent.Status status -> at(line, status.socket());
            case TraceEvent.Close close -> last(line, close.socket());
            case TraceEvent.Abort abort -> last(line, abort.socket());
            default -> Optional.empty();
        };
    }

    private static Optional<TraceLine> with(TraceLine line, TraceEvent event) {
        return Optional.of(new TraceLine(line.step(), line.host(), line.nanos(), event));
    }

    /** Implementations may use a number again, so that another connection ends what the number stood for. */
    private Optional<TraceLine> begun(TraceLine line, Connected connected) {
        Socket socket = new Socket(line.host(), connected.socket());
        if (isWanted(connected.connection())) {
            sockets.add(socket);
            return Optional.of(line);
        }
        sockets.remove(socket);
        return Optional.empty();
    }

    private Optional<TraceLine> at(TraceLine line, int socket) {
        return Optional.of(line).filter(_ -> sockets.contains(new Socket(line.host(), socket)));
    }

    private Optional<TraceLine> last(TraceLine line, int socket) {
        Optional<TraceLine> wanted = at(line, socket);
        if (line.event().outcome() instanceof Ok<?>) {
            sockets.remove(new Socket(line.host(), socket));
        }
        return wanted;
    }

    private boolean isWanted(TracePacket packet) {
        return packet instanceof TracePacket.Readable readable && isWanted(readable.header().connection());
    }

    /** Channel packets have the id 0, which is no connection's. */
    private boolean isWanted(long id) {
        String digits = connection.orElseThrow();
        int shift = BITS_OF_A_DIGIT * (ID_DIGITS - digits.length());
        return id != 0 && id >>> shift == Long.parseUnsignedLong(digits, 16);
    }
}
