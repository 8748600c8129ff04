package org.netchannel.conformance.drill;

import static org.netchannel.conformance.drill.Stage.CONNECT_TIMEOUT;
import static org.netchannel.conformance.drill.Stage.FIRST;
import static org.netchannel.conformance.drill.Stage.LARGEST;
import static org.netchannel.conformance.drill.Stage.LIFE;
import static org.netchannel.conformance.drill.Stage.SECOND;
import static org.netchannel.conformance.drill.Stage.SMALL;
import static org.netchannel.conformance.drill.Stage.THIRD;
import static org.netchannel.traces.ChannelClass.CONTROL;
import static org.netchannel.traces.ChannelClass.LATENCY;
import static org.netchannel.traces.ChannelClass.THROUGHPUT;

import java.util.List;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Hello;

/** Section 3: HELLO, the newest control channel, draining. */
final class ChannelDrills {
    private static final int PIECE = 250;
    private static final int[] DATA_CHANNELS = {FIRST, SECOND, THIRD};

    private ChannelDrills() {}

    static List<Drill> all() {
        return new Theme()
                .both("drain an idle channel", "CHANNEL_CLOSE goes on it, nothing after it; others carry on",
                        "NC-CH-5", ChannelDrills::drainIdle)
                .both("drain with bytes queued", "what was queued goes out first, then CHANNEL_CLOSE, nothing is lost",
                        "NC-CH-5 R31", ChannelDrills::drainWithBytes)
                .both("drain packet by packet", "bytes queued, drained, pulled one at a time while more is written",
                        "NC-CH-5 R31", ChannelDrills::drainPacketByPacket)
                .both("peer drains first", "CHANNEL_CLOSE arrives: the channel drains, no new bytes go on it",
                        "NC-CH-5", ChannelDrills::peerDrains)
                .both("peer drains the only channel",
                        "CHANNEL_CLOSE arrives on the last channel: bytes wait for a new one",
                        "NC-CH-5 NC-SCH-2", ChannelDrills::peerDrainsOnly)
                .both("peer drains with bytes queued", "CHANNEL_CLOSE arrives while bytes are queued",
                        "NC-CH-5 R31", ChannelDrills::peerDrainsWithBytes)
                .both("peer goes on sending", "bytes arrive on a draining channel until the peer's CHANNEL_CLOSE",
                        "NC-CH-5", ChannelDrills::peerGoesOn)
                .both("bytes after the peer's close", "DATA after CHANNEL_CLOSE fails the channel",
                        "NC-CH-5 NC-CH-2", ChannelDrills::bytesAfterClose)
                .both("second close of the peer", "CHANNEL_CLOSE twice fails the channel, what was on it goes again",
                        "NC-CH-5 NC-FAIL-1", ChannelDrills::closeTwice)
                .both("failure after both closes", "CHANNEL_CLOSE both ways, bytes unacknowledged, the channel fails",
                        "NC-CH-5 NC-FAIL-1 R40", stage -> failureAfterCloses(stage, 0))
                .both("failure after both closes, part acknowledged",
                        "the same, with all but the last byte acknowledged",
                        "NC-CH-5 NC-FAIL-1 R40", stage -> failureAfterCloses(stage, 1))
                .both("closed and acknowledged", "CHANNEL_CLOSE both ways, all acknowledged: its failure is nothing",
                        "NC-CH-5 R40", ChannelDrills::closedAndAcknowledged)
                .both("acknowledged after both closes", "CHANNEL_CLOSE both ways, then the ack, then the failure",
                        "NC-CH-5 R40", ChannelDrills::acknowledgedLate)
                .both("failure after own close", "only this host's CHANNEL_CLOSE has gone when the channel fails",
                        "NC-CH-5 NC-FAIL-1", ChannelDrills::failureAfterOwnClose)
                .both("failure after the peer's close", "only the peer's CHANNEL_CLOSE has come when the channel fails",
                        "NC-CH-5 NC-FAIL-1", ChannelDrills::failureAfterPeersClose)
                .both("failure while draining", "bytes are queued on a draining channel when it fails",
                        "NC-CH-5 NC-FAIL-1", ChannelDrills::failureWhileDraining)
                .both("drain twice", "channelDrain twice: one CHANNEL_CLOSE", "NC-CH-5", ChannelDrills::drainTwice)
                .both("drain before hello", "channelDrain before any HELLO", "NC-CH-5 NC-CH-2",
                        ChannelDrills::drainBeforeHello)
                .both("drain every channel", "all drain, bytes wait: a connect timeout later CHANNEL_LOST",
                        "NC-FAIL-1 NC-CH-5", ChannelDrills::drainAll)
                .both("control channels are not drained",
                        "channelDrain is BAD_REQUEST, CHANNEL_CLOSE fails the channel",
                        "NC-CH-3 NC-CH-5", ChannelDrills::drainControl)
                .both("waiting packets of a drained channel", "both have closed while a packet waits in the queue",
                        "NC-CH-5 NC-HOL-2", ChannelDrills::drainWithWaiting)
                .both("something before hello", "an ACK or DATA before HELLO fails the channel",
                        "NC-CH-2 R32", ChannelDrills::beforeHello)
                .both("hello twice", "a second HELLO fails the channel", "NC-CH-2", ChannelDrills::helloTwice)
                .both("hello of another channel", "wrong class, number or size: the channel is failed",
                        "NC-CH-2 R32", ChannelDrills::wrongHello)
                .both("no bytes before the peer's hello", "bytes wait until HELLO has arrived",
                        "NC-CH-2 R32", ChannelDrills::bytesBeforeHello)
                .both("numbers are not used twice", "channelUp with a number that was used is BAD_REQUEST",
                        "NC-CH-2", ChannelDrills::numbersOnce)
                .both("control is read behind data", "budgets are spent, STOP_ACK and RESUME still come through",
                        "NC-CH-3 NC-CH-4 R15 R16", ChannelDrills::controlIsRead)
                .both("newest control channel", "answers go on the newest, both are read",
                        "NC-CH-3 R43", ChannelDrills::newestControl)
                .both("failed channel is over", "whatever arrives on it has no effect, nothing comes from it",
                        "NC-CH-1 NC-FAIL-5", ChannelDrills::failedIsOver)
                .drills();
    }

