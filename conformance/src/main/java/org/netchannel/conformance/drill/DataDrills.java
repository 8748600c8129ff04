package org.netchannel.conformance.drill;

import static org.netchannel.conformance.drill.Stage.FIRST;
import static org.netchannel.conformance.drill.Stage.PEER_BUFFER;
import static org.netchannel.conformance.drill.Stage.SECOND;
import static org.netchannel.conformance.drill.Stage.SEND_BUFFER;
import static org.netchannel.conformance.drill.Stage.SMALL;
import static org.netchannel.conformance.drill.Stage.THIRD;

import java.util.List;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.PacketType;

/** NC-DATA-1 to NC-DATA-6: bytes are sent, received twice and in pieces, acknowledged. */
final class DataDrills {
    private static final int QUARTER = (int) PEER_BUFFER / 4;

    private DataDrills() {}

    static List<Drill> all() {
        return new Theme()
                .both("bytes in any order", "four packets on three channels arrive backwards",
                        "NC-DATA-1 NC-DATA-2", DataDrills::backwards)
                .both("copy of bytes that are unread", "the same packet twice, on two channels, before it is read",
                        "NC-DATA-4 R33", DataDrills::copyOfUnread)
                .both("copy of bytes that were read", "the same packet again after it was read",
                        "NC-DATA-4 R33 R10", DataDrills::copyOfRead)
                .both("copy of bytes out of order", "the same packet twice while bytes before it are missing",
                        "NC-DATA-4", DataDrills::copyOutOfOrder)
                .both("copy of bytes that wait", "the same packet twice while it waits in the response queue",
                        "NC-DATA-4 NC-HOL-2", DataDrills::copyWhileWaiting)
                .both("overlap at the front", "a packet begins with bytes that are there, read or not",
                        "NC-DATA-4", DataDrills::overlapAtFront)
                .both("overlap at the back", "a packet ends with bytes that are there",
                        "NC-DATA-4", DataDrills::overlapAtBack)
                .both("overlap in the middle", "a packet covers bytes that are there, with new ones on both sides",
                        "NC-DATA-4", DataDrills::overlapInTheMiddle)
                .both("overlap with several pieces", "a packet covers two pieces and three holes",
                        "NC-DATA-4", DataDrills::overlapWithPieces)
                .both("overlap with bytes out of order", "packets begin inside bytes that are there, after a hole",
                        "NC-DATA-4", DataDrills::overlapOutOfOrder)
                .both("overlap with pieces side by side", "a packet begins in one piece and covers the next",
                        "NC-DATA-4 NC-HOL-2", DataDrills::overlapSideBySide)
                .both("copies cost nothing", "copies of old bytes do not spend the budget or the buffer",
                        "NC-DATA-4 NC-CH-4", DataDrills::copiesCostNothing)
                .both("copy after close", "a copy of bytes that were read comes after close: no reset",
                        "NC-DATA-4 NC-FIN-4 R52", DataDrills::copyAfterClose)
                .both("old copy meets a new connection", "abort, the same ports again, bytes of the old connection",
                        "NC-HS-7 NC-DATA-1 R10 R11", DataDrills::oldConnection)
                .both("send buffer fills and empties", "writing up to the send buffer, acknowledged in two steps",
                        "NC-DATA-3 NC-DATA-5", DataDrills::sendBuffer)
                .both("ack of a quarter", "a quarter of the peer's send buffer, and a byte less",
                        "NC-DATA-5", DataDrills::quarter)
                .both("ack after the delay", "an acknowledgement delay after the bytes, and a nanosecond less",
                        "NC-DATA-5", DataDrills::delay)
                .both("ack over what was sent", "an ack one over snd_nxt, and one equal to it",
                        "NC-DATA-5", DataDrills::ackTooHigh)
                .both("old ack", "acks in falling order: the send buffer does not shrink again",
                        "NC-DATA-5 NC-DATA-3", DataDrills::oldAck)
                .both("ack that rode on a failed channel", "a data channel fails: ACK is sent for whoever used it",
                        "NC-DATA-5 R47", DataDrills::ackAgain)
                .both("offset over the announced buffer", "DATA up to the announced send buffer, and a byte further",
                        "NC-DATA-6", DataDrills::bufferExceeded)
                .both("cut as the peer accepts it", "many bytes to a peer that takes packets of 100",
                        "NC-DATA-2 NC-HDR-2", DataDrills::cut)
                .both("class has its own channels", "a THROUGHPUT and a LATENCY connection send at once",
                        "NC-SCH-1 NC-HS-1 R17", DataDrills::classes)
                .both("full channels hold bytes back", "queued bytes reach the threshold, and fall below it again",
                        "NC-SCH-2 NC-SCH-3 R35", DataDrills::threshold)
                .both("full channels are not chosen", "each has a packet, and the rest waits for one that comes up",
                        "NC-SCH-2 R36", DataDrills::overThreshold)
                .both("bytes wait for a channel", "no channel of the class, then one comes up, then its HELLO",
                        "NC-SCH-2 NC-CH-2 R36", DataDrills::waitForChannel)
                .drills();
    }

