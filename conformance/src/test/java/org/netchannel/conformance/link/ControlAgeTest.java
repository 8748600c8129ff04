package org.netchannel.conformance.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.ChannelClass;
import org.netchannel.traces.Config;
import org.netchannel.traces.Config.Setting;
import org.netchannel.traces.Endpoint.Delivery;
import org.netchannel.traces.PayloadPattern;
import org.netchannel.traces.RecordingEndpoint;
import org.netchannel.traces.TraceEvent;
import org.netchannel.traces.TraceLine;

/** The link never lets a control packet get older than a connect timeout. */
class ControlAgeTest {
    private static final long TIMEOUT = 1_000;
    private static final Config CONFIG = Config.DEFAULTS.with(Setting.CONNECT_TIMEOUT_NANOS, TIMEOUT);

    private final List<TraceLine> lines = new ArrayList<>();
    private final AtomicLong steps = new AtomicLong();
    private final Link link = new Link(host(0), host(1), 0, new Unwatched());

    private Host host(int index) {
        RecordingEndpoint endpoint = new RecordingEndpoint(new ReferenceEndpoint(), Host.name(index),
                PayloadPattern::matches, steps::incrementAndGet, lines::add);
        endpoint.open(CONFIG, 1 + index, OptionalLong.of(1 + index));
        return new Host(index, endpoint, CONFIG);
    }

    private LinkChannel controlThatBothSee() {
        LinkChannel channel = link.open(0, ChannelClass.CONTROL);
        link.seeOpening(channel, 0);
        link.seeOpening(channel, 1);
        return channel;
    }

    private long times(Class<? extends TraceEvent> event) {
        return lines.stream().filter(line -> event.isInstance(line.event())).count();
    }

    @Test
    void packetsMoveBeforeTheyAreATimeoutOldAndNotEarlier() {
        controlThatBothSee();
        link.advance(0, TIMEOUT - 1);
        assertThat(times(TraceEvent.Pull.class)).isZero();
        link.advance(0, 1);
        assertThat(times(TraceEvent.Pull.class)).isEqualTo(2);
    }

    @Test
    void aFailureIsSeenAndRepairedBeforeWhatItLostIsATimeoutOldAndNotEarlier() {
        link.fail(controlThatBothSee(), 0, 0);
        link.advance(1, TIMEOUT - 1);
        assertThat(times(TraceEvent.ChannelDown.class)).isZero();
        link.advance(1, 1);
        assertThat(times(TraceEvent.ChannelDown.class)).isEqualTo(2);
        assertThat(times(TraceEvent.ChannelUp.class)).isEqualTo(4);
        assertThat(link.redialDue()).isFalse();
    }

    @Test
    void whatWasLostDoesNotGetYoungerWhenAChannelIsDialedThatNobodySees() {
        link.fail(controlThatBothSee(), 0, 0);
        link.advance(0, TIMEOUT - 1);
        link.open(0, ChannelClass.CONTROL);
        link.advance(0, 1);
        assertThat(times(TraceEvent.ChannelUp.class)).isEqualTo(4);
    }

    /** Nobody looks. */
    private static final class Unwatched implements LinkWatcher {
        @Override
        public void pulled(int host, LinkChannel channel, PacketInFlight packet) {}

        @Override
        public void delivered(int host, LinkChannel channel, PacketInFlight packet, boolean forged, Delivery answer) {}

        @Override
        public void advanced(int host) {}
    }
}
