package org.netchannel.conformance.drill;

import static org.netchannel.conformance.drill.Stage.FIRST;
import static org.netchannel.conformance.drill.Stage.PEER_BUFFER;
import static org.netchannel.conformance.drill.Stage.RECEIVE_BUFFER;
import static org.netchannel.conformance.drill.Stage.SECOND;
import static org.netchannel.conformance.drill.Stage.SMALL;
import static org.netchannel.conformance.drill.Stage.THIRD;

import java.util.List;
import org.netchannel.traces.ChannelClass;

/** NC-HOL-3, -4, -6 and -7: the host under test receives more than it reads, says STOP, and later RESUME. */
final class ReceiverStopDrills {
    private static final long FULL = RECEIVE_BUFFER;

    private ReceiverStopDrills() {}

    static List<Drill> all() {
        return new Theme()
                .both("stop after the timer", "a packet waits for a head-of-line timer, and a nanosecond less",
                        "NC-HOL-3 NC-HOL-4 R14", ReceiverStopDrills::stopAfterTheTimer)
                .both("no stop when the queue empties", "a packet waits, and moves before the timer expires",
                        "NC-HOL-3 NC-HOL-4 R23", ReceiverStopDrills::timerIsCancelled)
                .both("one stop at a time", "no second STOP while one is outstanding; after RESUME the next epoch",
                        "NC-HOL-3 NC-HOL-4 NC-HOL-7", ReceiverStopDrills::nextEpoch)
                .both("answer to stop moves the queue", "STOP_ACK: packets of three channels move into a full buffer",
                        "NC-HOL-6 NC-HOL-2", ReceiverStopDrills::answerMovesQueue)
                .both("answer with an older epoch", "STOP(2) is outstanding, STOP_ACK(1) comes: nothing moves",
                        "NC-HOL-6 R22", stage -> otherEpoch(stage, 1))
                .both("answer with a later epoch", "STOP(2) is outstanding, STOP_ACK(3) comes: nothing moves",
                        "NC-HOL-6 R22", stage -> otherEpoch(stage, 3))
                .both("answer without a stop", "STOP_ACK(0) and STOP_ACK(1) before any STOP: nothing moves",
                        "NC-HOL-6", ReceiverStopDrills::answerWithoutStop)
                .both("answer after resume", "RESUME(1) was sent, STOP_ACK(1) comes: nothing moves",
                        "NC-HOL-6 NC-HOL-7", ReceiverStopDrills::answerAfterResume)
                .both("bytes below the answer move at once", "DATA below the offset of STOP_ACK meets a full buffer",
                        "NC-HOL-6 R21", ReceiverStopDrills::belowAnswerMoves)
                .both("bytes across the answer move at once", "DATA begins below the offset of STOP_ACK, ends over it",
                        "NC-HOL-6", ReceiverStopDrills::acrossAnswerMoves)
                .both("bytes at the answer wait", "DATA at the offset of STOP_ACK meets a full buffer",
                        "NC-HOL-6 NC-HOL-2 R21", ReceiverStopDrills::atAnswerWaits)
                .both("bytes after resume wait again", "DATA below the offset of an old STOP_ACK, after RESUME",
                        "NC-HOL-6 NC-HOL-9 R54", ReceiverStopDrills::belowOldAnswerWaits)
                .both("bytes of the second stop wait", "DATA below the old offset, while STOP(2) has no answer",
                        "NC-HOL-6 NC-HOL-4", ReceiverStopDrills::secondStopForgetsAnswer)
                .both("answer offset counts as far as it can", "STOP_ACK with an offset beyond all that may be sent",
                        "NC-HOL-6 NC-HOL-9", ReceiverStopDrills::hugeAnswer)
                .both("resume at a read", "everything is read before STOP_ACK comes: RESUME need not wait for it",
                        "NC-HOL-7", ReceiverStopDrills::resumeAtRead)
                .both("resume after the answer", "STOP_ACK, then everything is read",
                        "NC-HOL-7 NC-HOL-6", ReceiverStopDrills::resumeAfterAnswer)
                .both("resume byte by byte", "STOP_ACK, then the buffer is read a byte at a time",
                        "NC-HOL-7", ReceiverStopDrills::resumeByteByByte)
                .both("no resume while packets wait", "a little is read, a packet still waits: no RESUME",
                        "NC-HOL-7", ReceiverStopDrills::noResumeWhileWaiting)
                .both("no resume while the buffer is full", "STOP_ACK empties the queue, the buffer is over its size",
                        "NC-HOL-7 NC-HOL-9", ReceiverStopDrills::noResumeWhileFull)
                .both("no resume while later bytes fill the buffer", "STOP_ACK moves them, nothing can be read",
                        "NC-HOL-7 NC-HOL-6", ReceiverStopDrills::noResumeWhileHole)
                .both("resume with the hole still open",
                        "bytes out of order fill the buffer, then the missing one comes",
                        "NC-HOL-7 NC-HOL-2 R13", ReceiverStopDrills::resumeAfterHole)
                .both("resume is repeated", "a new control channel: the outstanding STOP, then the latest RESUME",
                        "NC-FAIL-2 NC-HOL-7 R24", ReceiverStopDrills::repeatedOnNewControl)
                .both("close ends a stop", "close with bytes unread while STOP is outstanding",
                        "NC-FIN-4 NC-HOL-7", ReceiverStopDrills::closeWhileStopped)
                .drills();
    }

