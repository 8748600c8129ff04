package org.netchannel.conformance.drill;

import static org.netchannel.conformance.drill.Stage.CONNECT_TIMEOUT;
import static org.netchannel.conformance.drill.Stage.FIRST;
import static org.netchannel.conformance.drill.Stage.PEER_BUFFER;
import static org.netchannel.conformance.drill.Stage.SECOND;
import static org.netchannel.conformance.drill.Stage.SMALL;
import static org.netchannel.conformance.drill.Stage.THIRD;
import static org.netchannel.traces.ChannelClass.CONTROL;
import static org.netchannel.traces.ChannelClass.LATENCY;
import static org.netchannel.traces.ChannelClass.THROUGHPUT;

import java.util.List;
import java.util.function.Consumer;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Reason;

/** NC-HS-1, -3 to -7 and -11: the host under test has asked and waits in SYN_SENT. */
final class SynSentDrills {
    private SynSentDrills() {}

    static List<Drill> all() {
        Theme theme = new Theme()
                .connecting("data overtakes the answer", "DATA in SYN_SENT, in any order: it establishes and is kept",
                        "NC-HS-3 R1", SynSentDrills::dataOvertakes)
                .connecting("answer comes late", "DATA establishes, then NCSYN_ACK tells the peer's send buffer",
                        "NC-HS-3 NC-DATA-5 R48", SynSentDrills::lateAnswer)
                .connecting("whole stream overtakes the answer", "DATA and FIN in SYN_SENT",
                        "NC-HS-3 NC-FIN-2 R1", SynSentDrills::streamOvertakes)
                .connecting("stop overtakes the answer", "STOP in SYN_SENT holds bytes back",
                        "NC-HS-3 NC-HOL-5", SynSentDrills::stopOvertakes)
                .connecting("established once and for all", "no timeout after an ACK has established",
                        "NC-HS-3 NC-HS-6", SynSentDrills::establishedForAll)
                .connecting("what does not establish", "NCSYN, unknown types and packets of other connections",
                        "NC-HS-3 NC-HS-9", SynSentDrills::doesNotEstablish)
                .connecting("refused", "NCREFUSE with each reason in SYN_SENT", "NC-HS-4 R6", SynSentDrills::refused)
                .connecting("refused too late", "NCREFUSE after NCSYN_ACK is ignored",
                        "NC-HS-4", SynSentDrills::refusedTooLate)
                .connecting("nothing is sent in syn sent",
                        "send takes nothing; shutdown sends no FIN before the answer",
                        "NC-HS-5 NC-HS-11 NC-FIN-1 R2", SynSentDrills::nothingIsSent)
                .connecting("no answer", "a connect timeout, and a nanosecond less: RST TIMEOUT",
                        "NC-HS-6", SynSentDrills::noAnswer)
                .connecting("close in syn sent", "RST CLOSED is sent, the answer comes after it",
                        "NC-HS-11 NC-HS-7", SynSentDrills::closeInSynSent)
                .connecting("reset in syn sent", "RST fails connect with its reason", "NC-HS-11", SynSentDrills::reset)
                .connecting("repeated ask", "a new control channel: NCSYN again, the same id",
                        "NC-FAIL-2 NC-HS-1 R3 R5", SynSentDrills::repeated)
                .connecting("ids and ports", "connections at the same time have ids and ports of their own",
                        "NC-HS-1", SynSentDrills::idsAndPorts)
                .connecting("socket limit of connect", "one connect more than the limit is refused at once",
                        "NC-HS-1", SynSentDrills::limit)
                .both("answers to the unknown", "each packet type for an unknown id: RST, or nothing",
                        "NC-HS-7 R28", SynSentDrills::unknown)
                .both("merged answers", "many packets for two unknown ids within an acknowledgement delay",
                        "NC-HS-7 R28 R53", SynSentDrills::merged)
                .both("merged answer goes to the last ports", "packets of one unknown id come from several ports",
                        "NC-HS-7", SynSentDrills::mergedPorts);
        establishing(theme, "NCSYN_ACK", "", DrilledConnection::ncsynAck);
        establishing(theme, "ACK", "", DrilledConnection::ack);
        establishing(theme, "DATA", "", connection -> connection.data(FIRST, 0, 10));
        establishing(theme, "DATA out of order", "", connection -> connection.data(SECOND, 10, 20));
        establishing(theme, "FIN", " NC-FIN-1", connection -> connection.fin(10));
        establishing(theme, "STOP", " NC-HOL-5", connection -> connection.stop(1));
        establishing(theme, "STOP_ACK", "", connection -> connection.stopAck(1, 0));
        establishing(theme, "RESUME", " NC-HOL-8", connection -> connection.resume(1));
        return theme.drills();
    }

