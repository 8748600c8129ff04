package org.netchannel.traces;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.netchannel.traces.Outcome.Done;
import org.netchannel.traces.TraceEvent.Range;

/** Makes every trace line there can be: also such as no implementation of the protocol would give. */
final class TraceArbitraries {
    private static final Arbitrary<Long> U64 = Arbitraries.longs().edgeCases(cases -> cases.add(0L, -1L));
    private static final Arbitrary<Long> U32 = Arbitraries.longs().between(0, 0xFFFF_FFFFL);
    private static final Arbitrary<Integer> ANY_INT = Arbitraries.integers();
    private static final Arbitrary<Boolean> FLAG = Arbitraries.of(true, false);
    private static final Arbitrary<String> TEXT = Arbitraries.strings().ofMaxLength(30);
    private static final Arbitrary<Optional<Reason>> REASON = Arbitraries.of(Reason.class).optional();
    private static final Arbitrary<ChannelClass> CLASS = Arbitraries.of(ChannelClass.class);
    private static final Arbitrary<Range> RANGE =
            Combinators.combine(U64, Arbitraries.integers().greaterOrEqual(0)).as(Range::new);
    private static final Arbitrary<Outcome<Done>> DONE = outcome(Arbitraries.just(Done.DONE));

    private TraceArbitraries() {}

    static Arbitrary<TraceLine> lines(List<String> hosts) {
        return Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(1),
                        Arbitraries.of(hosts),
                        Arbitraries.longs().greaterOrEqual(0),
                        events())
                .as(TraceLine::new);
    }

    static Arbitrary<TraceEvent> events() {
        return Arbitraries.oneOf(List.of(
                open(),
                Combinators.combine(ANY_INT, CLASS, FLAG, DONE).as(TraceEvent.ChannelUp::new),
                Combinators.combine(ANY_INT, DONE).as(TraceEvent.ChannelDown::new),
                Combinators.combine(ANY_INT, DONE).as(TraceEvent.ChannelDrain::new),
                Combinators.combine(ANY_INT, ANY_INT, DONE).as(TraceEvent.Listen::new),
                Combinators.combine(ANY_INT, DONE).as(TraceEvent.Unlisten::new),
                Combinators.combine(ANY_INT, CLASS, outcome(connected())).as(TraceEvent.Connect::new),
                Combinators.combine(ANY_INT, outcome(connected().optional())).as(TraceEvent.Accept::new),
                Combinators.combine(ANY_INT, RANGE, outcome(ANY_INT)).as(TraceEvent.Send::new),
                Combinators.combine(ANY_INT, ANY_INT, outcome(received())).as(TraceEvent.Receive::new),
                Combinators.combine(ANY_INT, DONE).as(TraceEvent.Shutdown::new),
                Combinators.combine(ANY_INT, DONE).as(TraceEvent.Close::new),
                Combinators.combine(ANY_INT, DONE).as(TraceEvent.Abort::new),
                Combinators.combine(ANY_INT, outcome(status())).as(TraceEvent.Status::new),
                Combinators.combine(ANY_INT, packets(), FLAG, outcome(delivery())).as(TraceEvent.Deliver::new),
                Combinators.combine(ANY_INT, ANY_INT, outcome(packets().list().ofMaxSize(4)))
                        .as(TraceEvent.Pull::new),
                Combinators.combine(Arbitraries.longs(), DONE).as(TraceEvent.Advance::new)));
    }

    static Arbitrary<PacketHeader> headers() {
        Arbitrary<Integer> port = Arbitraries.integers().between(0, 65_535);
        Arbitrary<Integer> typeCode = Arbitraries.integers().between(0, 255);
        Arbitrary<Integer> length = Arbitraries.integers().greaterOrEqual(0);
        return Combinators.combine(typeCode, length, port, port, U32, U64, U64, U64).as(PacketHeader::new);
    }

    private static Arbitrary<TraceEvent.Open> open() {
        Arbitrary<Config> configs = Arbitraries.maps(TEXT, Arbitraries.longs())
                .ofMaxSize(4)
                .map(Config::new);
        Arbitrary<OptionalLong> incarnations =
                U64.optional().map(x -> x.map(OptionalLong::of).orElse(OptionalLong.empty()));
        Arbitrary<Endpoint.Identity> identities = Combinators.combine(TEXT, TEXT).as(Endpoint.Identity::new);
        return Combinators.combine(configs, Arbitraries.longs(), incarnations, outcome(identities))
                .as(TraceEvent.Open::new);
    }

    private static Arbitrary<TracePacket> packets() {
        Arbitrary<Hello> hello = Combinators.combine(U64, U32, U32, U32).as(Hello::new);
        Arbitrary<Hello> known = Combinators.combine(U64, U32, CLASS, U32)
                .as((incarnation, channel, channelClass, largest) ->
                        new Hello(incarnation, channel, channelClass.code(), largest));
        return Arbitraries.oneOf(List.of(
                Combinators.combine(headers(), Arbitraries.oneOf(hello, known).optional(), FLAG)
                        .as(TracePacket.Readable::new),
                TEXT.map(TracePacket.Unreadable::new)));
    }

    private static Arbitrary<Endpoint.Connected> connected() {
        return Combinators.combine(ANY_INT, U64).as(Endpoint.Connected::new);
    }

    private static Arbitrary<TraceEvent.Received> received() {
        return Combinators.combine(RANGE, FLAG, FLAG).as(TraceEvent.Received::new);
    }

    private static Arbitrary<Endpoint.Status> status() {
        return Combinators.combine(Arbitraries.of(Endpoint.State.class), REASON).as(Endpoint.Status::new);
    }

    private static Arbitrary<Endpoint.Delivery> delivery() {
        return Combinators.combine(FLAG, FLAG).as(Endpoint.Delivery::new);
    }

    private static <T> Arbitrary<Outcome<T>> outcome(Arbitrary<T> values) {
        Arbitrary<Outcome<T>> failures = Combinators.combine(Arbitraries.of(ErrorCode.class), REASON, TEXT)
                .as(Outcome.Failed<T>::new);
        return Arbitraries.oneOf(values.map(Outcome::ok), failures);
    }

    static Config someConfig() {
        return new Config(Map.of("sendBuffer", 4_096L, "maxPayload", 65_496L));
    }
}