    private static DrilledConnection open(Stage stage) {
        stage.start(SMALL);
        DrilledConnection connection = stage.connection();
        stage.pullAll();
        return connection;
    }

    private static void drainIdle(Stage stage) {
        DrilledConnection connection = open(stage);
        stage.drain(FIRST);
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
        stage.channelClose(FIRST);
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
    }

    private static void drainWithBytes(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.send(2 * PIECE);
        for (int channel : DATA_CHANNELS) {
            stage.drain(channel);
        }
        stage.pullAll(); // nothing has to come: who cuts bytes only when a channel is pulled has enqueued none
        connection.transmit(50);
        stage.greeted(LATENCY);
        connection.mustHaveSentAll();
    }

    private static void drainPacketByPacket(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.send(2 * PIECE);
        stage.drain(FIRST);
        for (int i = 0; i < 8; i++) {
            connection.send(10);
        }
        for (int i = 0; i < 2; i++) {
            stage.pull(FIRST, 1);
            connection.send(10);
        }
        connection.mustHaveSentAll();
    }

    private static void peerDrains(Stage stage) {
        DrilledConnection connection = open(stage);
        stage.channelClose(FIRST);
        stage.pull(FIRST);
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
        stage.channelClose(SECOND);
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
    }

    private static void peerDrainsOnly(Stage stage) {
        DrilledConnection connection = open(stage);
        stage.down(FIRST);
        stage.down(SECOND);
        stage.channelClose(THIRD);
        connection.transmit(PIECE);
        stage.greeted(LATENCY);
        connection.mustHaveSentAll();
    }

    private static void peerDrainsWithBytes(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.send(2 * PIECE);
        for (int channel : DATA_CHANNELS) {
            stage.channelClose(channel);
        }
        stage.pullAll();
        connection.transmit(50);
        stage.greeted(LATENCY);
        connection.mustHaveSentAll();
    }

    private static void peerGoesOn(Stage stage) {
        DrilledConnection connection = open(stage);
        stage.drain(FIRST);
        connection.data(FIRST, 0, 20);
        stage.pullAll();
        connection.data(FIRST, 20, 40);
        connection.readAll();
        stage.channelClose(FIRST);
        stage.awaitAck();
        connection.transmit(50);
        connection.mustHaveSentAll();
    }

