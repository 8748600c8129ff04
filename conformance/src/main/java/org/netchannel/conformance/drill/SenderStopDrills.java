package org.netchannel.conformance.drill;

import static org.netchannel.conformance.drill.Stage.FIRST;
import static org.netchannel.conformance.drill.Stage.SECOND;
import static org.netchannel.conformance.drill.Stage.SMALL;
import static org.netchannel.conformance.drill.Stage.THIRD;

import java.util.List;
import org.netchannel.traces.ChannelClass;

/** NC-HOL-5 and NC-HOL-8: the host under test sends, and the peer says STOP and RESUME in every order. */
final class SenderStopDrills {
    private static final int PIECE = 150;

    private SenderStopDrills() {}

    static List<Drill> all() {
        return new Theme()
                .both("stop holds new bytes back", "STOP(1), bytes are written, RESUME(1)",
                        "NC-HOL-5 NC-HOL-8", SenderStopDrills::stopHoldsNewBytesBack)
                .both("resume comes before its stop", "RESUME(1), then STOP(1): nothing is held back",
                        "NC-HOL-5 NC-HOL-8 R18", stage -> resumedBefore(stage, 1, 1))
                .both("resume comes before an older stop", "RESUME(2), then STOP(1): nothing is held back",
                        "NC-HOL-5 NC-HOL-8 R18", stage -> resumedBefore(stage, 2, 1))
                .both("stop above the highest resume", "RESUME(2), then STOP(3): new bytes wait for RESUME(3)",
                        "NC-HOL-5 NC-HOL-8", SenderStopDrills::stopAboveResumed)
                .both("stop again after its resume", "STOP(1), RESUME(1), STOP(1): nothing is held back",
                        "NC-HOL-5 R41", SenderStopDrills::stopAgainAfterResume)
                .both("second round", "STOP(1), RESUME(1), STOP(2), RESUME(2), with bytes written at each",
                        "NC-HOL-5 NC-HOL-8", SenderStopDrills::secondRound)
                .both("late stop does not lower the epoch", "STOP(2), STOP(1), RESUME(1), RESUME(2)",
                        "NC-HOL-5 NC-HOL-8 R20", SenderStopDrills::lateStop)
                .both("stop twice", "STOP(1) twice: both are answered, one RESUME(1) ends it",
                        "NC-HOL-5", SenderStopDrills::stopTwice)
                .both("stop is raised", "STOP(1), STOP(2), RESUME(1), RESUME(2)",
                        "NC-HOL-5 NC-HOL-8 R19", SenderStopDrills::stopRaised)
                .both("late resume does not end a later stop", "STOP(3), RESUME(1), RESUME(2), RESUME(3)",
                        "NC-HOL-8 R19", SenderStopDrills::lateResumes)
                .both("resume above the epoch", "STOP(2), RESUME(5): goes on; STOP(3) to STOP(6) come after it",
                        "NC-HOL-8 NC-HOL-5", SenderStopDrills::resumeAbove)
                .both("resume is not lowered", "RESUME(3), RESUME(1), STOP(2), STOP(3), STOP(4)",
                        "NC-HOL-8 NC-HOL-5 R41", SenderStopDrills::resumeIsNotLowered)
                .both("stop of one connection", "two connections, STOP for one, RESUME for the other",
                        "NC-HOL-5 NC-HOL-8", SenderStopDrills::oneOfTwo)
                .both("answer tells how far it got",
                        "STOP before, between and after bytes that are acknowledged or not",
                        "NC-HOL-5", SenderStopDrills::answerTellsSndNxt)
                .both("stop while bytes wait for a channel",
                        "bytes are written without a channel, STOP(1), channel, RESUME",
                        "NC-HOL-5 NC-HOL-8", SenderStopDrills::stopWithoutChannel)
                .both("stopped bytes are sent again", "STOP(1), the channel fails: old bytes go, new ones wait",
                        "NC-HOL-5 NC-FAIL-1 R33", SenderStopDrills::resendWhileStopped)
                .both("stop does not stop the reader",
                        "STOP(1): bytes of the other direction are read and acknowledged",
                        "NC-HOL-5 NC-DATA-5", SenderStopDrills::otherDirection)
                .both("stop repeated on a new control channel",
                        "STOP(1), RESUME(1) on a new channel, STOP(1) on the old",
                        "NC-HOL-5 NC-HOL-8 NC-FAIL-5 R41", SenderStopDrills::stopOnOldControl)
                .both("fin while stopped", "STOP(1), shutdown with nothing left: FIN goes at once",
                        "NC-RST-2 NC-FIN-1 R26", SenderStopDrills::finWhileStopped)
                .both("abort while stopped", "STOP(1), bytes wait, abort: RST goes at once",
                        "NC-RST-2 NC-RST-1 R26", SenderStopDrills::abortWhileStopped)
                .drills();
    }

