package org.netchannel.conformance.drill;

import static org.netchannel.conformance.drill.Stage.CONNECT_TIMEOUT;
import static org.netchannel.conformance.drill.Stage.FIRST;
import static org.netchannel.conformance.drill.Stage.PORT;
import static org.netchannel.conformance.drill.Stage.SECOND;
import static org.netchannel.conformance.drill.Stage.SMALL;
import static org.netchannel.traces.ChannelClass.CONTROL;
import static org.netchannel.traces.ChannelClass.LATENCY;
import static org.netchannel.traces.ChannelClass.THROUGHPUT;

import java.util.List;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** NC-HS-2: what the host under test answers to NCSYN. */
final class NcsynDrills {
    private static final int OTHER_PORT = 81;

    private NcsynDrills() {}

    static List<Drill> all() {
        return new Theme()
                .accepting("known id", "NCSYN again, before and after accept: NCSYN_ACK again, no second child",
                        "NC-HS-2 R3 R5", NcsynDrills::known)
                .accepting("known id with the queue full", "NCSYN again while the accept queue is full",
                        "NC-HS-2 R3", NcsynDrills::knownWithQueueFull)
                .accepting("known id without a listener", "NCSYN of an accepted child again, the listener is closed",
                        "NC-HS-2 R3", NcsynDrills::knownWithoutListener)
                .accepting("known id at the limit", "NCSYN again while the socket limit is reached",
                        "NC-HS-2", NcsynDrills::knownAtLimit)
                .accepting("id that was aborted", "NCSYN again within a connect timeout, and after it",
                        "NC-HS-2 R42", stage -> gone(stage, true))
                .accepting("id that was reset", "RST comes, the socket is closed, NCSYN again",
                        "NC-HS-2 R42", stage -> gone(stage, false))
                .accepting("id that was finished", "both sides are done, NCSYN again",
                        "NC-HS-2 NC-FIN-5 R42", NcsynDrills::finished)
                .accepting("id that is gone without a listener", "aborted, the listener is closed, NCSYN again",
                        "NC-HS-2 R42", NcsynDrills::goneWithoutListener)
                .accepting("id whose socket is still held", "reset, a connect timeout later NCSYN again",
                        "NC-HS-2 NC-HS-10 R42", NcsynDrills::held)
                .accepting("no listener", "NCSYN to a port without a listener, and again when there is one",
                        "NC-HS-2 R6 R44", NcsynDrills::noListener)
                .accepting("no listener any more", "NCSYN, the same port a connect timeout later",
                        "NC-HS-2 R44", NcsynDrills::refusedLongAgo)
                .accepting("queue is full", "one child more than the backlog, and again after an accept",
                        "NC-HS-2 R6 R44", NcsynDrills::backlog)
                .accepting("backlog of one", "a second child is refused until the first is accepted",
                        "NC-HS-2 R6", NcsynDrills::backlogOfOne)
                .accepting("socket limit", "one child more than the limit, and again after a close",
                        "NC-HS-2 R44", NcsynDrills::limit)
                .accepting("order of refusals", "limit reached and queue full, limit reached and no listener",
                        "NC-HS-2", NcsynDrills::orderOfRefusals)
                .accepting("two listeners", "children come to the port they asked for, in the order they asked",
                        "NC-HS-2 NC-HS-1", NcsynDrills::twoListeners)
                .accepting("child is in the table at once", "DATA for a child that nobody has accepted, then accept",
                        "NC-HS-2 NC-HS-10 R9", NcsynDrills::dataBeforeAccept)
                .accepting("class of the child", "NCSYN for THROUGHPUT: the child sends on that class",
                        "NC-HS-1 NC-HS-2 NC-SCH-1 R17", NcsynDrills::classOfChild)
                .accepting("rst comes before its ncsyn", "RST for an unknown id, then its NCSYN: ignored for a timeout",
                        "NC-HS-7 NC-HS-2 R4", NcsynDrills::rstFirst)
                .accepting("ncsyn on an old control channel", "a newer one has said HELLO: NCSYN counts on both, once",
                        "NC-CH-3 NC-HS-2 R43 R44 R56", NcsynDrills::onOldControl)
                .accepting("ncsyn before the new channel is greeted", "the newer one has not said HELLO yet",
                        "NC-CH-3 R43", NcsynDrills::newestNotGreeted)
                .accepting("listener closes", "children that were not accepted are reset",
                        "NC-HS-8 NC-HS-2 R7", NcsynDrills::listenerCloses)
                .accepting("child that is over before accept", "bytes, FIN or RST, then accept: it is still returned",
                        "NC-HS-10 NC-RST-1", NcsynDrills::overBeforeAccept)
                .connecting("crossing ncsyns", "the peer asks with the ports of a connection being asked for",
                        "NC-HS-9 R8", NcsynDrills::crossing)
                .drills();
    }

