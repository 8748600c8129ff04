package org.netchannel.conformance.capture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.netchannel.conformance.capture.PrototypeRaces.Race;
import org.netchannel.conformance.capture.PrototypeRaces.Sighting;

/** What a capture shows of the public kernel prototype. */
public final class PrototypeReport {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<PrototypeHeader.Type, Long> packets;
    private final long connections;
    private final Map<Race, Long> races;
    private final List<Sighting> shown;

    PrototypeReport(
            Map<PrototypeHeader.Type, Long> packets, long connections, Map<Race, Long> races, List<Sighting> shown) {
        this.packets = packets;
        this.connections = connections;
        this.races = races;
        this.shown = shown;
    }

    /**
     * Whether there was anything of it.
     *
     * @return true when no packet was
     */
    public boolean isEmpty() {
        return packets.isEmpty();
    }

    /**
     * How often each packet type was seen.
     *
     * @return counts by name
     */
    public Map<String, Long> packets() {
        Map<String, Long> named = new LinkedHashMap<>();
        packets.forEach((type, count) -> named.put(type.name(), count));
        return named;
    }

    /**
     * How many pairs of addresses and ports had packets.
     *
     * @return the number
     */
    public long connections() {
        return connections;
    }

    /**
     * The races of races.md that were seen.
     *
     * @return in how many connections, by id
     */
    public Map<String, Long> races() {
        Map<String, Long> named = new TreeMap<>(java.util.Comparator.comparing(id -> Race.valueOf(id)));
        races.forEach((race, count) -> named.put(race.name(), count));
        return named;
    }

    /**
     * Each race that was seen, for a person: what it is, and where it was seen first.
     *
     * @return a line for each race, and one for each place that is shown
     */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        races.forEach((race, count) -> {
            lines.add(String.format(Locale.ROOT, "%s in %,d %s: %s", race, count,
                    count == 1 ? "connection" : "connections", race.text()));
            shown.stream().filter(sighting -> sighting.race() == race).forEach(sighting -> lines.add(String.format(
                    Locale.ROOT, "    %.6f s  %s", sighting.nanos() / NANOS_PER_SECOND, sighting.connection())));
        });
        return lines;
    }
}
