package org.netchannel.reference;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.reference.Input.Read;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;

/**
 * The reference as an endpoint: holds the state, and turns bytes into packets and back. One thread calls at a time.
 */
public final class ReferenceEndpoint implements Endpoint {
    private static final Identity IDENTITY = new Identity("reference", "1");

    private Optional<HostState> state = Optional.empty();

    /** An endpoint that is not open yet. */
    public ReferenceEndpoint() {}

    /**
     * The state as it is now, for whoever wants to look; it does not change any more.
     *
     * @return the state, or empty before open
     */
    public Optional<HostState> state() {
        return state;
    }

    @Override
    public Outcome<Identity> open(Config config, long seed, OptionalLong incarnation) {
        if (state.isPresent()) {
            return Outcome.failed(ErrorCode.BAD_REQUEST, "open was called before");
        }
        if (!config.problem().isEmpty()) {
            return Outcome.failed(ErrorCode.BAD_REQUEST, config.problem());
        }
        state = Optional.of(HostState.opened(config, seed, incarnation));
        return Outcome.ok(IDENTITY);
    }

    private <T> Outcome<T> step(Input<T> input) {
        if (state.isEmpty()) {
            return Outcome.failed(ErrorCode.BAD_REQUEST, "open has to be called first");
        }
        Step<T> step = NetChannel.step(state.get(), input);
        state = Optional.of(step.host());
        return step.answer();
    }

    @Override
    public Outcome<Done> channelUp(int channel, ChannelClass channelClass, boolean dialer) {
        return step(new Input.ChannelUp(channel, channelClass, dialer));
    }

    @Override
    public Outcome<Done> channelDown(int channel) {
        return step(new Input.ChannelDown(channel));
    }

    @Override
    public Outcome<Done> channelDrain(int channel) {
        return step(new Input.ChannelDrain(channel));
    }

    @Override
    public Outcome<Done> listen(int port, int backlog) {
        return step(new Input.Listen(port, backlog));
    }

    @Override
    public Outcome<Done> unlisten(int port) {
        return step(new Input.Unlisten(port));
    }

    @Override
    public Outcome<Connected> connect(int port, ChannelClass trafficClass) {
        return step(new Input.Connect(port, trafficClass));
    }

    @Override
    public Outcome<Optional<Connected>> accept(int port) {
        return step(new Input.Accept(port));
    }

    @Override
    public Outcome<Integer> send(int socket, Bytes data) {
        return step(new Input.Send(socket, data));
    }

    @Override
    public Outcome<Received> receive(int socket, int max) {
        return switch (step(new Input.Receive(socket, max))) {
            case Outcome.Ok<Read>(Read read) -> Outcome.ok(new Received(joined(read.pieces()), read.end()));
            case Outcome.Failed<Read>(var error, var reason, var message) ->
                    new Outcome.Failed<>(error, reason, message);
        };
    }

    private static Bytes joined(List<Bytes> pieces) {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        int length = 0;
        for (Bytes piece : pieces) {
            length += piece.length();
        }
        byte[] all = new byte[length];
        int at = 0;
        for (Bytes piece : pieces) {
            System.arraycopy(piece.array(), piece.from(), all, at, piece.length());
            at += piece.length();
        }
        return Bytes.of(all);
    }

    @Override
    public Outcome<Done> shutdown(int socket) {
        return step(new Input.Shutdown(socket));
    }

    @Override
    public Outcome<Done> close(int socket) {
        return step(new Input.Close(socket));
    }

    @Override
    public Outcome<Done> abort(int socket) {
        return step(new Input.Abort(socket));
    }

    @Override
    public Outcome<Status> status(int socket) {
        return step(new Input.Status(socket));
    }

    @Override
    public Outcome<Delivery> deliver(int channel, Bytes packet) {
        return step(new Input.Deliver(channel, PacketCodec.decode(packet)));
    }

    @Override
    public Outcome<List<Bytes>> pull(int channel, int max) {
        return switch (step(new Input.Pull(channel, max))) {
            case Outcome.Ok<List<Packet>>(List<Packet> packets) ->
                    Outcome.ok(packets.stream().map(PacketCodec::encode).toList());
            case Outcome.Failed<List<Packet>>(var error, var reason, var message) ->
                    new Outcome.Failed<>(error, reason, message);
        };
    }

    @Override
    public Outcome<Done> advance(long nanos) {
        return step(new Input.Advance(nanos));
    }
}
