package org.netchannel.conformance.drill;

import static org.netchannel.conformance.drill.Stage.FIRST;
import static org.netchannel.conformance.drill.Stage.RECEIVE_BUFFER;
import static org.netchannel.conformance.drill.Stage.SECOND;
import static org.netchannel.conformance.drill.Stage.SMALL;
import static org.netchannel.conformance.drill.Stage.THIRD;

import java.util.List;
import org.netchannel.traces.Config.Setting;

/**
 * NC-HOL-1, NC-HOL-2 and NC-CH-4: what moves to the receive buffer and what waits. A packet that waits spends the
 * budget of its channel, so the next packet on that channel shows whether it does.
 */
final class ResponseQueueDrills {
    private static final long FULL = RECEIVE_BUFFER;
    private static final int LARGE_BUDGET = 500;

    private ResponseQueueDrills() {}

    static List<Drill> all() {
        return new Theme()
                .both("packet that fits exactly", "the last packet fills the receive buffer to the byte",
                        "NC-HOL-2", ResponseQueueDrills::fitsExactly)
                .both("packet that is a byte too long", "the last packet is over the receive buffer by a byte",
                        "NC-HOL-2 NC-CH-4", ResponseQueueDrills::oneTooLong)
                .both("waiting packet moves after a read", "reading makes room for it: not before there is enough",
                        "NC-HOL-2", ResponseQueueDrills::movesAfterRead)
                .both("next packet meets a buffer of later ones", "the missing packet moves although nothing fits",
                        "NC-HOL-2 R13", ResponseQueueDrills::missingPacketMoves)
                .both("next packet is cut at its front", "the missing packet begins with bytes that were read",
                        "NC-HOL-2 NC-DATA-4 R13", ResponseQueueDrills::missingPacketOverlaps)
                .both("next packet while there is something to read", "the missing packet waits until all is read",
                        "NC-HOL-2 R46", ResponseQueueDrills::nextPacketWaits)
                .both("packet beyond the next", "nothing to read, but the packet does not carry the next byte",
                        "NC-HOL-2 R46", ResponseQueueDrills::beyondNext)
                .both("packet larger than the buffer", "it moves when it carries the next byte and nothing is there",
                        "NC-HOL-2", ResponseQueueDrills::largerThanBuffer)
                .both("waiting packets move in order of arrival", "room for one of two waiting packets",
                        "NC-HOL-2", ResponseQueueDrills::orderOfArrival)
                .both("shorter packet passes a longer one", "the first that waits does not fit, the second does",
                        "NC-HOL-2", ResponseQueueDrills::shorterPasses)
                .both("waiting packet that came another way", "its bytes arrive in another packet: it is dropped",
                        "NC-HOL-2 NC-DATA-4", ResponseQueueDrills::droppedWhileWaiting)
                .both("waiting packet is covered by the next", "the missing packet brings what one waits with",
                        "NC-HOL-2 NC-DATA-4 R13", ResponseQueueDrills::coveredByNext)
                .both("only new bytes count for the room", "an overlapping packet of which just enough is new",
                        "NC-HOL-2 NC-DATA-4", ResponseQueueDrills::onlyNewBytesCount)
                .both("budget is spent and free again", "charges of two packets on one channel, up to the budget",
                        "NC-CH-4 NC-HOL-1 NC-HOL-2", ResponseQueueDrills::budget)
                .both("channel leaves others alone",
                        "one connection's packet waits, another's passes on the same channel",
                        "NC-HOL-1 NC-CH-4 NC-HOL-10 R14", ResponseQueueDrills::otherConnectionPasses)
                .both("budget after a reset", "a connection with waiting packets is reset: its channel is free",
                        "NC-CH-4 NC-RST-1", ResponseQueueDrills::budgetAfterReset)
                .drills();
    }

    private static DrilledConnection receiving(Stage stage) {
        stage.start(SMALL);
        DrilledConnection connection = stage.connection();
        stage.pullAll();
        return connection;
    }

    private static DrilledConnection withLargeBudget(Stage stage) {
        stage.start(SMALL.with(Setting.CHANNEL_BUDGET, LARGE_BUDGET));
        DrilledConnection connection = stage.connection();
        stage.pullAll();
        return connection;
    }

