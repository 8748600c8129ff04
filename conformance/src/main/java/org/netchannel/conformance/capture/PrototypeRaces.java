package org.netchannel.conformance.capture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.netchannel.conformance.capture.PrototypeHeader.Type;
import org.netchannel.conformance.capture.Segment.Address;

/**
 * Traffic of the public kernel prototype, and the races of races.md that the order of its packets shows. Its header
 * names a connection by its ports alone, so one is told from the next by SYNC. That packets were in this order where
 * the capture was taken doesn't say that the receiver suffered; it says that nothing in the design prevents it.
 */
final class PrototypeRaces {
    /** So many connections are kept apart. */
    static final int MAX_CONNECTIONS = 200_000;

    private static final int MAX_SHOWN = 20;
    /** Who has waited for so long for an answer to SYNC gets none. */
    private static final long SILENCE_NS = 5_000_000_000L;

    private final Map<Set<Address>, Connection> connections = new HashMap<>();
    private final Map<Type, Long> packets = new TreeMap<>();
    private final Map<Race, Long> counts = new TreeMap<>();
    private final List<Sighting> shown = new ArrayList<>();
    private long lastNs;
    private long firstNs = -1;

    /** A race that a capture can show. */
    enum Race {
        /** R1. */
        R1("the accepting side's DATA came before its SYNC_ACK: a connecting side that waits for it drops them"),
        /** R2. */
        R2("the connecting side's DATA came before SYNC was answered: there may be nobody to take them"),
        /** R3. */
        R3("SYNC came again and was answered again: two children of one connect"),
        /** R6. */
        R6("SYNC was not answered, and a refusal can't be told: connect hangs"),
        /** R8. */
        R8("SYNC crossed with SYNC between the same ports: the states merge"),
        /** R10. */
        R10("DATA that continue the previous connection of these ports came after the SYNC of the next"),
        /** R11. */
        R11("FIN came after SYNC and before anything of that connection: it may be the previous one's"),
        /** R27. */
        R27("DATA came after the FIN of their own direction, and FIN doesn't say where it ends: the stream is cut"),
        /** R28. */
        R28("a host sent FIN more than once for a connection: every late packet is answered by another");

        private final String text;

