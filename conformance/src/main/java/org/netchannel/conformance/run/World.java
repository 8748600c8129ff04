package org.netchannel.conformance.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.netchannel.conformance.application.Applications;
import org.netchannel.conformance.application.Conversation;
import org.netchannel.conformance.application.Ledger;
import org.netchannel.conformance.forge.Forger;
import org.netchannel.conformance.link.Host;
import org.netchannel.conformance.link.Link;
import org.netchannel.conformance.link.LinkWatcher;
import org.netchannel.conformance.scenario.Setup;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.RecordingEndpoint;
import org.netchannel.traces.TraceLine;

/**
 * Everything of one run: both hosts, the link, the applications, and what is written down of them. One thread calls.
 */
final class World {
    private static final ChannelClass[] DATA_CLASSES = {ChannelClass.LATENCY, ChannelClass.THROUGHPUT};

    private final Setup setup;
    private final long seed;
    private final List<TraceLine> trace = new ArrayList<>();
    private final Coverage coverage = new Coverage();
    private final Leftovers leftovers = new Leftovers();
    private Link link;
    private Applications applications;
    private Forger forger;
    private Pump pump;
    private String implementation = "";
    private long steps;

    World(Setup setup, long seed) {
        this.setup = setup;
        this.seed = seed;
    }

    /** Opens both hosts and the channels of the start; besides the world itself these see what passes. */
    void open(Endpoint endpointA, Endpoint endpointB, List<LinkWatcher> others) {
        Host a = host(0, endpointA, setup.configA(), seed);
        Host b = host(1, endpointB, setup.configB(), ~seed);
        Ledger ledger = new Ledger(a, b);
        List<LinkWatcher> watchers = new ArrayList<>(List.of(ledger, coverage, leftovers));
        link = new Link(a, b, setup.dialingHost(), new Watchers(watchers));
        ledger.watch(link);
        forger = new Forger(link, ledger);
        watchers.add(forger);
        watchers.addAll(others);
        applications = new Applications(a, b, ledger);
        pump = new Pump(link);
        openChannels();
    }

    private Host host(int index, Endpoint endpoint, Config config, long seed) {
        RecordingEndpoint recording = new RecordingEndpoint(
                endpoint, Host.name(index), PayloadPattern::matches, () -> ++steps, trace::add);
        Host host = new Host(index, recording, config);
        Endpoint.Identity identity = host.expect(recording.open(config, seed, OptionalLong.empty()), "open");
        String named = identity.name() + " " + identity.version();
        implementation = implementation.isEmpty() || implementation.equals(named)
                ? named : implementation + " and " + named;
        return host;
    }

    private void openChannels() {
        openForBoth(setup.dialingHost(), ChannelClass.CONTROL);
        for (ChannelClass trafficClass : DATA_CLASSES) {
            int count = trafficClass == ChannelClass.LATENCY ? setup.latencyChannels() : setup.throughputChannels();
            for (int i = 0; i < count; i++) {
                openForBoth(i % 2, trafficClass);
            }
        }
        if (setup.identified()) {
            pump.untilNothingMoves();
        }
    }

    /** Opens a channel that both hosts see at once. */
    void openForBoth(int dialer, ChannelClass channelClass) {
        var channel = link.open(dialer, channelClass);
        link.seeOpening(channel, dialer);
        link.seeOpening(channel, 1 - dialer);
    }

    long seed() {
        return seed;
    }

    /** The control channel fails once more at the end. */
    boolean failsAtEnd() {
        return setup.failsAtEnd();
    }

    List<TraceLine> trace() {
        return trace;
    }

    Coverage coverage() {
        return coverage;
    }

    Leftovers leftovers() {
        return leftovers;
    }

    Link link() {
        return link;
    }

    Applications applications() {
        return applications;
    }

    /** Every connection so far; none when the hosts could not be opened. */
    List<Conversation> conversations() {
        return applications == null ? List.of() : applications.ledger().conversations();
    }

    Forger forger() {
        return forger;
    }

    Pump pump() {
        return pump;
    }

    String implementation() {
        return implementation;
    }

    /** Nobody reads from the connection until everything else is over. */
    boolean neverRead(Conversation conversation) {
        return setup.neverRead() > 0 && conversation.number() % setup.neverRead() == 0;
    }
}
