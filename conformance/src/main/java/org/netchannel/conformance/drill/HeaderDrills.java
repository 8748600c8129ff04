package org.netchannel.conformance.drill;

import static org.netchannel.conformance.drill.Stage.FIRST;
import static org.netchannel.conformance.drill.Stage.RECEIVE_BUFFER;
import static org.netchannel.conformance.drill.Stage.SECOND;
import static org.netchannel.conformance.drill.Stage.SEND_BUFFER;
import static org.netchannel.conformance.drill.Stage.SMALL;
import static org.netchannel.conformance.drill.Stage.THIRD;
import static org.netchannel.traces.ChannelClass.CONTROL;
import static org.netchannel.traces.ChannelClass.LATENCY;
import static org.netchannel.traces.ChannelClass.THROUGHPUT;

import java.util.List;
import java.util.function.Consumer;
import org.netchannel.traces.Bytes;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Packet;
import org.netchannel.traces.PacketCodec;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;
import org.netchannel.traces.Reason;

/** Section 2: packets with ports, lengths, types and fields that are not as they have to be. */
final class HeaderDrills {
    private static final int MAX_PAYLOAD = 200;
    private static final int UNKNOWN_TYPE = 77;

    /** What a packet does when its ports are right: each drill shows that it does not when they are wrong. */
    private record Wrong(String type, Consumer<DrilledConnection> before, Consumer<DrilledConnection> packet) {}

    private HeaderDrills() {}

    static List<Drill> all() {
        Theme theme = new Theme();
        wrongPorts(theme);
        return theme
                .both("magic and version", "a wrong magic, a wrong version, half a header: the channel is failed",
                        "NC-HDR-2", HeaderDrills::magicAndVersion)
                .both("payload too long", "DATA as long as was announced, and a byte longer",
                        "NC-HDR-2", HeaderDrills::tooLong)
                .both("payload where there is none", "an ACK with a payload, DATA without one",
                        "NC-HDR-2", HeaderDrills::payloadWhereNoneIs)
                .both("unknown type", "it is skipped on every channel, and what follows counts; too long it is not",
                        "NC-HDR-3 NC-HDR-2", HeaderDrills::unknownType)
                .both("control packet on a data channel", "the channel is failed", "NC-HDR-5",
                        HeaderDrills::controlOnData)
                .both("data on a control channel", "the channel is failed", "NC-HDR-5", HeaderDrills::dataOnControl)
                .both("data on a channel of the other class", "RST PROTOCOL_ERROR, the channel lives",
                        "NC-HDR-5 NC-SCH-1 R17", HeaderDrills::otherClass)
                .both("fields that do not count", "tag and offset where they mean nothing are ignored",
                        "NC-HDR-1", HeaderDrills::fieldsIgnored)
                .drills();
    }

    private static void wrongPorts(Theme theme) {
        List<Wrong> established = List.of(
                new Wrong("DATA", connection -> {}, connection -> connection.data(FIRST, 0, 20)),
                new Wrong("ACK", HeaderDrills::fillSendBuffer, connection -> connection.acking(100).ack()),
                new Wrong("NCSYN", connection -> {}, DrilledConnection::ncsyn),
                new Wrong("NCSYN_ACK", HeaderDrills::fillSendBuffer, connection -> connection.acking(100).ncsynAck()),
                new Wrong("STOP", connection -> {}, connection -> connection.stop(1)),
                new Wrong("STOP_ACK", HeaderDrills::makeWait, connection -> connection.stopAck(1, 300)),
                new Wrong("RESUME", connection -> connection.stop(1), connection -> connection.resume(1)),
                new Wrong("FIN", connection -> connection.data(FIRST, 0, 10), connection -> connection.fin(10)),
                new Wrong("RST", connection -> {}, connection -> connection.rst(Reason.ABORTED)));
        for (Wrong wrong : established) {
            ports(theme, wrong, "wrong source port", stage -> wrongPorts(stage, wrong, 0, 1));
            ports(theme, wrong, "wrong destination port", stage -> wrongPorts(stage, wrong, 1, 0));
            ports(theme, wrong, "ports of another connection", stage -> otherPorts(stage, wrong));
        }
        List<Wrong> asking = List.of(
                new Wrong("NCSYN_ACK", connection -> {}, DrilledConnection::ncsynAck),
                new Wrong("NCREFUSE", connection -> {}, connection -> connection.ncrefuse(Reason.NO_LISTENER)),
                new Wrong("RST", connection -> {}, connection -> connection.rst(Reason.CLOSED)),
                new Wrong("ACK", connection -> {}, DrilledConnection::ack),
                new Wrong("DATA", connection -> {}, connection -> connection.data(FIRST, 0, 20)));
        for (Wrong wrong : asking) {
            theme.connecting(name(wrong) + " in syn sent with a wrong source port", "it is dropped", "NC-HDR-4",
                    stage -> wrongInSynSent(stage, wrong, 0, 1));
            theme.connecting(name(wrong) + " in syn sent with a wrong destination port", "it is dropped", "NC-HDR-4",
                    stage -> wrongInSynSent(stage, wrong, 1, 0));
        }
    }