    private static DrilledConnection sending(Stage stage) {
        stage.start(SMALL);
        DrilledConnection connection = stage.connection();
        stage.pullAll();
        return connection;
    }

    private static void stopHoldsNewBytesBack(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.transmit(PIECE);
        connection.stop(1);
        connection.transmit(PIECE);
        connection.resume(1);
        connection.mustHaveSentAll();
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
    }

    private static void resumedBefore(Stage stage, long resumed, long stopped) {
        DrilledConnection connection = sending(stage);
        connection.transmit(PIECE);
        connection.resume(resumed);
        connection.stop(stopped);
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
        connection.stop(resumed + 1);
        connection.transmit(PIECE);
        connection.resume(resumed + 1);
        connection.mustHaveSentAll();
    }

    private static void stopAboveResumed(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.resume(2);
        connection.stop(3);
        connection.transmit(PIECE);
        connection.resume(2);
        stage.pullAll();
        connection.resume(3);
        connection.mustHaveSentAll();
    }

    private static void stopAgainAfterResume(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.stop(1);
        connection.transmit(PIECE);
        connection.resume(1);
        connection.mustHaveSentAll();
        connection.stop(1);
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
    }

    private static void secondRound(Stage stage) {
        DrilledConnection connection = sending(stage);
        for (int epoch = 1; epoch <= 2; epoch++) {
            connection.transmit(PIECE / 2);
            connection.stop(epoch);
            stage.pullAll();
            connection.transmit(PIECE);
            connection.resume(epoch);
            connection.mustHaveSentAll();
        }
    }

    private static void lateStop(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.stop(2);
        stage.pullAll();
        connection.stop(1);
        connection.transmit(PIECE);
        connection.resume(1);
        stage.pullAll();
        connection.resume(2);
        connection.mustHaveSentAll();
    }

    private static void stopTwice(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.transmit(PIECE);
        connection.stop(1);
        stage.pullAll();
        connection.send(PIECE);
        connection.stop(1);
        stage.pullAll();
        connection.resume(1);
        connection.mustHaveSentAll();
    }

    private static void stopRaised(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.stop(1);
        connection.send(PIECE);
        connection.stop(2);
        stage.pullAll();
        connection.resume(1);
        stage.pullAll();
        connection.resume(2);
        connection.mustHaveSentAll();
    }

    private static void lateResumes(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.transmit(PIECE);
        connection.stop(3);
        connection.send(PIECE);
        for (int epoch = 1; epoch <= 2; epoch++) {
            connection.resume(epoch);
            stage.pullAll();
        }
        connection.resume(3);
        connection.mustHaveSentAll();
    }

    private static void resumeAbove(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.stop(2);
        connection.transmit(PIECE);
        connection.resume(5);
        connection.mustHaveSentAll();
        for (int epoch = 3; epoch <= 5; epoch++) {
            connection.stop(epoch);
            connection.transmit(PIECE / 3);
            connection.mustHaveSentAll();
        }
        connection.stop(6);
        connection.transmit(PIECE);
        connection.resume(6);
        connection.mustHaveSentAll();
    }

