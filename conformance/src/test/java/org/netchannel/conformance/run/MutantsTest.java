package org.netchannel.conformance.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.netchannel.conformance.Violation;
import org.netchannel.conformance.scenario.Profile;
import org.netchannel.conformance.scenario.Scenario;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Endpoint.State;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/** The checks of bytes and of settling have teeth: each finds the endpoint that is wrong in one way. */
class MutantsTest {
    private static final int SEEDS = 500;
    private static final long LIMIT_NANOS = 20_000_000_000L;
    private static final String ANSWERED = "a connect was never answered";
    private static final String BYTES = "bytes never arrived";
    private static final String END = "the end of a stream never arrived";
    private static final String ONE_HOST = "over on one host, open on the other";
    private static final String STILL_THERE = "a connection is still there after both sides have closed it";

    private static Arguments mutant(
            String name, Supplier<Endpoint> endpoint, Profile profile, String clause, String... kinds) {
        return Arguments.of(name, endpoint, profile, clause, List.of(kinds));
    }

    private static Supplier<Endpoint> withholding(PacketType type) {
        return () -> Mutants.withholding(type);
    }

    private static Supplier<Endpoint> deafTo(PacketType type) {
        return () -> Mutants.deafTo(header -> header.typeCode() == type.code());
    }

    static Stream<Arguments> mutants() {
        return Stream.of(
                mutant("no NCSYN", withholding(PacketType.NCSYN), Profile.HANDSHAKE, "NC-HS-2",
                        ANSWERED, "a host cannot connect after everything was closed"),
                mutant("no NCREFUSE", withholding(PacketType.NCREFUSE), Profile.HANDSHAKE, "NC-HS-2", ANSWERED),
                mutant("no NCSYN_ACK", withholding(PacketType.NCSYN_ACK), Profile.HANDSHAKE, "NC-HS-3",
                        ANSWERED, "a new connection takes no bytes"),
                mutant("no RESUME", withholding(PacketType.RESUME), Profile.HEAD_OF_LINE, "NC-HOL-7", BYTES),
                mutant("no STOP", withholding(PacketType.STOP), Profile.HEAD_OF_LINE, "NC-HOL-4", BYTES),
                mutant("no STOP_ACK", withholding(PacketType.STOP_ACK), Profile.HEAD_OF_LINE, "NC-HOL-6", BYTES),
                mutant("no ACK", withholding(PacketType.ACK), Profile.DATA, "NC-DATA-5", BYTES, STILL_THERE),
                mutant("no FIN", withholding(PacketType.FIN), Profile.CLOSE, "NC-FIN-1", END),
                mutant("no RST", withholding(PacketType.RST), Profile.CLOSE, "NC-RST-1",
                        ONE_HOST, "connected to nobody", STILL_THERE, END),
                mutant("deaf to FIN", deafTo(PacketType.FIN), Profile.CLOSE, "NC-FIN-2", END),
                mutant("deaf to RST", deafTo(PacketType.RST), Profile.CLOSE, "NC-RST-1",
                        ONE_HOST, "connected to nobody", ANSWERED, STILL_THERE, END),
                mutant("deaf to some DATA", () -> Mutants.deafTo(MutantsTest::isLaterData),
                        Profile.DATA, "NC-HOL-2", BYTES),
                mutant("loses DATA", Mutants::losingData, Profile.DATA, "NC-FAIL-1", BYTES),
                mutant("swaps packets", Mutants::swappingPackets, Profile.FAILURE, "NC-CH-2",
                        "packets of a channel in an order that is not legal"),
                mutant("corrupts payload", Mutants::corruptingPayload, Profile.DATA, "NC-DATA-1",
                        "wrong bytes on the link"),
                mutant("loses a byte on reading", Mutants::losingReadByte, Profile.DATA, "NC-HOL-2",
                        "the reader got wrong bytes", BYTES),
                mutant("repeats a byte on reading", Mutants::repeatingReadByte, Profile.DATA, "NC-DATA-4",
                        "the reader got wrong bytes"),
                mutant("ends early", EndingEarly::new, Profile.DATA, "NC-FIN-2", "end-of-stream came early"),
                mutant("accepts without reading", Mutants::acceptingWithoutReading, Profile.HEAD_OF_LINE,
                        "NC-HOL-2", BYTES, "the reader got wrong bytes"),
                mutant("refuses control", Mutants::refusingControl, Profile.HANDSHAKE, "NC-CH-3",
                        "a control packet was refused"),
                mutant("accepts twice", Mutants::acceptingTwice, Profile.HANDSHAKE, "NC-HS-2",
                        "two children of one connect"),
                mutant("resets without reason", Mutants::resettingSends, Profile.DATA, "NC-FAIL-1",
                        "a connection ended that nobody harmed"),
                mutant("ignores ports", Mutants::ignoringPorts, Profile.HOSTILE, "NC-HDR-4",
                        "the reader got wrong bytes"),
                mutant("throws at garbage", Mutants::throwingAtGarbage, Profile.HOSTILE, "NC-HDR-2",
                        "an exception came out of a call"),
                mutant("forgives garbage", Mutants::forgivingGarbage, Profile.HOSTILE, "NC-HDR-2",
                        "a forged packet did not fail its channel"),
                mutant("never closes", Mutants::neverClosing, Profile.CLOSE, "endpoint.md",
                        "a call did not get the error it had to get"),
                mutant("never quiet", Mutants::neverQuiet, Profile.DATA, "NC-DATA-5", "the hosts never get quiet"),
                mutant("loses what is drained", Mutants::losingWhatIsDrained, Profile.FAILURE, "NC-CH-5", BYTES));
    }

