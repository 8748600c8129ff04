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

import java.util.List;

/** Section 9: channels fail, control channels are dialed again, the peer has a new life. */
final class FailureDrills {
    private static final int PIECE = 250;
    private static final int[] DATA_CHANNELS = {FIRST, SECOND, THIRD};

    private FailureDrills() {}

    static List<Drill> all() {
        return new Theme()
                .both("bytes of a failed channel are sent again", "channels fail one after the other",
                        "NC-FAIL-1 NC-FAIL-4 NC-DATA-3 R33", FailureDrills::sentAgain)
                .both("only what is unacknowledged is sent again", "a part was acknowledged before the failure",
                        "NC-FAIL-1 NC-DATA-3 R33", FailureDrills::onlyUnacknowledged)
                .both("failure with bytes still queued", "some of the bytes were pulled when the channel fails",
                        "NC-FAIL-1 R33", FailureDrills::queuedBytes)
                .both("bytes of a failed channel come late", "bytes come again on another channel after the failure",
                        "NC-FAIL-4 NC-FAIL-5 NC-DATA-4 R33", FailureDrills::lateCopy)
                .both("acknowledgements of a failed channel are said again",
                        "ACK when a channel fails that was used, although all on it has arrived",
                        "NC-DATA-5 NC-FAIL-1 R47", FailureDrills::acknowledgedAgain)
                .both("no channel for a connect timeout", "CHANNEL_LOST, and not a nanosecond before",
                        "NC-FAIL-1", FailureDrills::channelLost)
                .both("a channel comes in time", "a channel comes up just before the connect timeout is over",
                        "NC-FAIL-1 NC-SCH-2", FailureDrills::channelInTime)
                .both("control state is repeated", "STOP, FIN and what opens, on a new control channel",
                        "NC-FAIL-2 R5 R24 R30", FailureDrills::stateIsRepeated)
                .both("answer of the accepting side is repeated", "NCSYN_ACK or ACK on every new control channel",
                        "NC-FAIL-2 R5 R48", FailureDrills::openingIsRepeated)
                .both("rst is repeated", "RST again on a new control channel within a connect timeout, not after",
                        "NC-FAIL-2 R42 R45 R53", FailureDrills::resetIsRepeated)
                .both("nothing to say without a control channel", "packets due meanwhile are covered by the repetition",
                        "NC-FAIL-2", FailureDrills::withoutControl)
                .both("stop ack on a new channel that fails", "the older one lives and carries on",
                        "NC-FAIL-2 NC-CH-3 R49", FailureDrills::newControlFails)
                .both("peer has a new life",
                        "a higher incarnation: connections are reset, channels of the old one fail",
                        "NC-FAIL-3 R34 R50", FailureDrills::newLife)
                .both("peer's earlier life", "a lower incarnation fails its channel alone",
                        "NC-FAIL-3 R50", FailureDrills::earlierLife)
                .connecting("new life and syn sent", "a connection in SYN_SENT survives the peer's new life",
                        "NC-FAIL-3 R34", FailureDrills::newLifeInSynSent)
                .drills();
    }

    private static DrilledConnection open(Stage stage) {
        stage.start(SMALL);
        DrilledConnection connection = stage.connection();
        stage.pullAll();
        return connection;
    }

    private static void sentAgain(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(2 * PIECE);
        stage.down(FIRST);
        connection.mustHaveSentAll();
        stage.down(SECOND);
        connection.mustHaveSentAll();
        stage.greeted(LATENCY);
        stage.down(THIRD);
        connection.mustHaveSentAll();
        connection.acknowledge();
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
    }

    private static void onlyUnacknowledged(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(2 * PIECE);
        connection.acking(PIECE + 13).ack();
        for (int channel : DATA_CHANNELS) {
            stage.down(channel);
        }
        stage.greeted(LATENCY);
        connection.mustHaveSentAll();
        connection.acknowledge();
        stage.greeted(LATENCY);
        stage.pullAll();
    }