    private static void establishing(Theme theme, String type, String more, Consumer<DrilledConnection> packet) {
        theme.connecting("established by " + type.replace('_', ' '), type + " in SYN_SENT establishes",
                "NC-HS-3 R1" + more, stage -> {
                    DrilledConnection asking = asking(stage);
                    asking.status();
                    packet.accept(asking);
                    asking.status();
                    stage.pullAll();
                    stage.advance(CONNECT_TIMEOUT);
                    asking.status();
                    asking.ncsynAck();
                    asking.send(20);
                    asking.resume(1);
                    asking.mustHaveSentAll();
                    asking.data(THIRD, 0, 10);
                    asking.readAll();
                });
    }

    private static DrilledConnection asking(Stage stage) {
        stage.start(SMALL);
        return stage.connect(LATENCY);
    }

    private static void dataOvertakes(Stage stage) {
        DrilledConnection asking = asking(stage);
        asking.data(FIRST, 20, 40);
        asking.data(SECOND, 0, 20);
        asking.status();
        asking.readAll();
        asking.ncsynAck();
        asking.data(THIRD, 40, 60);
        asking.readAll();
        asking.send(30);
        asking.mustHaveSentAll();
    }

    private static void lateAnswer(Stage stage) {
        stage.start(SMALL.with(Setting.RECEIVE_BUFFER, PEER_BUFFER));
        DrilledConnection asking = stage.connect(LATENCY);
        asking.data(FIRST, 0, 300);
        stage.awaitAck();
        asking.ncsynAck();
        asking.data(FIRST, 300, 549);
        stage.pullAll();
        asking.data(FIRST, 549, 550);
        stage.pullAll();
        asking.data(SECOND, PEER_BUFFER + 500, PEER_BUFFER + 550);
        asking.status();
        asking.data(SECOND, PEER_BUFFER + 550, PEER_BUFFER + 551);
        asking.status();
    }

    private static void streamOvertakes(Stage stage) {
        DrilledConnection asking = asking(stage);
        asking.fin(20);
        asking.data(FIRST, 0, 20);
        asking.status();
        asking.readAll();
        asking.receive(1);
        stage.awaitAck();
        asking.ncsynAck();
        asking.shutdown();
        stage.pullAll();
        asking.acking(1).ack();
        asking.status();
    }

    private static void stopOvertakes(Stage stage) {
        DrilledConnection asking = asking(stage);
        asking.stop(1);
        asking.send(50);
        stage.pullAll();
        asking.ncsynAck();
        stage.pullAll();
        asking.resume(1);
        asking.mustHaveSentAll();
    }

    private static void establishedForAll(Stage stage) {
        DrilledConnection asking = asking(stage);
        stage.advance(CONNECT_TIMEOUT - 1);
        asking.ack();
        asking.status();
        stage.advance(1);
        asking.status();
        stage.pullAll();
        asking.ncrefuse(Reason.NO_LISTENER);
        asking.status();
        stage.advance(CONNECT_TIMEOUT);
        asking.status();
    }

    private static void doesNotEstablish(Stage stage) {
        DrilledConnection asking = asking(stage);
        asking.ncsyn();
        asking.status();
        asking.withId(asking.id() + 1).ncsynAck();
        asking.withPorts(asking.hostPort() + 1, asking.peerPort()).ncsynAck();
        asking.withPorts(asking.hostPort(), asking.peerPort() + 1).data(FIRST, 0, 10);
        asking.status();
        stage.pullAll();
        stage.advance(CONNECT_TIMEOUT);
        asking.status();
        stage.pullAll();
    }

    private static void refused(Stage stage) {
        stage.start(SMALL);
        for (Reason reason : new Reason[] {Reason.NO_LISTENER, Reason.BACKLOG_FULL, Reason.LIMIT}) {
            DrilledConnection asking = stage.connect(LATENCY);
            asking.ncrefuse(reason);
            asking.status();
            asking.send(1);
            asking.receive(1);
            asking.ncsynAck();
            stage.pullAll();
            asking.status();
        }
    }

    private static void refusedTooLate(Stage stage) {
        DrilledConnection asking = asking(stage);
        asking.ncsynAck();
        asking.ncrefuse(Reason.BACKLOG_FULL);
        asking.status();
        asking.data(FIRST, 0, 10);
        asking.readAll();
    }