    private static void listening(Stage stage, int backlog) {
        stage.start(SMALL);
        stage.listen(PORT, backlog);
    }

    private static void known(Stage stage) {
        listening(stage, 4);
        DrilledConnection child = stage.ask(PORT, LATENCY);
        stage.pullAll();
        child.ncsyn();
        stage.pullAll();
        DrilledConnection accepted = child.accept();
        child.ncsyn();
        stage.pullAll();
        stage.application().accept(PORT);
        child.data(FIRST, 0, 20);
        accepted.transmit(20);
        child.ncsyn();
        stage.pullAll();
        accepted.readAll();
        accepted.mustHaveSentAll();
    }

    private static void knownWithQueueFull(Stage stage) {
        listening(stage, 1);
        DrilledConnection child = stage.ask(PORT, LATENCY);
        child.ncsyn();
        stage.pullAll();
        child.ncsyn();
        stage.pullAll();
        child.accept().readAll();
        stage.application().accept(PORT);
    }

    private static void knownWithoutListener(Stage stage) {
        listening(stage, 1);
        DrilledConnection child = stage.ask(PORT, LATENCY);
        DrilledConnection accepted = child.accept();
        stage.pullAll();
        stage.unlisten(PORT);
        child.ncsyn();
        stage.pullAll();
        accepted.status();
        child.data(FIRST, 0, 10);
        accepted.readAll();
    }

    private static void knownAtLimit(Stage stage) {
        stage.start(SMALL.with(Setting.SOCKET_LIMIT, 1));
        stage.listen(PORT, 2);
        DrilledConnection child = stage.ask(PORT, LATENCY);
        child.ncsyn();
        stage.pullAll();
        child.accept();
        child.ncsyn();
        stage.pullAll();
    }

    private static void gone(Stage stage, boolean byHost) {
        listening(stage, 4);
        DrilledConnection child = stage.ask(PORT, LATENCY);
        stage.pullAll();
        DrilledConnection accepted = child.accept();
        if (byHost) {
            accepted.abort();
        } else {
            child.rst(Reason.ABORTED);
            accepted.close();
        }
        stage.pullAll();
        child.ncsyn();
        stage.pullAll();
        stage.application().accept(PORT);
        stage.advance(CONNECT_TIMEOUT - 1);
        stage.pullAll();
        child.ncsyn();
        stage.pullAll();
        stage.application().accept(PORT);
        stage.advance(1);
        stage.pullAll();
        child.ncsyn();
        stage.pullAll();
        stage.application().accept(PORT);
    }

    private static void finished(Stage stage) {
        listening(stage, 4);
        DrilledConnection child = stage.ask(PORT, LATENCY);
        stage.pullAll();
        DrilledConnection accepted = child.accept();
        child.fin(0);
        accepted.close();
        stage.pullAll();
        child.acking(1).ack();
        stage.pullAll();
        child.ncsyn();
        stage.pullAll();
        stage.application().accept(PORT);
        stage.advance(CONNECT_TIMEOUT);
        child.ncsyn();
        stage.pullAll();
        stage.application().accept(PORT);
    }

    private static void goneWithoutListener(Stage stage) {
        listening(stage, 4);
        DrilledConnection child = stage.ask(PORT, LATENCY);
        child.accept().abort();
        stage.unlisten(PORT);
        stage.pullAll();
        child.ncsyn();
        stage.pullAll();
        stage.advance(CONNECT_TIMEOUT);
        child.ncsyn();
        stage.pullAll();
    }