        Race(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** A race that was seen: which, when (nanoseconds from the first packet), and between whom. */
    record Sighting(Race race, long nanos, String connection) {}

    /** One direction of a connection. */
    private static final class Direction {
        private final Set<Integer> streams = new HashSet<>();
        private Optional<Long> end = Optional.empty();
        private int fins;
    }

    /** What is between two pairs of address and port, from one SYNC to the next. */
    private static final class Connection {
        private Address connecting;
        private long syncNs;
        private int syncs;
        private int answers;
        private boolean used;
        private final Map<Address, Direction> directions = new HashMap<>();
        private Map<Address, Long> before = Map.of();
        private final Set<Race> seen = new HashSet<>();

        Direction of(Address sender) {
            return directions.computeIfAbsent(sender, _ -> new Direction());
        }
    }

    void take(long timeNs, Stream stream, boolean byDialer, PrototypeHeader packet) throws IOException {
        firstNs = firstNs < 0 ? timeNs : firstNs;
        lastNs = timeNs;
        packets.merge(packet.type(), 1L, Long::sum);
        Address from = new Address(
                (byDialer ? stream.dialer() : stream.acceptor()).host(), packet.sourcePort());
        Address to = new Address(
                (byDialer ? stream.acceptor() : stream.dialer()).host(), packet.destinationPort());
        if (from.equals(to)) {
            return;
        }
        Set<Address> key = Set.of(from, to);
        if (!connections.containsKey(key) && connections.size() == MAX_CONNECTIONS) {
            throw new CaptureException(String.format("it has more than %,d connections", MAX_CONNECTIONS));
        }
        Connection connection = connections.computeIfAbsent(key, _ -> new Connection());
        switch (packet.type()) {
            case SYNC -> sync(connection, timeNs, from, to);
            case SYNC_ACK -> answer(connection, timeNs, from, to);
            case DATA -> data(connection, timeNs, from, to, packet);
            case FIN -> fin(connection, timeNs, from, to);
            case ACK -> { }
        }
        connection.of(from).streams.add(stream.number());
    }

    private void sync(Connection connection, long timeNs, Address from, Address to) {
        boolean fresh = connection.connecting == null || !connection.directions.values().stream()
                .allMatch(direction -> direction.fins == 0);
        if (fresh) {
            Map<Address, Long> ends = new HashMap<>();
            connection.directions.forEach((who, direction) -> direction.end.ifPresent(end -> ends.put(who, end)));
            judgeSilence(connection, timeNs, to);
            connection.before = ends;
            connection.directions.clear();
            connection.seen.clear();
            connection.connecting = from;
            connection.syncNs = timeNs;
            connection.syncs = 1;
            connection.answers = 0;
            connection.used = false;
        } else if (!connection.connecting.equals(from)) {
            see(connection, Race.R8, timeNs, from, to);
        } else {
            connection.syncs++;
        }
    }

    private void answer(Connection connection, long timeNs, Address from, Address to) {
        connection.answers++;
        if (connection.syncs > 1 && connection.answers > 1) {
            see(connection, Race.R3, timeNs, from, to);
        }
    }

    private void data(Connection connection, long timeNs, Address from, Address to, PrototypeHeader packet) {
        Direction direction = connection.of(from);
        boolean known = connection.connecting != null;
        boolean continues = known && direction.end.isEmpty() && packet.sequence() != 0
                && connection.before.getOrDefault(from, -1L) == packet.sequence();
        if (continues) {
            see(connection, Race.R10, timeNs, from, to);
            connection.before = Map.of(from, end(packet));
            return;
        }
        if (known && connection.answers == 0) {
            see(connection, from.equals(connection.connecting) ? Race.R2 : Race.R1, timeNs, from, to);
        }
        if (direction.fins > 0) {
            see(connection, Race.R27, timeNs, from, to);
        }
        connection.used = true;
        direction.end = Optional.of(end(packet));
    }

    private static long end(PrototypeHeader packet) {
        return packet.sequence() + packet.length() & 0xFFFF_FFFFL;
    }

    private void fin(Connection connection, long timeNs, Address from, Address to) {
        Direction direction = connection.of(from);
        boolean opening = connection.connecting != null && connection.answers == 0 && !connection.used;
        if (opening && !connection.before.isEmpty()) {
            see(connection, Race.R11, timeNs, from, to);
        }
        if (++direction.fins > 1) {
            see(connection, Race.R28, timeNs, from, to);
        }
        connection.used = true;
    }

    /** R6: a FIN is an answer, too. */
    private void judgeSilence(Connection connection, long timeNs, Address to) {
        boolean waits = connection.connecting != null && connection.answers == 0 && !connection.used;
        if (waits && timeNs - connection.syncNs >= SILENCE_NS) {
            see(connection, Race.R6, connection.syncNs, connection.connecting, to);
        }
    }

    /** Each race once for a connection; later ones follow from the first. */
    private void see(Connection connection, Race race, long timeNs, Address from, Address to) {
        if (connection.seen.add(race)) {
            counts.merge(race, 1L, Long::sum);
            if (shown.size() < MAX_SHOWN) {
                shown.add(new Sighting(race, timeNs - firstNs, from + " to " + to));
            }
        }
    }

    /** The capture is over; may be asked once. */
    PrototypeReport report() {
        connections.forEach((ends, connection) -> ends.stream()
                .filter(end -> !end.equals(connection.connecting))
                .findFirst()
                .ifPresent(other -> judgeSilence(connection, lastNs, other)));
        return new PrototypeReport(packets, connections.size(), counts, List.copyOf(shown));
    }
}
