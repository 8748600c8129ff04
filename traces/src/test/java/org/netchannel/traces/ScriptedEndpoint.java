package org.netchannel.traces;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.traces.Outcome.Done;

/** Answers each call with what the test has laid ready, and remembers the call. */
final class ScriptedEndpoint implements Endpoint {
    final Deque<Outcome<?>> answers = new ArrayDeque<>();
    String lastCall = "";

    <T> Outcome<T> answer(Outcome<T> outcome) {
        answers.add(outcome);
        return outcome;
    }

    @SuppressWarnings("unchecked")
    private <T> Outcome<T> next(String call, Object... arguments) {
        lastCall = call + List.of(arguments);
        return (Outcome<T>) answers.removeFirst();
    }

    @Override
    public Outcome<Identity> open(Config config, long seed, OptionalLong incarnation) {
        return next("open", config, seed, incarnation);
    }

    @Override
    public Outcome<Done> channelUp(int channel, ChannelClass channelClass, boolean dialer) {
        return next("channelUp", channel, channelClass, dialer);
    }

    @Override
    public Outcome<Done> channelDown(int channel) {
        return next("channelDown", channel);
    }

    @Override
    public Outcome<Done> channelDrain(int channel) {
        return next("channelDrain", channel);
    }

    @Override
    public Outcome<Done> listen(int port, int backlog) {
        return next("listen", port, backlog);
    }

    @Override
    public Outcome<Done> unlisten(int port) {
        return next("unlisten", port);
    }

    @Override
    public Outcome<Connected> connect(int port, ChannelClass trafficClass) {
        return next("connect", port, trafficClass);
    }

    @Override
    public Outcome<Optional<Connected>> accept(int port) {
        return next("accept", port);
    }

    @Override
    public Outcome<Integer> send(int socket, Bytes data) {
        return next("send", socket, data);
    }

    @Override
    public Outcome<Received> receive(int socket, int max) {
        return next("receive", socket, max);
    }

    @Override
    public Outcome<Done> shutdown(int socket) {
        return next("shutdown", socket);
    }

    @Override
    public Outcome<Done> close(int socket) {
        return next("close", socket);
    }

    @Override
    public Outcome<Done> abort(int socket) {
        return next("abort", socket);
    }

    @Override
    public Outcome<Status> status(int socket) {
        return next("status", socket);
    }

    @Override
    public Outcome<Delivery> deliver(int channel, Bytes packet) {
        return next("deliver", channel, packet);
    }

    @Override
    public Outcome<List<Bytes>> pull(int channel, int max) {
        return next("pull", channel, max);
    }

    @Override
    public Outcome<Done> advance(long nanos) {
        return next("advance", nanos);
    }
}
