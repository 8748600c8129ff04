package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Pair.ok;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Decoded.Good;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.Endpoint.Identity;
import org.netchannel.traces.Endpoint.Received;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.ErrorCode;
import org.netchannel.traces.Hello;
import org.netchannel.traces.HelloCodec;
import org.netchannel.traces.Outcome;
import org.netchannel.traces.Outcome.Failed;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;

/** The shell: opening, bytes to packets and back, and the same answers for the same calls. */
class ReferenceEndpointTest {
    private static ReferenceEndpoint opened(long seed) {
        ReferenceEndpoint endpoint = new ReferenceEndpoint();
        assertThat(ok(endpoint.open(Config.DEFAULTS, seed, OptionalLong.empty())))
                .isEqualTo(new Identity("reference", "1"));
        return endpoint;
    }

    private static void isBadRequest(Outcome<?> outcome, String part) {
        assertThat(outcome).isInstanceOf(Failed.class);
        assertThat(((Failed<?>) outcome).error()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(((Failed<?>) outcome).message()).contains(part);
    }

    private static Hello hello(ReferenceEndpoint endpoint) {
        ok(endpoint.channelUp(1, ChannelClass.CONTROL, true));
        Bytes packet = ok(endpoint.pull(1, 1)).getFirst();
        return ((Good<Hello>) HelloCodec.decode(((Good<Packet>) PacketCodec.decode(packet)).value().payload())).value();
    }

    @Test
    void callsBeforeOpenAndASecondOpenAreBadRequests() {
        ReferenceEndpoint endpoint = new ReferenceEndpoint();
        isBadRequest(endpoint.listen(80, 1), "open has to be called first");
        isBadRequest(endpoint.pull(1, 1), "open has to be called first");
        isBadRequest(endpoint.receive(1, 1), "open has to be called first");
        isBadRequest(endpoint.open(Config.DEFAULTS.with(Setting.MAX_PAYLOAD, 0), 1, OptionalLong.empty()),
                "config.maxPayload is 0");
        isBadRequest(endpoint.open(new Config(Map.of("colour", 1L)), 1, OptionalLong.empty()), "config.colour");
        assertThat(endpoint.state()).isEmpty();
        ok(endpoint.open(Config.DEFAULTS, 1, OptionalLong.empty()));
        isBadRequest(endpoint.open(Config.DEFAULTS, 1, OptionalLong.empty()), "before");
    }

    @Test
    void incarnationIsTheOneGivenOrMadeFromTheSeed() {
        ReferenceEndpoint given = new ReferenceEndpoint();
        ok(given.open(Config.DEFAULTS, 1, OptionalLong.of(-5)));
        assertThat(hello(given).incarnation()).isEqualTo(-5);
        assertThat(hello(opened(1)).incarnation()).isEqualTo(hello(opened(1)).incarnation());
        assertThat(hello(opened(1)).incarnation()).isNotEqualTo(hello(opened(2)).incarnation());
    }

    @Test
    void everySettingIsUsed() {
        Config config = Config.DEFAULTS;
        long value = 1;
        for (Setting setting : Setting.values()) {
            config = config.with(setting, value++);
        }
        ReferenceEndpoint endpoint = new ReferenceEndpoint();
        ok(endpoint.open(config, 1, OptionalLong.empty()));
        assertThat(endpoint.state().orElseThrow().settings()).isEqualTo(new Settings(1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    /** NC-HS-1: the seed fixes ids and ports; another seed or another life makes others. */
    @Test
    void sameCallsGiveTheSameAnswersAndOtherSeedsOtherIds() {
        long id = ok(opened(1).connect(80, ChannelClass.LATENCY)).connection();
        assertThat(ok(opened(1).connect(80, ChannelClass.LATENCY)).connection()).isEqualTo(id);
        assertThat(ok(opened(2).connect(80, ChannelClass.LATENCY)).connection()).isNotEqualTo(id);
        ReferenceEndpoint later = new ReferenceEndpoint();
        ok(later.open(Config.DEFAULTS, 1, OptionalLong.of(2)));
        assertThat(ok(later.connect(80, ChannelClass.LATENCY)).connection()).isNotEqualTo(id);
    }

    /** NC-HS-1: the counter does not meet the second key, so that hosts with related seeds share no id. */
    @Test
    void hostsWithRelatedSeedsDrawDifferentIds() {
        Set<Long> ids = new HashSet<>();
        int drawn = 0;
        for (long seed = 0; seed < 20; seed++) {
            for (long life = 0; life < 20; life++) {
                Choices choices = Choices.of(seed, life);
                for (int i = 0; i < 20; i++, drawn++) {
                    ids.add(choices.connectionId());
                    choices = choices.afterConnectionId();
                }
            }
        }
        assertThat(ids).hasSize(drawn).doesNotContain(0L);
    }

    /** A seed means the same for ever: a failure that was kept with its seed can be run again. */
    @Test
    void choicesOfASeedNeverChange() {
        Choices choices = Choices.of(1, 2);
        assertThat(Choices.incarnationOf(1)).isEqualTo(0xF320_3E90_39F4_A821L);
        assertThat(choices.nextPort()).isEqualTo(50716);
        assertThat(choices.connectionId()).isEqualTo(0x657C_DD80_CC85_626AL);
        assertThat(choices.afterConnectionId().afterConnectionId().connectionId()).isEqualTo(0x6A63_F8CA_D5AC_8108L);
    }

    /** Local ports go round in their range. */
    @Test
    void localPortsGoRound() {
        Choices choices = Choices.of(1, 1);
        assertThat(choices.nextPort()).isBetween(Choices.FIRST_LOCAL_PORT, 65_535);
        assertThat(choices.afterPort(65_534).nextPort()).isEqualTo(65_535);
        assertThat(choices.afterPort(65_535).nextPort()).isEqualTo(Choices.FIRST_LOCAL_PORT);
    }

    @Test
    void garbageFailsItsChannelAndNothingElse() {
        ReferenceEndpoint endpoint = opened(1);
        ok(endpoint.channelUp(1, ChannelClass.CONTROL, true));
        assertThat(ok(endpoint.deliver(1, Bytes.of(new byte[39])))).isEqualTo(new Delivery(true, true));
        assertThat(ok(endpoint.deliver(1, Bytes.EMPTY))).isEqualTo(new Delivery(true, true));
    }

    /** Bytes that came in several packets are given as one; payloads are checked byte by byte. */
    @Test
    void everyOperationReachesTheProtocolAndItsAnswerComesBack() {
        Pair pair = new Pair(Config.DEFAULTS);
        pair.up(1, ChannelClass.CONTROL);
        pair.up(3, ChannelClass.LATENCY);
        pair.up(5, ChannelClass.THROUGHPUT);
        ok(pair.a.channelDrain(5));
        ok(pair.b.listen(80, 1));
        Connected client = ok(pair.a.connect(80, ChannelClass.LATENCY));
        pair.run();
        Connected server = ok(pair.b.accept(80)).orElseThrow();
        ok(pair.a.send(client.socket(), Bytes.of((byte) 1, (byte) 2, (byte) 3)));
        ok(pair.a.send(client.socket(), Bytes.of((byte) 4)));
        ok(pair.a.shutdown(client.socket()));
        pair.run();
        assertThat(ok(pair.b.receive(server.socket(), 9)))
                .isEqualTo(new Received(Bytes.of((byte) 1, (byte) 2, (byte) 3, (byte) 4), false));
        assertThat(ok(pair.b.receive(server.socket(), 9))).isEqualTo(new Received(Bytes.EMPTY, true));
        ok(pair.b.close(server.socket()));
        ok(pair.b.unlisten(80));
        pair.run();
        assertThat(ok(pair.a.status(client.socket())).state()).isEqualTo(State.CLOSED);
        ok(pair.a.abort(client.socket()));
        ok(pair.a.advance(7));
        assertThat(pair.a.state().orElseThrow().now()).isEqualTo(7);
        ok(pair.a.channelDown(3));
        assertThat(ok(pair.a.pull(3, 1))).isEqualTo(List.of());
        assertThat(pair.a.state().orElseThrow().link().channels()).containsOnlyKeys(1);
    }
}