    private static void nothingIsSent(Stage stage) {
        DrilledConnection asking = asking(stage);
        asking.send(10);
        asking.shutdown();
        stage.pullAll();
        stage.advance(CONNECT_TIMEOUT / 2);
        stage.pullAll();
        asking.ncsynAck();
        stage.pullAll();
    }

    private static void noAnswer(Stage stage) {
        DrilledConnection asking = asking(stage);
        stage.advance(CONNECT_TIMEOUT - 1);
        asking.status();
        stage.pullAll();
        stage.advance(1);
        asking.status();
        stage.pullAll();
        asking.ncsynAck();
        stage.pullAll();
        asking.status();
    }

    private static void closeInSynSent(Stage stage) {
        DrilledConnection asking = asking(stage);
        asking.close();
        stage.pullAll();
        asking.ncsynAck();
        stage.pullAll();
    }

    private static void reset(Stage stage) {
        DrilledConnection asking = asking(stage);
        asking.rst(Reason.UNKNOWN_CONNECTION);
        asking.status();
        asking.receive(1);
        asking.send(1);
        stage.pullAll();
    }

    private static void repeated(Stage stage) {
        DrilledConnection asking = asking(stage);
        int old = stage.control();
        stage.greeted(CONTROL);
        stage.pullAll();
        stage.down(old);
        asking.ncsynAck();
        asking.status();
        stage.greeted(CONTROL);
        stage.pullAll();
    }

    private static void idsAndPorts(Stage stage) {
        stage.start(SMALL);
        stage.greeted(THROUGHPUT);
        DrilledConnection first = stage.connect(LATENCY);
        DrilledConnection second = stage.connect(THROUGHPUT);
        first.abort();
        DrilledConnection third = stage.connect(LATENCY);
        second.ncsynAck();
        third.ncsynAck();
        first.ncsynAck();
        stage.pullAll();
        second.status();
        third.status();
    }

    private static void limit(Stage stage) {
        stage.start(SMALL.with(Setting.SOCKET_LIMIT, 2));
        DrilledConnection first = stage.connect(LATENCY);
        stage.connect(LATENCY);
        stage.application().connect(Stage.PORT, LATENCY);
        stage.pullAll();
        first.abort();
        stage.connect(LATENCY);
    }

    private static void unknown(Stage stage) {
        stage.start(SMALL);
        DrilledConnection stranger = stage.stranger(Stage.PORT, LATENCY);
        stranger.ncrefuse(Reason.LIMIT);
        stranger.stopAck(1, 10);
        stranger.resume(1);
        stage.pullAll();
        List<Consumer<DrilledConnection>> answered = List.of(
                DrilledConnection::ncsynAck, DrilledConnection::ack, connection -> connection.stop(1),
                connection -> connection.fin(0), connection -> connection.data(FIRST, 0, 10));
        long id = stranger.id();
        for (Consumer<DrilledConnection> packet : answered) {
            packet.accept(stranger.withId(++id));
            stage.pullAll();
        }
        stranger.withId(++id).rst(Reason.ABORTED);
        stage.pullAll();
    }

    private static void merged(Stage stage) {
        stage.start(SMALL);
        DrilledConnection one = stage.stranger(Stage.PORT, LATENCY);
        DrilledConnection two = stage.stranger(Stage.PORT, LATENCY);
        one.ack();
        two.ack();
        stage.pullAll();
        for (int i = 0; i < 3; i++) {
            one.data(FIRST, i, i + 1);
            two.fin(i);
        }
        stage.pullAll();
        stage.advance(Stage.ACK_DELAY - 1);
        stage.pullAll();
        stage.advance(1);
        stage.pullAll();
        stage.advance(Stage.ACK_DELAY);
        stage.pullAll();
        one.ack();
        stage.pullAll();
    }

    private static void mergedPorts(Stage stage) {
        stage.start(SMALL);
        DrilledConnection stranger = stage.stranger(Stage.PORT, LATENCY);
        stranger.ack();
        stage.pullAll();
        stranger.withPorts(Stage.PORT + 1, 7_101).ack();
        stranger.withPorts(Stage.PORT + 2, 7_102).fin(3);
        stage.pullAll();
        stage.advance(Stage.ACK_DELAY);
        stage.pullAll();
        stranger.withPorts(Stage.PORT + 3, 7_103).ack();
        stage.advance(Stage.ACK_DELAY);
        stage.pullAll();
    }
}