    private static void acknowledgedAgain(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 30);
        connection.transmit(50);
        // With nothing to send again, nothing but ACK can carry the value.
        connection.acknowledge();
        for (int channel : DATA_CHANNELS) {
            stage.down(channel);
            stage.pull(stage.control());
        }
        stage.greeted(LATENCY);
        connection.mustHaveSentAll();
    }

    private static void queuedBytes(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.send(2 * PIECE);
        stage.pull(FIRST, 1);
        stage.down(FIRST);
        stage.down(SECOND);
        connection.send(50);
        connection.mustHaveSentAll();
    }

    private static void lateCopy(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 30);
        connection.data(FIRST, 60, 90);
        connection.data(SECOND, 30, 60);
        connection.read(45);
        stage.down(FIRST);
        connection.data(THIRD, 0, 30);
        connection.data(THIRD, 60, 90);
        connection.data(SECOND, 0, 100);
        connection.readAll();
        stage.awaitAck();
    }

    private static void channelLost(Stage stage) {
        DrilledConnection connection = open(stage);
        DrilledConnection idle = stage.connection();
        connection.transmit(50);
        for (int channel : DATA_CHANNELS) {
            stage.down(channel);
        }
        stage.advance(CONNECT_TIMEOUT - 1);
        connection.status();
        stage.pullAll();
        stage.advance(1);
        connection.status();
        idle.status();
        stage.pullAll();
    }

    private static void channelInTime(Stage stage) {
        DrilledConnection connection = open(stage);
        for (int channel : DATA_CHANNELS) {
            stage.down(channel);
        }
        connection.transmit(50);
        stage.advance(CONNECT_TIMEOUT - 1);
        stage.greeted(LATENCY);
        connection.mustHaveSentAll();
        stage.advance(CONNECT_TIMEOUT);
        connection.status();
        stage.pullAll();
    }

    private static void stateIsRepeated(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 100);
        connection.data(SECOND, 100, 150);
        connection.send(30);
        connection.shutdown();
        stage.awaitStop();
        int old = stage.control();
        stage.greeted(CONTROL);
        stage.pullAll();
        connection.stopAck(1, 150);
        connection.readAll();
        stage.pullAll();
        stage.down(old);
        stage.greeted(CONTROL);
        stage.pullAll();
        connection.acking(31).ack();
        stage.greeted(CONTROL);
        stage.pullAll();
    }

    private static void openingIsRepeated(Stage stage) {
        DrilledConnection connection = open(stage);
        stage.connection();
        for (int i = 0; i < 2; i++) {
            int old = stage.control();
            stage.down(old);
            connection.data(FIRST, 20 * i, 20 * i + 20);
            stage.greeted(CONTROL);
            stage.pullAll();
        }
    }

    private static void resetIsRepeated(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.abort();
        stage.pullAll();
        stage.advance(CONNECT_TIMEOUT - 1);
        stage.greeted(CONTROL);
        stage.pullAll();
        stage.advance(1);
        stage.greeted(CONTROL);
        stage.pullAll();
    }

    private static void withoutControl(Stage stage) {
        DrilledConnection connection = open(stage);
        DrilledConnection other = stage.connection();
        stage.pullAll();
        stage.down(stage.control());
        connection.data(FIRST, 0, 100);
        connection.data(SECOND, 100, 150);
        connection.send(30);
        connection.shutdown();
        other.abort();
        stage.advance(Stage.HEAD_OF_LINE);
        connection.mustHaveSentAll();
        stage.greeted(CONTROL);
        stage.pullAll();
        connection.stopAck(1, 150);
        connection.readAll();
        stage.pullAll();
    }

    private static void newControlFails(Stage stage) {
        DrilledConnection connection = open(stage);
        int old = stage.control();
        connection.data(FIRST, 0, 100);
        connection.data(SECOND, 100, 150);
        stage.awaitStop();
        int young = stage.greeted(CONTROL);
        connection.stop(1);
        stage.down(young);
        connection.on(old).stop(1);
        connection.on(old).stopAck(1, 150);
        stage.pullAll();
        stage.greeted(CONTROL);
        connection.readAll();
        stage.pullAll();
    }

    private static void newLife(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 20);
        connection.transmit(50);
        int control = stage.up(CONTROL);
        stage.hello(control, LIFE + 1, CONTROL, LARGEST);
        connection.status();
        connection.data(FIRST, 20, 40);
        connection.readAll();
        connection.receive(1);
        stage.pullAll();
        int data = stage.up(LATENCY);
        stage.hello(data, LIFE + 1, LATENCY, LARGEST);
        DrilledConnection young = stage.connection();
        young.transmit(50);
        young.mustHaveSentAll();
        stage.hello(stage.up(LATENCY), LIFE, LATENCY, LARGEST);
        young.status();
        stage.pullAll();
    }

    private static void earlierLife(Stage stage) {
        DrilledConnection connection = open(stage);
        stage.hello(stage.up(LATENCY), LIFE - 1, LATENCY, LARGEST);
        connection.status();
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
        stage.hello(stage.up(CONTROL), LIFE - 1, CONTROL, LARGEST);
        connection.status();
        stage.pullAll();
    }

    private static void newLifeInSynSent(Stage stage) {
        stage.start(SMALL);
        DrilledConnection asking = stage.connect(LATENCY);
        stage.hello(stage.up(CONTROL), LIFE + 1, CONTROL, LARGEST);
        asking.status();
        stage.pullAll();
        asking.ncsynAck();
        asking.status();
        int data = stage.up(LATENCY);
        stage.hello(data, LIFE + 1, LATENCY, LARGEST);
        asking.send(20);
        asking.mustHaveSentAll();
    }
}
