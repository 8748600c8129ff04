package org.netchannel.conformance.drill;

import static org.netchannel.conformance.drill.Stage.FIRST;
import static org.netchannel.conformance.drill.Stage.SECOND;
import static org.netchannel.conformance.drill.Stage.SMALL;
import static org.netchannel.conformance.drill.Stage.THIRD;
import static org.netchannel.traces.ChannelClass.CONTROL;
import static org.netchannel.traces.ChannelClass.LATENCY;

import java.util.List;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Reason;

/** Section 7: FIN, RST and close, sent and received at every moment. */
final class CloseDrills {
    private CloseDrills() {}

    static List<Drill> all() {
        return new Theme()
                .both("fin after the last byte", "bytes, shutdown: FIN carries the final offset, once",
                        "NC-FIN-1", CloseDrills::finAfterBytes)
                .both("fin of an empty stream", "shutdown with nothing sent: FIN at offset 0",
                        "NC-FIN-1 NC-FIN-5 NC-FIN-2", CloseDrills::finOfNothing)
                .both("fin waits for held bytes", "STOP(1), bytes wait, shutdown: FIN only after RESUME and the bytes",
                        "NC-FIN-1 NC-RST-2 R26", CloseDrills::finWaitsForHeldBytes)
                .both("fin waits in part", "STOP(1), half of the bytes are out, shutdown, RESUME(1)",
                        "NC-FIN-1 NC-HOL-5", CloseDrills::finWaitsInPart)
                .both("fin waits for room", "more bytes than channels may queue, then shutdown",
                        "NC-FIN-1 NC-SCH-2", CloseDrills::finWaitsForRoom)
                .both("fin is acknowledged one past the end", "an ack of all bytes is no ack of the FIN",
                        "NC-FIN-1 NC-FIN-5 NC-FIN-2", CloseDrills::finNeedsItsOwnAck)
                .both("ack of a fin that was not sent", "an ack one past the end without FIN is an error",
                        "NC-FIN-1 NC-DATA-5", CloseDrills::ackWithoutFin)
                .both("fin is acknowledged in sequence", "FIN comes before bytes: the ack counts it when all is there",
                        "NC-FIN-1 NC-FIN-2 R27", CloseDrills::ackOfFin)
                .both("fin is repeated", "new control channels before and after the FIN is acknowledged",
                        "NC-FIN-1 NC-FAIL-2 R30", CloseDrills::finIsRepeated)
                .both("fin with bytes sent again", "FIN is out, a data channel fails: bytes again, no new FIN",
                        "NC-FIN-1 NC-FAIL-1", CloseDrills::finAndResend)
                .both("nothing after shutdown", "send after shutdown is NOT_CONNECTED, reading goes on",
                        "NC-FIN-1", CloseDrills::nothingAfterShutdown)
                .both("fin overtakes all bytes", "FIN(60), then the bytes in any order: end only after the last",
                        "NC-FIN-2 NC-FIN-1 R27", CloseDrills::finOvertakes)
                .both("fin with bytes unread", "bytes, FIN: the bytes are read first, then the end",
                        "NC-FIN-2", CloseDrills::finWithUnread)
                .both("fin with bytes waiting", "the last packet waits in the response queue when FIN comes",
                        "NC-FIN-2 NC-HOL-2", CloseDrills::finWithWaiting)
                .both("fin twice", "the same FIN again, before and after the end was read",
                        "NC-FIN-2 NC-FIN-3", CloseDrills::finTwice)
                .both("fin of nothing arrives", "FIN(0): end of stream at once", "NC-FIN-2 NC-FIN-1",
                        CloseDrills::finZeroArrives)
                .both("bytes up to the final offset", "FIN(50), bytes up to 50 and one more",
                        "NC-FIN-3 NC-FIN-2", CloseDrills::bytesOverFinal)
                .both("second final offset", "FIN(50), then FIN(51)", "NC-FIN-3", stage -> secondFinal(stage, 50, 51))
                .both("lower final offset", "FIN(50), then FIN(49)", "NC-FIN-3", stage -> secondFinal(stage, 50, 49))
                .both("final offset below bytes that came", "bytes up to 50, FIN(49)",
                        "NC-FIN-3", CloseDrills::finalBelowBytes)
                .both("close with bytes unread", "RST CLOSED instead of FIN", "NC-FIN-4", CloseDrills::closeUnread)
                .both("close, then new bytes", "close with all read; new bytes are answered by RST CLOSED",
                        "NC-FIN-4", CloseDrills::closeThenBytes)
                .both("both are done", "FIN both ways in both orders, the last ACK, the id is gone",
                        "NC-FIN-5 NC-FIN-1 NC-FIN-2", CloseDrills::bothDone)
                .both("gone peer has acknowledged all", "FIN both ways, RST UNKNOWN_CONNECTION is the missing ack",
                        "NC-FIN-6 R51", CloseDrills::unknownAfterFins)
                .both("gone peer without a fin", "FIN sent only: RST UNKNOWN_CONNECTION is a reset",
                        "NC-FIN-6 NC-RST-1", CloseDrills::unknownWithoutFin)
                .both("reset keeps what is in order", "bytes, a hole, more bytes, RST: bytes in order, then RESET",
                        "NC-RST-1", CloseDrills::resetKeepsBytes)
                .both("reset after the end", "FIN in sequence, RST: end of stream all the same",
                        "NC-RST-1 NC-FIN-2", CloseDrills::resetAfterFin)
                .both("abort", "RST ABORTED; the socket number is gone", "NC-RST-1", CloseDrills::abort)
                .drills();
    }