    private static void held(Stage stage) {
        listening(stage, 4);
        DrilledConnection child = stage.ask(PORT, LATENCY);
        stage.pullAll();
        child.rst(Reason.ABORTED);
        stage.advance(2 * CONNECT_TIMEOUT);
        child.ncsyn();
        stage.pullAll();
        DrilledConnection accepted = child.accept();
        stage.application().accept(PORT);
        child.ncsyn();
        stage.pullAll();
        accepted.status();
    }

    private static void noListener(Stage stage) {
        listening(stage, 4);
        DrilledConnection child = stage.ask(OTHER_PORT, LATENCY);
        stage.pullAll();
        stage.listen(OTHER_PORT, 4);
        child.ncsyn();
        stage.pullAll();
        stage.application().accept(OTHER_PORT);
        stage.advance(CONNECT_TIMEOUT - 1);
        child.ncsyn();
        stage.pullAll();
        stage.ask(OTHER_PORT, LATENCY);
        stage.pullAll();
        stage.application().accept(OTHER_PORT);
        stage.application().accept(OTHER_PORT);
    }

    private static void refusedLongAgo(Stage stage) {
        stage.start(SMALL);
        DrilledConnection child = stage.ask(PORT, LATENCY);
        stage.pullAll();
        stage.listen(PORT, 1);
        stage.advance(CONNECT_TIMEOUT);
        child.ncsyn();
        stage.pullAll();
        child.accept();
    }

    private static void backlog(Stage stage) {
        listening(stage, 2);
        DrilledConnection first = stage.ask(PORT, LATENCY);
        stage.ask(PORT, LATENCY);
        DrilledConnection third = stage.ask(PORT, LATENCY);
        stage.pullAll();
        first.accept();
        third.ncsyn();
        stage.pullAll();
        stage.ask(PORT, LATENCY);
        stage.ask(PORT, LATENCY);
        stage.pullAll();
        for (int i = 0; i < 3; i++) {
            stage.application().accept(PORT);
        }
        stage.advance(CONNECT_TIMEOUT);
        third.ncsyn();
        stage.pullAll();
        third.accept();
    }

    private static void backlogOfOne(Stage stage) {
        listening(stage, 1);
        DrilledConnection first = stage.ask(PORT, LATENCY);
        stage.ask(PORT, LATENCY);
        stage.pullAll();
        first.accept();
        stage.ask(PORT, LATENCY);
        stage.pullAll();
        stage.application().accept(PORT);
        stage.application().accept(PORT);
    }

    private static void limit(Stage stage) {
        stage.start(SMALL.with(Setting.SOCKET_LIMIT, 2));
        stage.listen(PORT, 5);
        DrilledConnection first = stage.ask(PORT, LATENCY);
        stage.ask(PORT, LATENCY);
        stage.pullAll();
        DrilledConnection third = stage.ask(PORT, LATENCY);
        stage.pullAll();
        first.accept().abort();
        stage.pullAll();
        third.ncsyn();
        stage.pullAll();
        stage.ask(PORT, LATENCY);
        stage.pullAll();
        stage.application().accept(PORT);
        stage.application().accept(PORT);
    }

    private static void orderOfRefusals(Stage stage) {
        stage.start(SMALL.with(Setting.SOCKET_LIMIT, 1));
        stage.listen(PORT, 1);
        DrilledConnection child = stage.ask(PORT, LATENCY);
        stage.ask(PORT, LATENCY);
        stage.ask(OTHER_PORT, LATENCY);
        stage.pullAll();
        child.accept();
        stage.ask(PORT, LATENCY);
        stage.ask(OTHER_PORT, LATENCY);
        stage.pullAll();
    }

    private static void twoListeners(Stage stage) {
        listening(stage, 4);
        stage.listen(OTHER_PORT, 4);
        stage.ask(OTHER_PORT, LATENCY);
        stage.ask(PORT, LATENCY);
        stage.ask(PORT, LATENCY);
        stage.pullAll();
        stage.application().accept(PORT);
        stage.application().accept(OTHER_PORT);
        stage.application().accept(OTHER_PORT);
        stage.application().accept(PORT);
        stage.application().accept(PORT);
    }