    private static void bytesAfterClose(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(PIECE);
        stage.channelClose(FIRST);
        stage.pullAll();
        connection.data(FIRST, 0, 20);
        connection.readAll();
        connection.mustHaveSentAll();
    }

    private static void closeTwice(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(PIECE);
        stage.channelClose(FIRST);
        stage.channelClose(FIRST);
        connection.mustHaveSentAll();
    }

    private static void failureAfterCloses(Stage stage, int unacknowledged) {
        DrilledConnection connection = open(stage);
        stage.down(SECOND);
        stage.down(THIRD);
        connection.transmit(PIECE);
        stage.drain(FIRST);
        stage.pullAll();
        stage.channelClose(FIRST);
        stage.pullAll();
        if (unacknowledged > 0) {
            connection.acking(PIECE - unacknowledged).ack();
        }
        stage.greeted(LATENCY);
        stage.pullAll();
        stage.down(FIRST);
        connection.mustHaveSentAll();
    }

    private static void closedAndAcknowledged(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(PIECE);
        connection.acknowledge();
        stage.drain(FIRST);
        stage.pullAll();
        stage.channelClose(FIRST);
        connection.data(SECOND, 0, 20);
        stage.awaitAck();
        stage.channelClose(FIRST);
        connection.data(FIRST, 20, 40);
        stage.down(FIRST);
        stage.pullAll();
        connection.readAll();
    }

    private static void acknowledgedLate(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(PIECE);
        stage.channelClose(FIRST);
        stage.pullAll();
        connection.acking(PIECE - 1).ack();
        connection.data(SECOND, 0, 20);
        stage.awaitAck();
        connection.acking(PIECE).ack();
        stage.down(FIRST);
        stage.pullAll();
        connection.transmit(50);
        connection.mustHaveSentAll();
    }

    private static void failureAfterOwnClose(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(PIECE);
        stage.drain(FIRST);
        stage.drain(SECOND);
        stage.pullAll();
        stage.down(FIRST);
        stage.down(SECOND);
        connection.mustHaveSentAll();
    }

    private static void failureAfterPeersClose(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(PIECE);
        for (int channel : new int[] {FIRST, SECOND}) {
            stage.channelClose(channel);
            stage.down(channel);
        }
        connection.mustHaveSentAll();
    }

    private static void failureWhileDraining(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.send(2 * PIECE);
        stage.drain(FIRST);
        stage.drain(SECOND);
        stage.pull(FIRST, 1);
        stage.down(FIRST);
        stage.down(SECOND);
        connection.mustHaveSentAll();
    }

    private static void drainTwice(Stage stage) {
        DrilledConnection connection = open(stage);
        stage.drain(FIRST);
        stage.drain(FIRST);
        stage.pullAll();
        stage.drain(FIRST);
        stage.pullAll();
        stage.channelClose(FIRST);
        stage.drain(FIRST);
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
    }

    private static void drainBeforeHello(Stage stage) {
        DrilledConnection connection = open(stage);
        int young = stage.up(LATENCY);
        stage.drain(young);
        stage.pullAll();
        stage.hello(young);
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
        stage.channelClose(young);
        stage.pullAll();
    }

    private static void drainAll(Stage stage) {
        DrilledConnection connection = open(stage);
        for (int channel : DATA_CHANNELS) {
            stage.drain(channel);
        }
        stage.pullAll();
        for (int channel : DATA_CHANNELS) {
            stage.channelClose(channel);
            stage.down(channel);
        }
        connection.send(PIECE);
        stage.advance(CONNECT_TIMEOUT - 1);
        connection.status();
        stage.pullAll();
        stage.advance(1);
        stage.pullAll();
        connection.status();
        connection.receive(1);
    }

    private static void drainControl(Stage stage) {
        DrilledConnection connection = open(stage);
        stage.drain(stage.control());
        stage.pullAll();
        stage.channelClose(stage.control());
        stage.greeted(CONTROL);
        stage.pullAll();
        connection.status();
    }