    private static DrilledConnection open(Stage stage) {
        stage.start(SMALL);
        DrilledConnection connection = stage.connection();
        stage.pullAll();
        return connection;
    }

    private static void finAfterBytes(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.send(150);
        connection.shutdown();
        connection.mustHaveSentAll();
        connection.shutdown();
        stage.pullAll();
        connection.acking(151).ack();
        stage.pullAll();
    }

    private static void finOfNothing(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.shutdown();
        stage.pullAll();
        connection.status();
        connection.fin(0);
        connection.receive(1);
        stage.pullAll();
        connection.status();
        connection.acking(1).ack();
        connection.status();
        stage.pullAll();
    }

    private static void finWaitsForHeldBytes(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.stop(1);
        stage.pullAll();
        connection.send(150);
        connection.shutdown();
        connection.send(10);
        stage.pullAll();
        stage.awaitAck();
        connection.resume(1);
        connection.mustHaveSentAll();
        stage.pullAll();
    }

    private static void finWaitsInPart(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(150);
        connection.stop(1);
        stage.pullAll();
        connection.send(1);
        connection.shutdown();
        stage.pullAll();
        connection.acknowledge();
        stage.pullAll();
        connection.resume(1);
        connection.mustHaveSentAll();
        stage.pullAll();
    }

    private static void finWaitsForRoom(Stage stage) {
        stage.start(SMALL.with(Setting.QUEUE_THRESHOLD, 100));
        DrilledConnection connection = stage.connection();
        stage.pullAll();
        connection.send(Stage.SEND_BUFFER);
        connection.shutdown();
        stage.pull(stage.control());
        connection.mustHaveSentAll();
        stage.pullAll();
    }

    private static void finNeedsItsOwnAck(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.send(50);
        connection.shutdown();
        stage.pullAll();
        connection.fin(0);
        connection.receive(1);
        connection.acking(50).ack();
        connection.status();
        stage.pullAll();
        connection.acking(51).ack();
        connection.status();
        stage.pullAll();
        connection.ack();
        stage.pullAll();
    }

    private static void ackWithoutFin(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(50);
        connection.acking(50).ack();
        connection.status();
        connection.acking(51).ack();
        connection.status();
        stage.pullAll();
    }

    private static void ackOfFin(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.fin(40);
        stage.awaitAck();
        connection.data(FIRST, 0, 39);
        stage.awaitAck();
        connection.data(SECOND, 39, 40);
        stage.awaitAck();
        connection.transmit(10);
        connection.readAll();
    }

    private static void finIsRepeated(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.send(50);
        connection.shutdown();
        stage.pullAll();
        connection.acking(50).ack();
        int old = stage.control();
        stage.greeted(CONTROL);
        stage.pullAll();
        stage.down(old);
        connection.acking(51).ack();
        stage.pullAll();
        stage.greeted(CONTROL);
        stage.pullAll();
    }

    private static void finAndResend(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.send(250);
        connection.shutdown();
        connection.mustHaveSentAll();
        stage.down(FIRST);
        stage.down(SECOND);
        connection.mustHaveSentAll();
        connection.acking(251).ack();
        stage.pullAll();
    }

    private static void nothingAfterShutdown(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.shutdown();
        connection.send(10);
        connection.data(FIRST, 0, 20);
        connection.readAll();
        stage.pullAll();
    }

    private static void finOvertakes(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.fin(60);
        connection.receive(1);
        connection.data(SECOND, 40, 60);
        connection.receive(1);
        connection.data(FIRST, 0, 20);
        connection.receive(10);
        connection.receive(10);
        connection.receive(10);
        connection.data(THIRD, 20, 40);
        connection.receive(39);
        connection.receive(1);
        connection.receive(1);
        connection.receive(1);
    }