    private static void dataBeforeAccept(Stage stage) {
        listening(stage, 4);
        DrilledConnection child = stage.ask(PORT, LATENCY);
        child.data(SECOND, 10, 20);
        child.data(FIRST, 0, 10);
        child.fin(20);
        stage.awaitAck();
        child.accept().readAll();
    }

    private static void classOfChild(Stage stage) {
        listening(stage, 4);
        stage.greeted(THROUGHPUT);
        DrilledConnection child = stage.ask(PORT, THROUGHPUT);
        DrilledConnection accepted = child.accept();
        accepted.send(150);
        accepted.mustHaveSentAll();
        child.withId(child.id() + 100).control(PacketType.NCSYN, 3, Stage.PEER_BUFFER);
        child.withId(child.id() + 101).control(PacketType.NCSYN, 0, Stage.PEER_BUFFER);
        stage.pullAll();
        stage.application().accept(PORT);
    }

    private static void rstFirst(Stage stage) {
        listening(stage, 4);
        DrilledConnection child = stage.stranger(PORT, LATENCY);
        child.rst(Reason.TIMEOUT);
        child.ncsyn();
        stage.pullAll();
        stage.advance(CONNECT_TIMEOUT - 1);
        child.ncsyn();
        stage.pullAll();
        stage.application().accept(PORT);
        stage.advance(1);
        child.ncsyn();
        stage.pullAll();
        stage.application().accept(PORT);
    }

    private static void onOldControl(Stage stage) {
        listening(stage, 4);
        int old = stage.control();
        stage.greeted(CONTROL);
        DrilledConnection child = stage.stranger(PORT, LATENCY);
        child.on(old).ncsyn();
        stage.pullAll();
        child.ncsyn();
        stage.pullAll();
        DrilledConnection accepted = child.accept();
        stage.application().accept(PORT);
        child.on(old).ncsyn();
        stage.pullAll();
        child.on(old).fin(0);
        accepted.readAll();
    }

    private static void newestNotGreeted(Stage stage) {
        listening(stage, 4);
        int old = stage.control();
        int young = stage.up(CONTROL);
        DrilledConnection child = stage.stranger(PORT, LATENCY);
        child.on(old).ncsyn();
        stage.pullAll();
        child.accept();
        stage.hello(young);
        child.on(old).ncsyn();
        stage.pullAll();
        child.on(young).ncsyn();
        stage.pullAll();
    }

    private static void listenerCloses(Stage stage) {
        listening(stage, 4);
        DrilledConnection first = stage.ask(PORT, LATENCY);
        DrilledConnection second = stage.ask(PORT, LATENCY);
        stage.pullAll();
        DrilledConnection accepted = first.accept();
        stage.unlisten(PORT);
        stage.pullAll();
        accepted.status();
        second.data(FIRST, 0, 10);
        stage.pullAll();
        second.ncsyn();
        stage.ask(PORT, LATENCY);
        stage.pullAll();
    }

    private static void overBeforeAccept(Stage stage) {
        listening(stage, 4);
        DrilledConnection finished = stage.ask(PORT, LATENCY);
        DrilledConnection reset = stage.ask(PORT, LATENCY);
        finished.data(FIRST, 0, 10);
        finished.fin(10);
        reset.data(FIRST, 0, 10);
        reset.data(FIRST, 20, 30);
        reset.rst(Reason.ABORTED);
        stage.pullAll();
        DrilledConnection one = finished.accept();
        one.readAll();
        one.receive(1);
        DrilledConnection other = reset.accept();
        other.status();
        other.readAll();
        other.receive(1);
    }

    private static void crossing(Stage stage) {
        stage.start(SMALL);
        DrilledConnection asking = stage.connect(LATENCY);
        stage.listen(asking.hostPort(), 1);
        DrilledConnection crossing = stage.stranger(asking.hostPort(), LATENCY)
                .withPorts(asking.hostPort(), asking.peerPort());
        crossing.ncsyn();
        stage.pullAll();
        asking.status();
        asking.ncsyn();
        asking.status();
        asking.ncsynAck();
        asking.data(FIRST, 0, 10);
        asking.readAll();
        stage.pullAll();
    }
}