    private static void drainWithWaiting(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 100);
        connection.data(SECOND, 100, 150);
        stage.channelClose(SECOND);
        stage.pullAll();
        connection.readAll();
        stage.awaitAck();
        stage.down(SECOND);
        connection.data(FIRST, 150, 170);
        connection.readAll();
    }

    private static void beforeHello(Stage stage) {
        DrilledConnection connection = open(stage);
        int young = stage.up(LATENCY);
        connection.data(young, 0, 10);
        int control = stage.up(CONTROL);
        connection.on(control).ack();
        int closed = stage.up(THROUGHPUT);
        stage.channelClose(closed);
        connection.receive(10);
        connection.status();
        stage.pullAll();
    }

    private static void helloTwice(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(PIECE);
        stage.hello(FIRST);
        connection.mustHaveSentAll();
        stage.hello(stage.control());
        stage.greeted(CONTROL);
        stage.pullAll();
        connection.status();
    }

    private static void wrongHello(Stage stage) {
        DrilledConnection connection = open(stage);
        stage.hello(stage.up(LATENCY), LIFE, THROUGHPUT, LARGEST);
        stage.hello(stage.up(LATENCY), LIFE, LATENCY, 0);
        stage.hello(stage.up(LATENCY), new Hello(LIFE, FIRST, LATENCY.code(), LARGEST));
        stage.hello(stage.up(CONTROL), LIFE, LATENCY, LARGEST);
        stage.hello(stage.up(LATENCY), LIFE, LATENCY, 1);
        connection.transmit(20);
        connection.mustHaveSentAll();
    }

    private static void bytesBeforeHello(Stage stage) {
        stage.open(SMALL);
        stage.greeted(CONTROL);
        int first = stage.up(LATENCY);
        int second = stage.up(LATENCY);
        DrilledConnection connection = stage.connection();
        connection.transmit(PIECE);
        stage.hello(second);
        connection.mustHaveSentAll();
        stage.hello(first);
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
    }

    private static void numbersOnce(Stage stage) {
        DrilledConnection connection = open(stage);
        boolean dialer = stage.role() == Role.CONNECTING;
        stage.application().channelUp(FIRST, LATENCY, dialer);
        stage.down(SECOND);
        stage.application().channelUp(SECOND, LATENCY, dialer);
        stage.application().channelUp(SECOND + 50, LATENCY, !dialer);
        stage.application().channelUp(SECOND + 51, LATENCY, dialer);
        stage.application().channelUp(0, LATENCY, dialer);
        connection.transmit(20);
        connection.mustHaveSentAll();
    }

    private static void controlIsRead(Stage stage) {
        stage.start(SMALL.with(Setting.CHANNEL_BUDGET, 10));
        DrilledConnection connection = stage.connection();
        connection.stop(1);
        connection.send(PIECE);
        connection.data(FIRST, 0, 100);
        for (int channel : DATA_CHANNELS) {
            connection.data(channel, 100 + 10 * channel, 110 + 10 * channel);
            connection.data(channel, 200, 210);
        }
        stage.awaitStop();
        connection.resume(1);
        connection.mustHaveSentAll();
        connection.stopAck(1, 300);
        connection.data(FIRST, 100, 130);
        stage.awaitAck();
        connection.readAll();
    }

    private static void newestControl(Stage stage) {
        DrilledConnection connection = open(stage);
        int old = stage.control();
        int young = stage.up(CONTROL);
        connection.on(old).stop(1);
        stage.pullAll();
        stage.hello(young);
        connection.on(old).stop(2);
        stage.pullAll();
        connection.on(young).resume(2);
        connection.on(old).resume(1);
        connection.transmit(20);
        connection.mustHaveSentAll();
        stage.down(young);
        connection.on(old).stop(3);
        stage.pullAll();
    }

    private static void failedIsOver(Stage stage) {
        DrilledConnection connection = open(stage);
        stage.down(FIRST);
        connection.data(FIRST, 0, 10);
        connection.receive(10);
        stage.pull(FIRST);
        stage.down(FIRST);
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
        int control = stage.control();
        stage.greeted(CONTROL);
        stage.down(control);
        connection.on(control).fin(0);
        connection.receive(1);
        stage.pull(control);
    }
}