    private static boolean isLaterData(PacketHeader header) {
        return header.typeCode() == PacketType.DATA.code() && header.offset() > 20;
    }

    static Stream<Arguments> callMutants() {
        return Stream.of(
                mutant("larger send buffer", () -> CallMutants.openedWith(Setting.SEND_BUFFER, 1 << 16), Profile.DATA,
                        "NC-DATA-3", "more is unacknowledged than the send buffer holds"),
                mutant("larger receive buffer", () -> CallMutants.openedWith(Setting.RECEIVE_BUFFER, 1 << 16),
                        Profile.HEAD_OF_LINE, "NC-HOL-9", "the receive buffer holds more than it may"),
                mutant("longer backlogs", CallMutants::longerBacklogs, Profile.HANDSHAKE, "NC-HS-2",
                        "more children waited than the backlog allows"),
                mutant("reads before close", CallMutants::readingBeforeClose, Profile.CLOSE, "NC-FIN-4",
                        "the peer closed without reading, and nobody was told"),
                mutant("keeps children", CallMutants::keepingChildren, Profile.HANDSHAKE, "NC-HS-8",
                        "connected to nobody"),
                mutant("fails at unknown types", CallMutants::failingAtUnknownTypes, Profile.HOSTILE, "NC-HDR-3",
                        "a forged packet failed its channel"),
                mutant("fails channels", CallMutants::failingChannels, Profile.DATA, "NC-HDR-2",
                        "a host failed a channel because of a packet its peer had sent"),
                mutant("pulls too much", CallMutants::pullingTooMuch, Profile.DATA, "endpoint.md",
                        "pull gave too many packets"),
                mutant("sends garbage", CallMutants::sendingGarbage, Profile.DATA, "NC-HDR-2",
                        "a host sent bytes that are no packet"),
                mutant("refuses channels", CallMutants::refusingChannels, Profile.DATA, "endpoint.md",
                        "a call in turn was answered with an error"),
                mutant("always CLOSED", () -> CallMutants.alwaysInState(State.CLOSED), Profile.DATA, "NC-FIN-5",
                        "a connection was gone before both sides had shut down"),
                mutant("always SYN_SENT", () -> CallMutants.alwaysInState(State.SYN_SENT), Profile.DATA, "NC-HS-3",
                        "an accepted connection was in SYN_SENT"),
                mutant("gives too much", CallMutants::givingTooMuch, Profile.DATA, "endpoint.md",
                        "receive gave more than it was asked for"),
                mutant("invents bytes", CallMutants::inventingBytes, Profile.DATA, "NC-DATA-1",
                        "the reader got bytes that were never sent"),
                mutant("fails before reading", CallMutants::failingBeforeReading, Profile.CLOSE, "NC-RST-1",
                        "bytes came after the end"),
                mutant("forgets sockets", CallMutants::forgettingSockets, Profile.DATA, "endpoint.md",
                        "a call got an error it must not get"),
                mutant("takes too much", CallMutants::takingTooMuch, Profile.DATA, "NC-FIN-1",
                        "send took what it must not take"),
                mutant("refuses to connect", CallMutants::refusingToConnect, Profile.HANDSHAKE, "NC-HS-1",
                        "a connect was refused at once"),
                mutant("repeats ids", () -> CallMutants.repeating(false, true), Profile.HANDSHAKE, "NC-HS-1",
                        "a connection id was used twice"),
                mutant("repeats sockets", () -> CallMutants.repeating(true, false), Profile.HANDSHAKE, "endpoint.md",
                        "a socket number was given twice"),
                mutant("accepts anyone", CallMutants::acceptingAnyone, Profile.HANDSHAKE, "NC-HS-2",
                        "accept gave a connection that nobody asked for"));
    }

    /** The first violations of a mutant may be of other kinds: what it breaks shows in several ways. */
    @ParameterizedTest(name = "{0}")
    @MethodSource({"mutants", "callMutants"})
    void everyMutantIsFound(
            String name, Supplier<Endpoint> mutant, Profile profile, String clause, List<String> kinds) {
        ScenarioRunner runner = new ScenarioRunner(mutant, ReferenceEndpoint::new);
        Set<String> others = new TreeSet<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            Optional<Violation> violation = runner.run(Scenario.fromSeed(profile, seed)).violation();
            if (violation.isPresent() && kinds.contains(violation.get().kind())
                    && violation.get().clauses().contains(clause)) {
                return;
            }
            violation.ifPresent(other -> others.add(other.kind() + " " + other.clauses()));
        }
        fail("%s: no violation of %s in %d seeds of %s, only %s", name, clause, SEEDS, profile, others);
    }

    @Test
    void theReferenceIsNotTakenForAMutant() {
        ScenarioRunner runner = new ScenarioRunner(ForwardingEndpoint::new, ForwardingEndpoint::new);
        Campaign.Plan plan = new Campaign.Plan(List.of(Profile.values()), 0, 20, LIMIT_NANOS, 1, 0);

        Campaign.Result result = new Campaign(new Examiner(runner, List.of())).run(plan, coverage -> { });

        assertThat(result.failures()).isEmpty();
        assertThat(result.coverage().get(Counter.SCENARIOS)).isEqualTo(20L * Profile.values().length);
    }
}
