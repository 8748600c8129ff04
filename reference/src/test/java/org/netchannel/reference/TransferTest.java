package org.netchannel.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.netchannel.reference.Pair.ok;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.Connected;
import org.netchannel.traces.Endpoint.Received;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.Endpoint.Status;

class TransferTest {
    private static final Config SMALL = Config.DEFAULTS
            .with(Setting.SEND_BUFFER, 1000).with(Setting.RECEIVE_BUFFER, 700).with(Setting.CHANNEL_BUDGET, 500)
            .with(Setting.QUEUE_THRESHOLD, 300).with(Setting.MAX_PAYLOAD, 90);

    @Test
    void everyByteArrivesOnceAndInOrderThenTheStreamEnds() {
        Pair pair = new Pair(SMALL);
        pair.up(1, ChannelClass.CONTROL);
        pair.up(3, ChannelClass.LATENCY);
        pair.up(5, ChannelClass.LATENCY);
        ok(pair.b.listen(80, 4));
        Connected client = ok(pair.a.connect(80, ChannelClass.LATENCY));
        pair.run();
        Connected server = ok(pair.b.accept(80)).orElseThrow();
        assertThat(server.connection()).isEqualTo(client.connection());

        byte[] stream = new byte[20_000];
        new Random(7).nextBytes(stream);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        int sent = 0;
        boolean end = false;
        for (int round = 0; !end; round++) {
            assertThat(round).isLessThan(10_000);
            if (sent < stream.length) {
                int length = Math.min(250, stream.length - sent);
                sent += ok(pair.a.send(client.socket(), new Bytes(stream, sent, length)));
            } else {
                ok(pair.a.shutdown(client.socket()));
            }
            pair.run();
            Received received = ok(pair.b.receive(server.socket(), 111));
            got.writeBytes(received.data().toArray());
            end = received.end();
            ok(pair.a.advance(100_000));
            ok(pair.b.advance(100_000));
        }
        assertThat(got.toByteArray()).isEqualTo(stream);

        ok(pair.b.close(server.socket()));
        pair.run();
        assertThat(ok(pair.a.status(client.socket()))).isEqualTo(new Status(State.CLOSED, Optional.empty()));
    }
}