    private static void resumeIsNotLowered(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.resume(3);
        connection.resume(1);
        for (int epoch = 2; epoch <= 3; epoch++) {
            connection.stop(epoch);
            connection.transmit(PIECE / 3);
            connection.mustHaveSentAll();
        }
        connection.stop(4);
        connection.transmit(PIECE);
        connection.resume(3);
        stage.pullAll();
        connection.resume(4);
        connection.mustHaveSentAll();
    }

    private static void oneOfTwo(Stage stage) {
        DrilledConnection stopped = sending(stage);
        DrilledConnection other = stage.connection();
        stage.pullAll();
        stopped.stop(1);
        stopped.transmit(PIECE);
        other.transmit(PIECE);
        other.mustHaveSentAll();
        other.resume(1);
        stage.pullAll();
        stopped.resume(1);
        stopped.mustHaveSentAll();
    }

    private static void answerTellsSndNxt(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.stop(1);
        stage.pullAll();
        connection.resume(1);
        connection.transmit(PIECE);
        connection.acking(PIECE / 2).stop(2);
        stage.pullAll();
        connection.resume(2);
        connection.transmit(PIECE);
        connection.acknowledge();
        connection.stop(3);
        stage.pullAll();
        connection.stop(2);
        stage.pullAll();
        connection.stop(1);
        stage.pullAll();
        connection.resume(3);
        connection.transmit(PIECE);
        connection.stop(2);
        stage.pullAll();
    }

    private static void stopWithoutChannel(Stage stage) {
        DrilledConnection connection = sending(stage);
        for (int channel : new int[] {FIRST, SECOND, THIRD}) {
            stage.down(channel);
        }
        connection.send(PIECE);
        connection.stop(1);
        stage.pullAll();
        stage.greeted(ChannelClass.LATENCY);
        stage.pullAll();
        connection.resume(1);
        connection.mustHaveSentAll();
    }

    private static void resendWhileStopped(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.transmit(2 * PIECE);
        long handed = connection.sent();
        connection.acking(PIECE / 3).stop(1);
        connection.transmit(PIECE);
        stage.down(FIRST);
        stage.down(SECOND);
        connection.mustHaveSent(handed);
        stage.down(THIRD);
        stage.greeted(ChannelClass.LATENCY);
        connection.mustHaveSent(handed);
        connection.resume(1);
        connection.mustHaveSentAll();
    }

    private static void otherDirection(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.stop(1);
        connection.data(FIRST, 0, 50);
        connection.data(SECOND, 50, 100);
        connection.transmit(PIECE);
        connection.readAll();
        stage.awaitAck();
        connection.resume(1);
        connection.mustHaveSentAll();
    }

    private static void stopOnOldControl(Stage stage) {
        DrilledConnection connection = sending(stage);
        int old = stage.control();
        stage.greeted(ChannelClass.CONTROL);
        connection.resume(1);
        connection.on(old).stop(1);
        connection.transmit(PIECE);
        connection.mustHaveSentAll();
        connection.stop(2);
        connection.on(old).resume(1);
        connection.transmit(PIECE);
        connection.resume(2);
        connection.mustHaveSentAll();
    }

    private static void finWhileStopped(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.transmit(PIECE);
        connection.stop(1);
        stage.pullAll();
        connection.shutdown();
        stage.pullAll();
        connection.acking(connection.sent() + 1).ack();
        connection.fin(0);
        stage.pullAll();
    }

    private static void abortWhileStopped(Stage stage) {
        DrilledConnection connection = sending(stage);
        connection.transmit(PIECE);
        connection.stop(1);
        connection.transmit(PIECE);
        connection.abort();
        stage.pullAll();
    }
}