    private static void finWithUnread(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 60);
        connection.fin(60);
        connection.receive(20);
        connection.receive(40);
        connection.receive(1);
        connection.status();
    }

    private static void finWithWaiting(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 50);
        connection.data(FIRST, 50, 90);
        connection.data(SECOND, 90, 140);
        connection.fin(140);
        connection.receive(30);
        stage.awaitAck();
        connection.receive(60);
        stage.awaitAck();
        connection.receive(100);
        connection.receive(1);
    }

    private static void finTwice(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.fin(20);
        connection.fin(20);
        connection.receive(1);
        connection.data(FIRST, 0, 20);
        connection.fin(20);
        connection.readAll();
        connection.receive(1);
        connection.fin(20);
        connection.receive(1);
        connection.status();
        stage.awaitAck();
    }

    private static void finZeroArrives(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.receive(1);
        connection.fin(0);
        connection.receive(1);
        stage.awaitAck();
        connection.transmit(10);
    }

    private static void bytesOverFinal(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.fin(50);
        connection.data(FIRST, 20, 50);
        connection.status();
        connection.data(SECOND, 49, 51);
        connection.status();
        connection.receive(1);
        stage.pullAll();
    }

    private static void secondFinal(Stage stage, long first, long second) {
        DrilledConnection connection = open(stage);
        connection.fin(first);
        connection.status();
        connection.fin(second);
        connection.status();
        stage.pullAll();
    }

    private static void finalBelowBytes(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 10, 50);
        connection.fin(49);
        connection.status();
        stage.pullAll();
    }

    private static void closeUnread(Stage stage) {
        DrilledConnection unread = open(stage);
        DrilledConnection ahead = stage.connection();
        DrilledConnection clean = stage.connection();
        unread.data(FIRST, 0, 10);
        ahead.data(FIRST, 10, 20);
        clean.data(FIRST, 0, 10);
        clean.readAll();
        unread.close();
        ahead.close();
        clean.close();
        stage.pullAll();
    }

    private static void closeThenBytes(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 10);
        connection.readAll();
        connection.close();
        stage.pullAll();
        connection.data(FIRST, 5, 10);
        stage.pullAll();
        connection.data(SECOND, 5, 11);
        stage.pullAll();
        connection.data(SECOND, 11, 12);
        stage.pullAll();
    }

    private static void bothDone(Stage stage) {
        DrilledConnection first = open(stage);
        first.send(20);
        first.shutdown();
        stage.pullAll();
        first.acking(21).ack();
        first.data(FIRST, 0, 10);
        first.fin(10);
        stage.pullAll();
        first.status();
        first.ack();
        stage.pullAll();
        DrilledConnection second = stage.connection();
        second.data(FIRST, 0, 10);
        second.fin(10);
        second.readAll();
        second.close();
        stage.pullAll();
        second.acking(1).ack();
        stage.pullAll();
        second.fin(10);
        stage.pullAll();
        stage.connection();
    }

    private static void unknownAfterFins(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 10);
        connection.fin(10);
        connection.send(20);
        connection.shutdown();
        stage.pullAll();
        connection.rst(Reason.UNKNOWN_CONNECTION);
        connection.status();
        connection.readAll();
        connection.receive(1);
    }

    private static void unknownWithoutFin(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.fin(10);
        connection.shutdown();
        stage.pullAll();
        connection.rst(Reason.UNKNOWN_CONNECTION);
        connection.status();
        connection.receive(1);
        DrilledConnection other = stage.connection();
        other.fin(0);
        stage.pullAll();
        other.rst(Reason.UNKNOWN_CONNECTION);
        other.status();
        other.send(1);
    }

    private static void resetKeepsBytes(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 20);
        connection.data(FIRST, 30, 40);
        connection.rst(Reason.ABORTED);
        connection.data(SECOND, 20, 30);
        connection.status();
        connection.send(1);
        connection.receive(5);
        connection.readAll();
        connection.receive(1);
        stage.pullAll();
    }

    private static void resetAfterFin(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(FIRST, 0, 20);
        connection.fin(20);
        connection.rst(Reason.CLOSED);
        connection.readAll();
        connection.receive(1);
        connection.receive(1);
        connection.status();
    }

    private static void abort(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(20);
        connection.abort();
        connection.status();
        stage.pullAll();
        connection.acknowledge();
        stage.pullAll();
        stage.greeted(LATENCY);
        stage.greeted(CONTROL);
        stage.pullAll();
    }
}