    private static DrilledConnection open(Stage stage) {
        stage.start(SMALL);
        DrilledConnection connection = stage.connection();
        stage.pullAll();
        return connection;
    }

    private static void backwards(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 70, 100);
        connection.data(SECOND, 40, 70);
        connection.data(THIRD, 10, 40);
        connection.receive(100);
        connection.data(FIRST, 0, 10);
        connection.receive(33);
        connection.readAll();
        stage.awaitAck();
    }

    private static void copyOfUnread(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 40);
        connection.data(SECOND, 0, 40);
        stage.awaitAck();
        connection.data(SECOND, 40, 80);
        connection.data(FIRST, 40, 80);
        connection.data(FIRST, 0, 40);
        connection.readAll();
    }

    private static void copyOfRead(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 40);
        connection.readAll();
        connection.data(SECOND, 0, 40);
        connection.readAll();
        connection.data(SECOND, 40, 80);
        connection.read(20);
        connection.data(FIRST, 40, 80);
        connection.data(FIRST, 20, 60);
        connection.readAll();
        connection.fin(80);
        connection.receive(1);
    }

    private static void copyOutOfOrder(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 40, 80);
        connection.data(SECOND, 40, 80);
        connection.data(SECOND, 40, 80);
        connection.data(THIRD, 0, 40);
        connection.readAll();
        stage.awaitAck();
    }

    private static void copyWhileWaiting(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 50);
        connection.data(FIRST, 50, 100);
        connection.data(SECOND, 100, 150);
        connection.data(THIRD, 100, 150);
        connection.data(FIRST, 120, 150);
        connection.read(60);
        connection.data(SECOND, 150, 160);
        connection.readAll();
        connection.data(THIRD, 100, 150);
        connection.readAll();
        stage.awaitAck();
    }

    private static void overlapAtFront(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 40);
        connection.data(SECOND, 39, 60);
        connection.readAll();
        connection.data(SECOND, 0, 80);
        connection.readAll();
        connection.data(FIRST, 79, 81);
        connection.readAll();
    }

    private static void overlapAtBack(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 40, 80);
        connection.data(SECOND, 0, 41);
        connection.readAll();
        connection.data(FIRST, 120, 130);
        connection.data(SECOND, 80, 130);
        connection.readAll();
    }

    private static void overlapInTheMiddle(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 20, 40);
        connection.data(SECOND, 0, 60);
        stage.awaitAck();
        connection.data(SECOND, 60, 90);
        connection.data(FIRST, 90, 100);
        connection.readAll();
    }

    private static void overlapWithPieces(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 10, 20);
        connection.data(FIRST, 30, 40);
        connection.data(SECOND, 5, 45);
        connection.receive(100);
        connection.data(THIRD, 0, 6);
        connection.readAll();
        connection.data(THIRD, 45, 100);
        connection.readAll();
    }

    private static void overlapOutOfOrder(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 20, 40);
        connection.data(SECOND, 39, 50);
        connection.data(THIRD, 21, 55);
        connection.data(SECOND, 30, 40);
        connection.data(FIRST, 10, 21);
        connection.data(FIRST, 90, 100);
        connection.data(SECOND, 55, 91);
        connection.receive(1);
        connection.data(THIRD, 0, 11);
        connection.data(SECOND, 100, 101);
        connection.readAll();
        stage.awaitAck();
    }

    private static void overlapSideBySide(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 20, 40);
        connection.data(FIRST, 40, 60);
        connection.data(SECOND, 30, 70);
        connection.data(THIRD, 40, 60);
        connection.data(SECOND, 0, 20);
        connection.data(FIRST, 70, 100);
        stage.awaitAck();
        connection.readAll();
    }

    private static void copiesCostNothing(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 50);
        connection.data(FIRST, 50, 99);
        connection.data(SECOND, 0, 50);
        connection.data(SECOND, 20, 99);
        connection.data(SECOND, 99, 100);
        stage.awaitAck();
        connection.data(SECOND, 0, 100);
        connection.data(SECOND, 100, 101);
        stage.awaitAck();
        connection.readAll();
    }

    private static void copyAfterClose(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 40);
        connection.readAll();
        connection.transmit(10);
        connection.close();
        connection.data(SECOND, 0, 40);
        connection.data(SECOND, 10, 30);
        stage.pullAll();
        connection.mustHaveSentAll();
        connection.data(SECOND, 30, 41);
        stage.pullAll();
    }

    private static void oldConnection(Stage stage) {
        DrilledConnection old = open(stage);
        old.data(FIRST, 0, 20);
        old.abort();
        stage.pullAll();
        DrilledConnection young = stage.connection();
        DrilledConnection sameId = old.withPorts(young.hostPort(), young.peerPort());
        sameId.data(FIRST, 0, 40);
        sameId.fin(10);
        sameId.resume(1);
        sameId.rst(org.netchannel.traces.Reason.ABORTED);
        young.data(SECOND, 0, 30);
        young.readAll();
        stage.pullAll();
    }

    private static void sendBuffer(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.send(SEND_BUFFER - 1);
        connection.send(10);
        connection.send(10);
        connection.mustHaveSentAll();
        connection.acking(50).ack();
        connection.send(49);
        connection.send(10);
        connection.send(10);
        connection.mustHaveSentAll();
        connection.acknowledge();
        connection.send(SEND_BUFFER + 1);
        connection.mustHaveSentAll();
    }

    private static void quarter(Stage stage) {
        stage.start(SMALL.with(Setting.RECEIVE_BUFFER, PEER_BUFFER));
        DrilledConnection connection = stage.connection();
        stage.pullAll();
        connection.data(FIRST, 0, QUARTER - 1);
        stage.pullAll();
        connection.data(FIRST, QUARTER - 1, QUARTER);
        stage.pullAll();
        connection.data(SECOND, 2 * QUARTER, 3 * QUARTER);
        stage.pullAll();
        connection.data(FIRST, QUARTER, 2 * QUARTER);
        stage.pullAll();
        connection.readAll();
    }

    private static void delay(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 10);
        stage.advance(Stage.ACK_DELAY - 1);
        stage.pullAll();
        connection.data(FIRST, 10, 20);
        stage.advance(1);
        stage.pullAll();
        connection.data(FIRST, 30, 40);
        stage.awaitAck();
        connection.data(FIRST, 20, 30);
        stage.awaitAck();
        stage.awaitAck();
    }

    private static void ackTooHigh(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(100);
        connection.acking(100).ack();
        connection.status();
        connection.acking(101).ack();
        connection.status();
        stage.pullAll();
    }

    private static void oldAck(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(SEND_BUFFER);
        connection.acking(100).ack();
        connection.acking(50).ack();
        connection.acking(0).data(FIRST, 0, 10);
        connection.send(200);
        connection.mustHaveSentAll();
    }

    private static void ackAgain(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 20);
        connection.transmit(300);
        stage.awaitAck();
        for (int channel : new int[] {FIRST, SECOND, THIRD}) {
            stage.down(channel);
            stage.pullAll();
        }
        stage.greeted(ChannelClass.LATENCY);
        connection.mustHaveSentAll();
    }

    private static void bufferExceeded(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, PEER_BUFFER - 50, PEER_BUFFER);
        connection.status();
        connection.data(SECOND, 0, 40);
        connection.data(SECOND, PEER_BUFFER, PEER_BUFFER + 40);
        connection.status();
        connection.data(THIRD, PEER_BUFFER + 40, PEER_BUFFER + 41);
        connection.status();
        stage.pullAll();
    }

    private static void cut(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.send(101);
        connection.send(99);
        connection.send(350);
        connection.mustHaveSentAll();
        connection.acknowledge();
        connection.transmit(1);
        connection.mustHaveSentAll();
    }

    private static void classes(Stage stage) {
        DrilledConnection latency = open(stage);
        stage.greeted(ChannelClass.THROUGHPUT);
        DrilledConnection throughput = stage.connection(ChannelClass.THROUGHPUT);
        latency.send(300);
        throughput.send(300);
        latency.mustHaveSentAll();
        throughput.mustHaveSentAll();
    }

    private static void threshold(Stage stage) {
        stage.start(SMALL.with(Setting.QUEUE_THRESHOLD, 120));
        DrilledConnection connection = stage.connection();
        stage.pull(stage.control());
        connection.send(SEND_BUFFER);
        stage.pull(FIRST, 1);
        stage.pull(SECOND, 1);
        stage.down(THIRD);
        connection.mustHaveSentAll();
        connection.acknowledge();
        connection.transmit(SEND_BUFFER);
        connection.mustHaveSentAll();
    }

    private static void overThreshold(Stage stage) {
        stage.start(SMALL.with(Setting.QUEUE_THRESHOLD, 1));
        DrilledConnection connection = stage.connection();
        stage.pull(stage.control());
        connection.send(SEND_BUFFER);
        int late = stage.up(ChannelClass.LATENCY);
        stage.hello(late);
        boolean chosen = stage.pull(late).stream().anyMatch(header -> header.typeCode() == PacketType.DATA.code());
        if (!chosen) {
            throw new ViolationFound(Violation.of("full channels were chosen",
                    "a channel has come up, and no byte of " + SEND_BUFFER + " is left for it, although the others hold"
                            + " a packet each"));
        }
        connection.mustHaveSentAll();
    }

    private static void waitForChannel(Stage stage) {
        DrilledConnection connection = open(stage);
        for (int channel : new int[] {FIRST, SECOND, THIRD}) {
            stage.down(channel);
        }
        connection.transmit(150);
        int late = stage.up(ChannelClass.LATENCY);
        stage.pullAll();
        stage.hello(late);
        connection.mustHaveSentAll();
    }
}
