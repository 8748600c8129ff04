package org.netchannel.conformance.transfer;

import java.security.MessageDigest;
import java.util.Optional;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Received;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.Endpoint.Status;
import org.netchannel.traces.Outcome;

/**
 * One side of a file transfer: opens or accepts one connection, sends the file, reads what the other side sends, and
 * closes once the connection has ended in both directions.
 */
public final class FileMover implements Application {
    private static final int CHUNK = 1 << 20;

    private final FileContent content;
    private final ChannelClass trafficClass;
    private final int port;
    private final boolean connects;
    private final MessageDigest digest = FileContent.newDigest();

    private enum Stage { BEGIN, WAIT_FOR_CHILD, MOVE, DONE }

    private Stage stage = Stage.BEGIN;
    private int socket;
    private long sent;
    private long received;
    private Bytes unsent = Bytes.EMPTY;
    private boolean shutDown;
    private boolean ended;
    private String failure = "";

    /**
     * A side that has not begun.
     *
     * @param content what it sends
     * @param connects whether it opens the connection; the other side accepts it
     * @param port the virtual port on which the other side listens
     * @param trafficClass LATENCY or THROUGHPUT
     */
    public FileMover(FileContent content, boolean connects, int port, ChannelClass trafficClass) {
        this.content = content;
        this.connects = connects;
        this.port = port;
        this.trafficClass = trafficClass;
    }

    @Override
    public boolean step(Endpoint endpoint) {
        return switch (stage) {
            case BEGIN -> begin(endpoint);
            case WAIT_FOR_CHILD -> accept(endpoint);
            case MOVE -> move(endpoint);
            case DONE -> false;
        };
    }

    private boolean begin(Endpoint endpoint) {
        if (connects) {
            if (value(endpoint.connect(port, trafficClass), "connect") instanceof Connected connected) {
                socket = connected.socket();
                stage = Stage.MOVE;
            }
        } else if (value(endpoint.listen(port, 1), "listen") != null) {
            stage = Stage.WAIT_FOR_CHILD;
        }
        return true;
    }

    private boolean accept(Endpoint endpoint) {
        Optional<Connected> child = value(endpoint.accept(port), "accept");
        if (child == null || child.isEmpty()) {
            return child == null;
        }
        socket = child.get().socket();
        stage = Stage.MOVE;
        return true;
    }

    private boolean move(Endpoint endpoint) {
        boolean moved = send(endpoint);
        if (stage == Stage.MOVE && !ended) {
            moved |= receive(endpoint);
        }
        if (stage == Stage.MOVE && ended && shutDown) {
            moved |= finish(endpoint);
        }
        return moved;
    }

    private boolean send(Endpoint endpoint) {
        boolean moved = false;
        while (!shutDown) {
            if (unsent.length() == 0 && sent < content.length()) {
                unsent = content.read(sent, CHUNK);
                if (unsent.length() == 0) {
                    return fail("the file has become shorter");
                }
            }
            if (unsent.length() == 0) {
                return finishSending(endpoint) || moved;
            }
            Integer taken = value(endpoint.send(socket, unsent), "send");
            if (taken == null || taken == 0) {
                return moved || taken == null;
            }
            moved = true;
            sent += taken;
            unsent = unsent.slice(taken, unsent.length() - taken);
        }
        return moved;
    }

    /** Before the connection is established nothing is shut down, so that an empty file takes the same way. */
    private boolean finishSending(Endpoint endpoint) {
        Status status = value(endpoint.status(socket), "status");
        if (status == null || status.state() == State.SYN_SENT) {
            return status == null;
        }
        shutDown = value(endpoint.shutdown(socket), "shutdown") != null;
        return true;
    }

    private boolean receive(Endpoint endpoint) {
        boolean moved = false;
        while (true) {
            Received got = value(endpoint.receive(socket, CHUNK), "receive");
            if (got == null) {
                return true;
            }
            Bytes data = got.data();
            digest.update(data.array(), data.from(), data.length());
            received += data.length();
            ended = got.end();
            if (data.length() == 0) {
                return moved || ended;
            }
            moved = true;
        }
    }

    private boolean finish(Endpoint endpoint) {
        Status status = value(endpoint.status(socket), "status");
        if (status == null || status.state() != State.CLOSED) {
            return status == null;
        }
        if (status.reason().isPresent()) {
            return fail("the connection ended with " + status.reason().get());
        }
        if (value(endpoint.close(socket), "close") != null) {
            stage = Stage.DONE;
        }
        return true;
    }

    /** The value of a call, or null after an error, which ends the transfer. */
    private <T> T value(Outcome<T> outcome, String call) {
        return switch (outcome) {
            case Outcome.Ok<T>(T value) -> value;
            case Outcome.Failed<T>(var error, var reason, String message) -> {
                fail(call + " was answered with " + error + reason.map(r -> ", " + r).orElse("")
                        + (message.isEmpty() ? "" : ": " + message));
                yield null;
            }
        };
    }

    private boolean fail(String why) {
        failure = why;
        stage = Stage.DONE;
        return true;
    }

    /**
     * Whether there is nothing left to do, after a failure too.
     *
     * @return true at the end
     */
    public boolean isDone() {
        return stage == Stage.DONE;
    }

    /**
     * What went wrong.
     *
     * @return one line, empty when nothing did
     */
    public String failure() {
        return failure;
    }

    /**
     * How much the endpoint has taken.
     *
     * @return bytes of the file
     */
    public long sent() {
        return sent;
    }

    /**
     * How much has come from the other side.
     *
     * @return number of bytes
     */
    public long received() {
        return received;
    }

    /**
     * The SHA-256 of everything that came; to be asked for once, at the end.
     *
     * @return 32 bytes
     */
    public byte[] receivedSha256() {
        return digest.digest();
    }
}