    private static DrilledConnection receiving(Stage stage) {
        stage.start(SMALL);
        DrilledConnection connection = stage.connection();
        stage.pullAll();
        return connection;
    }

    /** The buffer is full, and a packet of 50 bytes waits on SECOND. */
    private static DrilledConnection waiting(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 0, 50);
        connection.data(FIRST, 50, FULL);
        connection.data(SECOND, FULL, FULL + 50);
        return connection;
    }

    /** The same, and STOP(1) was sent. */
    private static DrilledConnection stopping(Stage stage) {
        DrilledConnection connection = waiting(stage);
        stage.awaitStop();
        return connection;
    }

    private static void stopAfterTheTimer(Stage stage) {
        DrilledConnection connection = waiting(stage);
        stage.advance(Stage.HEAD_OF_LINE - 1);
        stage.pullAll();
        connection.data(THIRD, FULL + 50, FULL + 60);
        stage.advance(1);
        stage.pullAll();
        stage.awaitStop();
    }

    private static void timerIsCancelled(Stage stage) {
        DrilledConnection connection = waiting(stage);
        stage.advance(Stage.HEAD_OF_LINE - 1);
        connection.read(50);
        stage.advance(1);
        stage.pullAll();
        connection.data(SECOND, FULL + 50, FULL + 100);
        stage.advance(Stage.HEAD_OF_LINE - 1);
        stage.pullAll();
        stage.advance(1);
        stage.pullAll();
    }

    private static void nextEpoch(Stage stage) {
        DrilledConnection connection = stopping(stage);
        stage.awaitStop();
        connection.readAll();
        stage.pullAll();
        connection.data(FIRST, FULL + 50, FULL + 100);
        connection.data(FIRST, FULL + 100, FULL + 150);
        connection.data(FIRST, FULL + 150, FULL + 200);
        stage.awaitStop();
        connection.stopAck(2, FULL + 200);
        connection.readAll();
        stage.pullAll();
    }

    private static void answerMovesQueue(Stage stage) {
        DrilledConnection connection = waiting(stage);
        connection.data(FIRST, FULL + 100, FULL + 150);
        connection.data(THIRD, FULL + 50, FULL + 100);
        stage.awaitStop();
        connection.data(FIRST, FULL + 150, FULL + 200);
        connection.stopAck(1, FULL + 150);
        stage.awaitAck();
        connection.data(FIRST, 0, 50);
        connection.readAll();
        stage.pullAll();
    }

    private static void otherEpoch(Stage stage, long epoch) {
        DrilledConnection connection = stopping(stage);
        connection.readAll();
        stage.pullAll();
        connection.data(FIRST, FULL + 50, FULL + 100);
        connection.data(FIRST, FULL + 100, FULL + 150);
        connection.data(SECOND, FULL + 150, FULL + 200);
        stage.awaitStop();
        connection.stopAck(epoch, FULL + 300);
        stage.awaitAck();
        connection.data(SECOND, FULL + 200, FULL + 250);
        connection.data(THIRD, FULL + 200, FULL + 250);
        stage.awaitAck();
        connection.stopAck(2, FULL + 250);
        stage.awaitAck();
    }

    private static void answerWithoutStop(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.stopAck(0, FULL + 200);
        connection.stopAck(1, FULL + 200);
        connection.data(FIRST, 0, 50);
        connection.data(FIRST, 50, FULL);
        connection.data(SECOND, FULL, FULL + 50);
        connection.stopAck(0, FULL + 200);
        connection.stopAck(1, FULL + 200);
        stage.awaitAck();
        connection.data(SECOND, FULL + 50, FULL + 100);
        stage.awaitStop();
        connection.stopAck(0, FULL + 200);
        connection.data(SECOND, FULL + 50, FULL + 100);
        stage.awaitAck();
    }

    private static void answerAfterResume(Stage stage) {
        DrilledConnection connection = stopping(stage);
        connection.readAll();
        stage.pullAll();
        connection.stopAck(1, FULL + 300);
        connection.data(FIRST, FULL + 50, FULL + 100);
        connection.data(FIRST, FULL + 100, FULL + 150);
        connection.data(SECOND, FULL + 150, FULL + 200);
        stage.awaitAck();
        connection.stopAck(1, FULL + 300);
        stage.awaitAck();
        connection.data(SECOND, FULL + 200, FULL + 250);
    }

    private static void belowAnswerMoves(Stage stage) {
        DrilledConnection connection = stopping(stage);
        connection.stopAck(1, FULL + 200);
        connection.data(SECOND, FULL + 50, FULL + 100);
        connection.data(SECOND, FULL + 150, FULL + 199);
        stage.awaitAck();
        connection.data(SECOND, FULL + 100, FULL + 150);
        connection.data(SECOND, FULL + 199, FULL + 200);
        stage.awaitAck();
        connection.data(SECOND, FULL + 200, FULL + 250);
        connection.readAll();
        stage.pullAll();
    }

    private static void acrossAnswerMoves(Stage stage) {
        DrilledConnection connection = stopping(stage);
        connection.stopAck(1, FULL + 80);
        connection.data(SECOND, FULL + 79, FULL + 129);
        connection.data(SECOND, FULL + 50, FULL + 80);
        stage.awaitAck();
        connection.data(SECOND, FULL + 129, FULL + 130);
        stage.awaitAck();
        connection.readAll();
        stage.pullAll();
    }

    private static void atAnswerWaits(Stage stage) {
        DrilledConnection connection = stopping(stage);
        connection.stopAck(1, FULL + 50);
        connection.data(SECOND, FULL + 50, FULL + 100);
        stage.awaitAck();
        connection.data(SECOND, FULL + 100, FULL + 150);
        connection.data(FIRST, FULL + 51, FULL + 101);
        connection.data(FIRST, FULL + 101, FULL + 151);
        connection.stopAck(1, FULL + 51);
        stage.awaitAck();
        connection.readAll();
        stage.pullAll();
    }

    private static void belowOldAnswerWaits(Stage stage) {
        DrilledConnection connection = stopping(stage);
        connection.stopAck(1, FULL + 300);
        connection.data(SECOND, FULL + 50, FULL + 100);
        connection.readAll();
        stage.pullAll();
        connection.data(SECOND, FULL + 100, FULL + 150);
        connection.data(SECOND, FULL + 150, FULL + 200);
        connection.data(SECOND, FULL + 200, FULL + 250);
        stage.awaitAck();
        connection.data(SECOND, FULL + 250, FULL + 300);
        stage.awaitStop();
        connection.readAll();
        stage.pullAll();
    }

    private static void secondStopForgetsAnswer(Stage stage) {
        DrilledConnection connection = stopping(stage);
        connection.stopAck(1, FULL + 300);
        connection.readAll();
        stage.pullAll();
        connection.data(FIRST, FULL + 50, FULL + 100);
        connection.data(FIRST, FULL + 100, FULL + 150);
        connection.data(FIRST, FULL + 150, FULL + 200);
        stage.awaitStop();
        connection.data(SECOND, FULL + 200, FULL + 250);
        stage.awaitAck();
        connection.data(SECOND, FULL + 250, FULL + 300);
        connection.stopAck(2, FULL + 250);
        stage.awaitAck();
    }

    private static void hugeAnswer(Stage stage) {
        DrilledConnection connection = stopping(stage);
        connection.stopAck(1, FULL + 3 * PEER_BUFFER);
        connection.data(SECOND, FULL + 50, FULL + 100);
        stage.awaitAck();
        connection.readAll();
        stage.pullAll();
    }

    private static void resumeAtRead(Stage stage) {
        DrilledConnection connection = stopping(stage);
        connection.read(50);
        stage.pullAll();
        connection.readAll();
        stage.pullAll();
        connection.stopAck(1, FULL + 50);
        stage.pullAll();
        connection.data(SECOND, FULL + 50, FULL + 100);
        connection.readAll();
    }

    private static void resumeAfterAnswer(Stage stage) {
        DrilledConnection connection = stopping(stage);
        connection.stopAck(1, FULL + 100);
        stage.pullAll();
        connection.readAll();
        stage.pullAll();
        connection.data(SECOND, FULL + 50, FULL + 100);
        connection.readAll();
        stage.pullAll();
    }

    private static void resumeByteByByte(Stage stage) {
        DrilledConnection connection = stopping(stage);
        connection.stopAck(1, FULL + 50);
        for (int i = 0; i < FULL + 50; i++) {
            connection.receive(1);
            stage.pull(stage.control());
        }
        connection.receive(1);
        stage.pullAll();
    }

    private static void noResumeWhileWaiting(Stage stage) {
        DrilledConnection connection = waiting(stage);
        connection.data(THIRD, FULL + 50, FULL + 140);
        stage.awaitStop();
        connection.read(49);
        stage.pullAll();
        connection.read(1);
        stage.pullAll();
        connection.read(50);
        stage.pullAll();
        connection.read(39);
        stage.pullAll();
        connection.read(1);
        stage.pullAll();
        connection.readAll();
        stage.pullAll();
    }

    private static void noResumeWhileFull(Stage stage) {
        DrilledConnection connection = stopping(stage);
        connection.stopAck(1, FULL + 50);
        stage.pullAll();
        connection.read(49);
        stage.pullAll();
        connection.read(1);
        stage.pullAll();
        connection.read(1);
        stage.pullAll();
        connection.readAll();
        stage.pullAll();
    }

    private static void noResumeWhileHole(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 50, FULL);
        connection.data(FIRST, FULL, FULL + 50);
        connection.data(SECOND, FULL + 50, FULL + 100);
        stage.awaitStop();
        connection.stopAck(1, FULL + 100);
        stage.pullAll();
        connection.data(THIRD, 0, 50);
        connection.read(50);
        stage.pullAll();
        connection.readAll();
        stage.pullAll();
    }

    private static void resumeAfterHole(Stage stage) {
        DrilledConnection connection = receiving(stage);
        connection.data(FIRST, 10, 60);
        connection.data(FIRST, 60, FULL + 10);
        connection.data(SECOND, FULL + 10, FULL + 60);
        stage.awaitStop();
        connection.data(THIRD, 0, 10);
        stage.awaitAck();
        connection.readAll();
        stage.pullAll();
        connection.stopAck(1, FULL + 60);
        stage.pullAll();
    }

    private static void repeatedOnNewControl(Stage stage) {
        DrilledConnection connection = stopping(stage);
        stage.greeted(ChannelClass.CONTROL);
        stage.pullAll();
        connection.stopAck(1, FULL + 50);
        connection.readAll();
        int old = stage.control();
        stage.greeted(ChannelClass.CONTROL);
        stage.down(old);
        stage.pullAll();
        connection.data(SECOND, FULL + 50, FULL + 100);
    }

    private static void closeWhileStopped(Stage stage) {
        DrilledConnection connection = stopping(stage);
        connection.close();
        stage.pullAll();
        connection.stopAck(1, FULL + 50);
        connection.data(SECOND, FULL + 50, FULL + 100);
        stage.pullAll();
    }
}