    private static void fitsExactly(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 0, 50);
        connection.data(FIRST, 50, FULL);
        stage.awaitAck();
        connection.data(FIRST, FULL, FULL + 50);
        connection.data(FIRST, FULL + 50, FULL + 100);
        connection.readAll();
    }

    private static void oneTooLong(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 0, 50);
        connection.data(FIRST, 50, FULL + 1);
        stage.awaitAck();
        connection.data(FIRST, FULL + 1, FULL + 2);
        connection.read(1);
        stage.awaitAck();
        connection.data(FIRST, FULL + 1, FULL + 2);
        connection.readAll();
    }

    private static void movesAfterRead(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 0, 50);
        connection.data(FIRST, 50, FULL);
        connection.data(SECOND, FULL, FULL + 50);
        connection.read(49);
        stage.awaitAck();
        connection.data(SECOND, FULL + 50, FULL + 100);
        connection.read(1);
        stage.awaitAck();
        connection.data(SECOND, FULL + 50, FULL + 100);
        connection.readAll();
    }

    private static void missingPacketMoves(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 50, FULL);
        connection.data(FIRST, FULL, FULL + 50);
        connection.data(SECOND, 0, 50);
        stage.awaitAck();
        connection.data(SECOND, FULL + 50, FULL + 100);
        connection.readAll();
    }

    private static void missingPacketOverlaps(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 0, 30);
        connection.read(30);
        connection.data(FIRST, 80, 130);
        connection.data(FIRST, 130, 180);
        connection.data(SECOND, 20, 70);
        stage.awaitAck();
        connection.readAll();
        connection.data(SECOND, 70, 80);
        connection.readAll();
    }

    private static void nextPacketWaits(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 0, 10);
        connection.data(FIRST, 60, 110);
        connection.data(FIRST, 110, 150);
        connection.data(SECOND, 10, 60);
        stage.awaitAck();
        connection.read(9);
        stage.awaitAck();
        connection.data(SECOND, 150, 151);
        connection.read(1);
        stage.awaitAck();
        connection.data(SECOND, 150, 151);
        connection.readAll();
    }

    private static void beyondNext(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 60, 110);
        connection.data(FIRST, 110, 160);
        connection.data(SECOND, 1, 51);
        stage.awaitAck();
        connection.data(SECOND, 51, 60);
        connection.data(THIRD, 0, 1);
        stage.awaitAck();
        connection.readAll();
        connection.data(THIRD, 51, 60);
        connection.readAll();
    }

    private static void largerThanBuffer(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 0, FULL + 50);
        stage.awaitAck();
        connection.data(FIRST, FULL + 50, 2 * FULL + 50);
        connection.read((int) FULL + 49);
        stage.awaitAck();
        connection.read(1);
        stage.awaitAck();
        connection.data(SECOND, 3 * FULL, 4 * FULL + 50);
        connection.readAll();
        stage.awaitAck();
        connection.data(FIRST, 2 * FULL + 50, 3 * FULL);
        stage.awaitAck();
        connection.readAll();
    }

    private static void orderOfArrival(Stage stage) {
        DrilledConnection connection = withLargeBudget(stage);
        connection.data(FIRST, 0, 60);
        connection.data(FIRST, 60, 110);
        connection.data(FIRST, 110, 160);
        connection.read(20);
        stage.awaitAck();
        connection.read(20);
        stage.awaitAck();
        connection.readAll();
    }

    private static void shorterPasses(Stage stage) {
        DrilledConnection connection = withLargeBudget(stage);
        connection.data(FIRST, 0, 60);
        connection.data(FIRST, 100, 150);
        connection.data(FIRST, 60, 100);
        stage.awaitAck();
        connection.data(SECOND, 150, 170);
        connection.read(20);
        stage.awaitAck();
        connection.readAll();
    }

    private static void droppedWhileWaiting(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 0, 50);
        connection.data(FIRST, 50, 70);
        connection.data(SECOND, 70, 120);
        connection.data(FIRST, 70, FULL);
        connection.data(SECOND, 120, 121);
        connection.read(20);
        stage.awaitAck();
        connection.data(SECOND, FULL, 120);
        connection.readAll();
        stage.awaitAck();
        connection.data(SECOND, 70, 120);
        connection.readAll();
    }

    private static void coveredByNext(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 50, FULL);
        connection.data(FIRST, FULL, FULL + 50);
        connection.data(SECOND, 10, 60);
        connection.data(SECOND, FULL + 50, FULL + 51);
        connection.data(THIRD, 0, 60);
        connection.data(SECOND, FULL + 50, FULL + 51);
        stage.awaitAck();
        connection.readAll();
    }

    private static void onlyNewBytesCount(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 0, 70);
        connection.data(SECOND, 50, FULL);
        stage.awaitAck();
        connection.data(SECOND, 80, FULL + 1);
        connection.data(SECOND, FULL + 1, FULL + 2);
        connection.read(1);
        stage.awaitAck();
        connection.data(SECOND, FULL + 1, FULL + 2);
        connection.readAll();
    }

    private static void budget(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 0, 50);
        connection.data(FIRST, 50, FULL);
        connection.data(FIRST, FULL, FULL + 49);
        connection.data(FIRST, FULL + 49, FULL + 60);
        connection.data(FIRST, FULL + 60, FULL + 61);
        connection.data(SECOND, FULL + 60, FULL + 61);
        connection.data(SECOND, 0, 50);
        connection.read(49);
        connection.data(FIRST, FULL + 61, FULL + 62);
        connection.read(11);
        connection.data(FIRST, FULL + 61, FULL + 62);
        connection.readAll();
    }

    private static void otherConnectionPasses(Stage stage) {
        DrilledConnection slow = withLargeBudget(stage);
        DrilledConnection fast = stage.connection();
        slow.data(FIRST, 0, FULL);
        slow.data(FIRST, FULL, FULL + 50);
        fast.data(FIRST, 0, 50);
        fast.readAll();
        stage.awaitStop();
        slow.stopAck(1, FULL + 50);
        fast.data(FIRST, 50, FULL);
        fast.readAll();
        stage.awaitAck();
    }

    private static void budgetAfterReset(Stage stage) {
        DrilledConnection over = receiving(stage);
        DrilledConnection other = stage.connection();
        over.data(FIRST, 0, FULL);
        over.data(FIRST, FULL, FULL + 50);
        other.data(FIRST, 0, 50);
        over.abort();
        other.data(FIRST, 0, 50);
        other.readAll();
        stage.pullAll();
    }
}
