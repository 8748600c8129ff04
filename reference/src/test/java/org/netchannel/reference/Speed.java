package org.netchannel.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.netchannel.reference.Input.Accept;
import org.netchannel.reference.Input.Advance;
import org.netchannel.reference.Input.ChannelUp;
import org.netchannel.reference.Input.Connect;
import org.netchannel.reference.Input.Deliver;
import org.netchannel.reference.Input.Listen;
import org.netchannel.reference.Input.Pull;
import org.netchannel.reference.Input.Receive;
import org.netchannel.reference.Input.Send;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Decoded;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Outcome.Ok;
import org.netchannel.traces.Packet;

/**
 * Measures calls per second through two hosts with a handful of connections that send both ways without end, as a
 * replay of a long trace does. Not a test: a person runs it, with the number of calls as its argument.
 */
final class Speed {
    private static final int CONNECTIONS = 6;
    private static final int[] CHANNELS = {1, 3, 5, 7, 9};
    private static final Bytes DATA = Bytes.of(new byte[8_192]);

    private final HostState[] hosts = {
        HostState.opened(Config.DEFAULTS, 1, OptionalLong.of(1)),
        HostState.opened(Config.DEFAULTS, 2, OptionalLong.of(2))
    };
    private final List<int[]> sockets = new ArrayList<>();
    private long calls;

    private Speed() {}

    /**
     * Prints one line.
     *
     * @param arguments the number of calls, default 2,000,000
     */
    public static void main(String[] arguments) {
        long calls = arguments.length > 0 ? Long.parseLong(arguments[0]) : 2_000_000;
        new Speed().run(calls / 4);
        Speed measured = new Speed();
        long start = System.nanoTime();
        measured.run(calls);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%d calls in %.2f s: %.0f calls/s%n", measured.calls, seconds, measured.calls / seconds);
    }

    private void run(long most) {
        for (int channel : CHANNELS) {
            ChannelClass channelClass = ChannelClass.values()[channel == 1 ? 0 : 1 + channel % 4 / 2];
            call(0, new ChannelUp(channel, channelClass, true));
            call(1, new ChannelUp(channel, channelClass, false));
        }
        call(1, new Listen(80, CONNECTIONS));
        for (int i = 0; i < CONNECTIONS; i++) {
            Connected client = call(0, new Connect(80, ChannelClass.values()[1 + i % 2]));
            exchange();
            Optional<Connected> server = call(1, new Accept(80));
            sockets.add(new int[] {client.socket(), server.orElseThrow().socket()});
        }
        while (calls < most) {
            for (int[] pair : sockets) {
                for (int host = 0; host < 2; host++) {
                    call(host, new Send(pair[host], DATA));
                    call(host, new Receive(pair[host], 10_000));
                }
            }
            exchange();
            call(0, new Advance(100_000));
            call(1, new Advance(100_000));
        }
    }

    private void exchange() {
        for (int channel : CHANNELS) {
            for (int host = 0; host < 2; host++) {
                for (Packet packet : call(host, new Pull(channel, 8))) {
                    call(1 - host, new Deliver(channel, new Decoded.Good<>(packet)));
                }
            }
        }
    }

    private <T> T call(int host, Input<T> input) {
        Step<T> step = NetChannel.step(hosts[host], input);
        hosts[host] = step.host();
        calls++;
        return ((Ok<T>) step.answer()).value();
    }
}