    private static void ports(Theme theme, Wrong wrong, String which, Drill.Script script) {
        theme.both(name(wrong) + " with " + which, "it is dropped, and has no effect", "NC-HDR-4", script);
    }

    private static String name(Wrong wrong) {
        return wrong.type().replace('_', ' ');
    }

    private static void fillSendBuffer(DrilledConnection connection) {
        connection.transmit(SEND_BUFFER);
    }

    private static void makeWait(DrilledConnection connection) {
        connection.data(FIRST, 0, RECEIVE_BUFFER);
        connection.data(SECOND, RECEIVE_BUFFER, RECEIVE_BUFFER + 50);
        connection.stage().awaitStop();
    }

    private static DrilledConnection open(Stage stage) {
        stage.start(SMALL);
        DrilledConnection connection = stage.connection();
        stage.pullAll();
        return connection;
    }

    private static void wrongPorts(Stage stage, Wrong wrong, int host, int peer) {
        DrilledConnection connection = open(stage);
        wrong.before().accept(connection);
        stage.pullAll();
        wrong.packet().accept(connection.withPorts(connection.hostPort() + host, connection.peerPort() + peer));
        afterwards(stage, connection);
    }

    private static void otherPorts(Stage stage, Wrong wrong) {
        DrilledConnection other = open(stage);
        DrilledConnection connection = stage.connection();
        wrong.before().accept(connection);
        stage.pullAll();
        // Two children of one listener differ in the peer's port alone.
        int host = other.hostPort() == connection.hostPort() ? connection.peerPort() : other.hostPort();
        wrong.packet().accept(connection.withPorts(host, other.peerPort()));
        afterwards(stage, connection);
        afterwards(stage, other);
    }

    private static void wrongInSynSent(Stage stage, Wrong wrong, int host, int peer) {
        stage.start(SMALL);
        DrilledConnection asking = stage.connect(LATENCY);
        wrong.packet().accept(asking.withPorts(asking.hostPort() + host, asking.peerPort() + peer));
        asking.status();
        asking.send(10);
        stage.pullAll();
        asking.receive(1);
        asking.ncsynAck();
        afterwards(stage, asking);
    }

    /** Whatever the packet might have done shows. */
    private static void afterwards(Stage stage, DrilledConnection connection) {
        connection.status();
        stage.pullAll();
        connection.send(30);
        stage.pullAll();
        stage.awaitAck();
        connection.data(SECOND, RECEIVE_BUFFER + 50, RECEIVE_BUFFER + 60);
        connection.readAll();
        connection.receive(1);
        stage.pullAll();
    }

    private static void magicAndVersion(Stage stage) {
        DrilledConnection connection = open(stage);
        byte[] packet = ack(connection);
        packet[0]++;
        stage.deliver(FIRST, Bytes.of(packet));
        packet[0]--;
        packet[2]++;
        stage.deliver(SECOND, Bytes.of(packet));
        packet[2]--;
        stage.deliver(THIRD, Bytes.of(packet).slice(0, 39));
        connection.status();
        connection.transmit(50);
        int late = stage.greeted(LATENCY);
        connection.mustHaveSentAll();
        stage.deliver(late, Bytes.EMPTY);
        packet[7] = 1;
        stage.deliver(stage.control(), Bytes.of(packet));
        stage.greeted(CONTROL);
        stage.pullAll();
        connection.status();
    }

    private static byte[] ack(DrilledConnection connection) {
        PacketHeader header = new PacketHeader(PacketType.ACK.code(), 0, connection.peerPort(), connection.hostPort(),
                0, connection.id(), 0, 0);
        return PacketCodec.encode(new Packet(header, Bytes.EMPTY)).toArray();
    }

