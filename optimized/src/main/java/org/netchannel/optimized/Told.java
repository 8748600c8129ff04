package org.netchannel.optimized;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Done;

/** An endpoint that answers every call with what has happened already; who has the turn calls. */
final class Told implements Endpoint {
    /** The answer to the next call. */
    Outcome<?> outcome = Outcome.done();

    @SuppressWarnings("unchecked") // the caller has put the answer of this very call there
    private <T> Outcome<T> answer() {
        return (Outcome<T>) outcome;
    }

    @Override
    public Outcome<Identity> open(Config config, long seed, OptionalLong incarnation) {
        return answer();
    }

    @Override
    public Outcome<Done> channelUp(int channel, ChannelClass channelClass, boolean dialer) {
        return answer();
    }

    @Override
    public Outcome<Done> channelDown(int channel) {
        return answer();
    }

    @Override
    public Outcome<Done> channelDrain(int channel) {
        return answer();
    }

    @Override
    public Outcome<Done> listen(int port, int backlog) {
        return answer();
    }

    @Override
    public Outcome<Done> unlisten(int port) {
        return answer();
    }

    @Override
    public Outcome<Connected> connect(int port, ChannelClass trafficClass) {
        return answer();
    }

    @Override
    public Outcome<Optional<Connected>> accept(int port) {
        return answer();
    }

    @Override
    public Outcome<Integer> send(int socket, Bytes data) {
        return answer();
    }

    @Override
    public Outcome<Received> receive(int socket, int max) {
        return answer();
    }

    @Override
    public Outcome<Done> shutdown(int socket) {
        return answer();
    }

    @Override
    public Outcome<Done> close(int socket) {
        return answer();
    }

    @Override
    public Outcome<Done> abort(int socket) {
        return answer();
    }

    @Override
    public Outcome<Status> status(int socket) {
        return answer();
    }

    @Override
    public Outcome<Endpoint.Delivery> deliver(int channel, Bytes packet) {
        return answer();
    }

    @Override
    public Outcome<List<Bytes>> pull(int channel, int max) {
        return answer();
    }

    @Override
    public Outcome<Done> advance(long nanos) {
        return answer();
    }
}
