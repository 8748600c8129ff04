package org.netchannel.conformance.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.RecordingEndpoint;
import org.netchannel.traces.TraceHeader;
import org.netchannel.traces.TraceLine;

/**
 * Traces of any length to try and to measure checkers with: two reference endpoints over one control and three data
 * channels, several connections that open, send, are read slowly and close, and a channel that fails now and then, all
 * drawn from a seed.
 */
public final class SampleTrace {
    private static final int PORT = 80;
    private static final int CONTROL = 1;
    private static final Config CONFIG = Config.DEFAULTS
            .with(Setting.SEND_BUFFER, 6_000)
            .with(Setting.RECEIVE_BUFFER, 5_000)
            .with(Setting.CHANNEL_BUDGET, 4_000)
            .with(Setting.MAX_PAYLOAD, 1_000);

    private final List<TraceLine> lines = new ArrayList<>();
    private final Random random;
    private final List<RecordingEndpoint> hosts;
    /** For each host and channel what is under way to it. */
    private final List<Map<Integer, Deque<Bytes>>> wire = List.of(new HashMap<>(), new HashMap<>());
    private final List<Integer> channels = new ArrayList<>(List.of(CONTROL));
    private final List<List<End>> ends = List.of(new ArrayList<>(), new ArrayList<>());
    private int nextChannel = CONTROL;

    /** One end of a connection as its application sees it. */
    private static final class End {
        private final Connected connected;
        private final int direction;
        private long sent;

        private End(Connected connected, int direction) {
            this.connected = connected;
            this.direction = direction;
        }
    }

    private SampleTrace(long seed) {
        this.random = new Random(seed);
        AtomicLong steps = new AtomicLong();
        this.hosts = List.of(recorder("left", steps), recorder("right", steps));
        for (int h = 0; h < 2; h++) {
            hosts.get(h).open(CONFIG, seed * 2 + h, OptionalLong.of(1_000_000L * (h + 1)));
        }
        up(CONTROL, ChannelClass.CONTROL);
        for (int i = 0; i < 3; i++) {
            addDataChannel();
        }
        hosts.get(1).listen(PORT, 4);
    }

    /**
     * The first line.
     *
     * @param seed fixes the trace
     * @return the header
     */
    public static TraceHeader header(long seed) {
        return new TraceHeader("reference", List.of("left", "right"), CONFIG, seed);
    }

    /**
     * The lines after it.
     *
     * @param seed fixes the trace; of the same seed a shorter one is the beginning of a longer one
     * @param count how many lines
     * @return the lines
     */
    public static List<TraceLine> lines(long seed, int count) {
        SampleTrace run = new SampleTrace(seed);
        while (run.lines.size() < count) {
            run.step();
        }
        return List.copyOf(run.lines.subList(0, count));
    }

    private RecordingEndpoint recorder(String host, AtomicLong steps) {
        return new RecordingEndpoint(
                new ReferenceEndpoint(), host, PayloadPattern::matches, steps::incrementAndGet, lines::add);
    }

    private void up(int channel, ChannelClass channelClass) {
        hosts.get(0).channelUp(channel, channelClass, true);
        hosts.get(1).channelUp(channel, channelClass, false);
        wire.forEach(to -> to.put(channel, new ArrayDeque<>()));
    }

    private void addDataChannel() {
        nextChannel += 2;
        channels.add(nextChannel);
        up(nextChannel, nextChannel % 4 == 3 ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT);
    }

    private void step() {
        int host = random.nextInt(2);
        int choice = random.nextInt(100);
        if (choice < 35) {
            pull(host, anyChannel());
        } else if (choice < 65) {
            deliver(host, anyChannel());
        } else if (choice < 78) {
            send(host);
        } else if (choice < 92) {
            receive(host);
        } else if (choice < 95) {
            hosts.get(host).advance(random.nextInt(2_000_000));
        } else {
            rare(host, random.nextInt(12));
        }
    }

    private void rare(int host, int choice) {
        switch (choice) {
            case 0, 1, 2 -> open();
            case 3, 4 -> accept();
            case 5 -> end(host).ifPresent(end -> hosts.get(host).shutdown(end.connected.socket()));
            case 6 -> finish(host, random.nextInt(4) == 0);
            case 7, 8, 9 -> end(host).ifPresent(end -> hosts.get(host).status(end.connected.socket()));
            default -> {
                if (random.nextInt(10) == 0) {
                    replaceChannel(channels.get(1 + random.nextInt(channels.size() - 1)));
                }
            }
        }
    }

    private int anyChannel() {
        return channels.get(random.nextInt(channels.size()));
    }

    private Optional<End> end(int host) {
        List<End> open = ends.get(host);
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
    }

    private void open() {
        if (ends.get(0).size() < 6) {
            ChannelClass channelClass = random.nextBoolean() ? ChannelClass.LATENCY : ChannelClass.THROUGHPUT;
            if (hosts.get(0).connect(PORT, channelClass) instanceof Outcome.Ok<Connected>(Connected connected)) {
                ends.get(0).add(new End(connected, PayloadPattern.FROM_CONNECTING));
            }
        }
    }

    private void accept() {
        if (hosts.get(1).accept(PORT) instanceof Outcome.Ok<Optional<Connected>>(Optional<Connected> child)) {
            child.ifPresent(connected -> ends.get(1).add(new End(connected, PayloadPattern.FROM_ACCEPTING)));
        }
    }

    private void finish(int host, boolean abort) {
        end(host).ifPresent(end -> {
            if (abort) {
                hosts.get(host).abort(end.connected.socket());
            } else {
                hosts.get(host).close(end.connected.socket());
            }
            ends.get(host).remove(end);
        });
    }

    private void send(int host) {
        end(host).ifPresent(end -> {
            int length = 1 + random.nextInt(3_000);
            Bytes data = PayloadPattern.bytes(end.connected.connection(), end.direction, end.sent, length);
            if (hosts.get(host).send(end.connected.socket(), data) instanceof Outcome.Ok<Integer>(Integer taken)) {
                end.sent += taken;
            }
        });
    }

    private void receive(int host) {
        end(host).ifPresent(end -> hosts.get(host).receive(end.connected.socket(), 1 + random.nextInt(2_000)));
    }

    private void pull(int host, int channel) {
        if (hosts.get(host).pull(channel, 1 + random.nextInt(4)) instanceof Outcome.Ok<List<Bytes>>(var packets)) {
            wire.get(1 - host).get(channel).addAll(packets);
        }
    }

    private void deliver(int host, int channel) {
        Bytes next = wire.get(host).get(channel).peek();
        if (next != null
                && hosts.get(host).deliver(channel, next) instanceof Outcome.Ok<Delivery>(Delivery delivery)
                && delivery.accepted()) {
            wire.get(host).get(channel).remove();
        }
    }

    private void replaceChannel(int channel) {
        channels.remove((Integer) channel);
        hosts.forEach(host -> host.channelDown(channel));
        addDataChannel();
    }
}