    private static void tooLong(Stage stage) {
        stage.start(SMALL.with(Setting.MAX_PAYLOAD, MAX_PAYLOAD));
        DrilledConnection connection = stage.connection();
        connection.data(FIRST, 0, MAX_PAYLOAD);
        connection.readAll();
        connection.data(FIRST, MAX_PAYLOAD, 2 * MAX_PAYLOAD + 1);
        connection.readAll();
        connection.data(SECOND, MAX_PAYLOAD, 2 * MAX_PAYLOAD);
        connection.readAll();
        stage.pullAll();
    }

    private static void payloadWhereNoneIs(Stage stage) {
        DrilledConnection connection = open(stage);
        int old = stage.control();
        stage.greeted(CONTROL);
        stage.pullAll();
        stage.deliver(old, header(connection, PacketType.ACK.code(), 1, 0, 0), Bytes.of((byte) 1));
        stage.deliver(FIRST, header(connection, PacketType.DATA.code(), 0, 0, 0), Bytes.EMPTY);
        stage.deliver(SECOND, new PacketHeader(PacketType.CHANNEL_CLOSE.code(), 1, 0, 0, 0, 0, 0, 0),
                Bytes.of((byte) 1));
        connection.status();
        stage.pullAll();
    }

    private static void unknownType(Stage stage) {
        stage.start(SMALL.with(Setting.MAX_PAYLOAD, MAX_PAYLOAD));
        DrilledConnection connection = stage.connection();
        for (int type : new int[] {0, UNKNOWN_TYPE, 255}) {
            stage.deliver(FIRST, header(connection, type, 0, 0, 0), Bytes.EMPTY);
            stage.deliver(FIRST, header(connection, type, MAX_PAYLOAD, 1, 1), Bytes.of(new byte[MAX_PAYLOAD]));
            stage.deliver(stage.control(), header(connection, type, 3, 1, 1), Bytes.of(new byte[3]));
        }
        connection.data(FIRST, 0, 10);
        connection.readAll();
        stage.pullAll();
        stage.deliver(FIRST, header(connection, UNKNOWN_TYPE, MAX_PAYLOAD + 1, 1, 1),
                Bytes.of(new byte[MAX_PAYLOAD + 1]));
        stage.pullAll();
    }

    private static PacketHeader header(DrilledConnection connection, int type, int length, long tag, long offset) {
        return new PacketHeader(
                type, length, connection.peerPort(), connection.hostPort(), tag, connection.id(), offset, 0);
    }

    private static void controlOnData(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(150);
        connection.on(FIRST).stop(1);
        connection.on(SECOND).ncsyn();
        connection.on(THIRD).fin(0);
        connection.status();
        connection.send(50);
        stage.pullAll();
        int last = stage.greeted(LATENCY);
        connection.mustHaveSentAll();
        connection.on(last).rst(Reason.ABORTED);
        connection.status();
        stage.pullAll();
    }

    private static void dataOnControl(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.data(stage.control(), 0, 10);
        stage.greeted(CONTROL);
        connection.status();
        connection.readAll();
        connection.data(FIRST, 0, 10);
        connection.readAll();
        stage.pullAll();
    }

    private static void otherClass(Stage stage) {
        DrilledConnection connection = open(stage);
        DrilledConnection other = stage.connection();
        int throughput = stage.greeted(THROUGHPUT);
        connection.data(throughput, 0, 10);
        connection.status();
        stage.pullAll();
        other.status();
        DrilledConnection third = stage.connection(THROUGHPUT);
        third.data(throughput, 0, 10);
        third.readAll();
        stage.pullAll();
    }

    private static void fieldsIgnored(Stage stage) {
        DrilledConnection connection = open(stage);
        connection.transmit(40);
        connection.control(PacketType.ACK, 9, 12_345);
        connection.control(PacketType.STOP, 1, 12_345);
        connection.control(PacketType.RESUME, 1, 12_345);
        connection.control(PacketType.NCSYN_ACK, 9, 1);
        connection.control(PacketType.FIN, 9, 0);
        stage.pullAll();
        connection.receive(1);
        connection.transmit(40);
        connection.mustHaveSentAll();
        connection.control(PacketType.RST, Reason.ABORTED.tag(), 12_345);
        connection.status();
    }
}
