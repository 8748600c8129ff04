package org.netchannel.conformance.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.PacketType;

/** The drills have teeth: those about a clause find the host that breaks it, and name the clause. */
class DrillMutantsTest {
    private static SpecOracle specification;

    @BeforeAll
    static void load() {
        specification = new SpecOracle(Path.of("../specs/tla"));
    }

    private static Arguments mutant(String clause, String name, Supplier<Endpoint> host) {
        return Arguments.of(clause, name, host);
    }

    static Stream<Arguments> mutants() {
        return Stream.of(
                mutant("NC-HS-2", "second NCSYN is not answered", WrongHost::deafToSecondNcsyn),
                mutant("NC-HS-2", "no NCREFUSE",
                        () -> WrongHost.saying(PacketType.NCREFUSE, header -> Optional.empty())),
                mutant("NC-HS-3", "only NCSYN_ACK establishes", WrongHost::waitingForNcsynAck),
                mutant("NC-DATA-4", "copies are new bytes", WrongHost::countingCopies),
                mutant("NC-HOL-2", "a byte too much fits", () -> WrongHost.withRoomFor(1)),
                mutant("NC-HOL-2", "a byte that fits waits", () -> WrongHost.withRoomFor(-1)),
                mutant("NC-HOL-5", "RESUME before its STOP is forgotten", WrongHost::forgettingEarlyResume),
                mutant("NC-HOL-5", "no STOP_ACK",
                        () -> WrongHost.saying(PacketType.STOP_ACK, header -> Optional.empty())),
                mutant("NC-HOL-5", "STOP_ACK without snd_nxt", () -> WrongHost.saying(PacketType.STOP_ACK,
                        stopAck -> stopAck.map(header -> WrongHost.with(header, header.tag(), 0)))),
                mutant("NC-HOL-6", "any STOP_ACK will do",
                        () -> WrongHost.mistakingEpoch(PacketType.STOP, true, PacketType.STOP_ACK)),
                mutant("NC-HOL-6", "STOP_ACK an offset further", () -> WrongHost.hearing(PacketType.STOP_ACK,
                        stopAck -> stopAck.map(header -> WrongHost.with(header, header.tag(), header.offset() + 1)))),
                mutant("NC-HOL-7", "no RESUME", () -> WrongHost.saying(PacketType.RESUME, header -> Optional.empty())),
                mutant("NC-HOL-8", "any RESUME will do",
                        () -> WrongHost.mistakingEpoch(PacketType.STOP, false, PacketType.RESUME)),
                mutant("NC-HOL-8", "deaf to RESUME",
                        () -> WrongHost.hearing(PacketType.RESUME, header -> Optional.empty())),
                mutant("NC-FIN-1", "final offset one further", () -> WrongHost.saying(PacketType.FIN,
                        fin -> fin.map(header -> WrongHost.with(header, 0, header.offset() + 1)))),
                mutant("NC-FIN-1", "no FIN", () -> WrongHost.saying(PacketType.FIN, header -> Optional.empty())),
                mutant("NC-FIN-2", "end as soon as FIN comes", WrongHost::endingAtFin),
                mutant("NC-HDR-4", "ports do not matter", WrongHost::ignoringPorts),
                mutant("NC-CH-5", "no CHANNEL_CLOSE",
                        () -> WrongHost.saying(PacketType.CHANNEL_CLOSE, header -> Optional.empty())),
                mutant("NC-CH-5", "deaf to CHANNEL_CLOSE",
                        () -> WrongHost.hearing(PacketType.CHANNEL_CLOSE, header -> Optional.empty())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("mutants")
    void drillsOfTheClauseFindIt(String clause, String name, Supplier<Endpoint> host) {
        DrillRunner runner = new DrillRunner(host, specification);
        List<DrillResult> results = Drills.all().stream()
                .filter(drill -> drill.clauses().contains(clause))
                .map(runner::run)
                .toList();
        assertThat(Telling.failed(results))
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.inPlay()).contains(clause));
    }
}
