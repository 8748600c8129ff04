package org.netchannel.cli;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;

/** The reference, but it says end-of-stream whenever there is nothing to read (NC-FIN-2). Users may name its class. */
public final class EndingEarly implements Endpoint {
    private final Endpoint reference = new ReferenceEndpoint();

    @Override
    public Outcome<Identity> open(Config config, long seed, OptionalLong incarnation) {
        return reference.open(config, seed, incarnation);
    }

    @Override
    public Outcome<Done> channelUp(int channel, ChannelClass channelClass, boolean dialer) {
        return reference.channelUp(channel, channelClass, dialer);
    }

    @Override
    public Outcome<Done> channelDown(int channel) {
        return reference.channelDown(channel);
    }

    @Override
    public Outcome<Done> channelDrain(int channel) {
        return reference.channelDrain(channel);
    }

    @Override
    public Outcome<Done> listen(int port, int backlog) {
        return reference.listen(port, backlog);
    }

    @Override
    public Outcome<Done> unlisten(int port) {
        return reference.unlisten(port);
    }

    @Override
    public Outcome<Connected> connect(int port, ChannelClass trafficClass) {
        return reference.connect(port, trafficClass);
    }

    @Override
    public Outcome<Optional<Connected>> accept(int port) {
        return reference.accept(port);
    }

    @Override
    public Outcome<Integer> send(int socket, Bytes data) {
        return reference.send(socket, data);
    }

    @Override
    public Outcome<Received> receive(int socket, int max) {
        return reference.receive(socket, max)
                .map(read -> new Received(read.data(), read.data().length() == 0));
    }

    @Override
    public Outcome<Done> shutdown(int socket) {
        return reference.shutdown(socket);
    }

    @Override
    public Outcome<Done> close(int socket) {
        return reference.close(socket);
    }

    @Override
    public Outcome<Done> abort(int socket) {
        return reference.abort(socket);
    }

    @Override
    public Outcome<Status> status(int socket) {
        return reference.status(socket);
    }

    @Override
    public Outcome<Delivery> deliver(int channel, Bytes packet) {
        return reference.deliver(channel, packet);
    }

    @Override
    public Outcome<List<Bytes>> pull(int channel, int max) {
        return reference.pull(channel, max);
    }

    @Override
    public Outcome<Done> advance(long nanos) {
        return reference.advance(nanos);
    }
}
