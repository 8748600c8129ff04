package org.netchannel.optimized;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;
import jdk.jfr.Timespan;

/**
 * What the JDK's Flight Recorder is told: the rare things, each as it happens, from whichever thread has the turn.
 * Where nobody records, an event costs a test of a flag, at a probe that is there already: STOP and RESUME must not
 * allocate. A host is named by its incarnation.
 */
final class FlightEvents {
    private FlightEvents() {}

    /** What all of them have. */
    @Category("NetChannel")
    @StackTrace(false)
    abstract static class OfHost extends Event {
        @Label("Host")
        @Description("Its incarnation")
        String host;

        final void commit(HostCore core) {
            host = hex(core.incarnation);
            commit();
        }
    }

    /** NC-CH-2. */
    @Name("org.netchannel.ChannelUp")
    @Label("Channel Up")
    static final class ChannelUp extends OfHost {
        private static final ChannelUp PROBE = new ChannelUp();

        @Label("Channel")
        int channel;

        @Label("Class")
        String channelClass;
    }

    /** NC-FAIL-1, NC-FAIL-2. */
    @Name("org.netchannel.ChannelFailed")
    @Label("Channel Failed")
    static final class ChannelFailed extends OfHost {
        private static final ChannelFailed PROBE = new ChannelFailed();

        @Label("Channel")
        int channel;

        @Label("Class")
        String channelClass;
    }

    /** NC-HOL-4: the reader is slow, and the peer is asked to hold its bytes back. */
    @Name("org.netchannel.Stop")
    @Label("STOP Sent")
    static final class Stop extends OfHost {
        private static final Stop PROBE = new Stop();

        @Label("Connection")
        String connection;

        @Label("Epoch")
        long epoch;
    }

    /** NC-RST-1, NC-HS-9: a connection is over, and not because both sides have closed it. */
    @Name("org.netchannel.ConnectionLost")
    @Label("Connection Lost")
    static final class ConnectionLost extends OfHost {
        private static final ConnectionLost PROBE = new ConnectionLost();

        @Label("Connection")
        String connection;

        @Label("Error")
        String error;

        @Label("Reason")
        String reason;
    }

    /** What arrived has no effect; hostile peers can send many of those. */
    @Name("org.netchannel.PacketDropped")
    @Label("Packet Dropped")
    @Throttle("100/s")
    static final class PacketDropped extends OfHost {
        private static final PacketDropped PROBE = new PacketDropped();

        @Label("Cause")
        String cause;
    }

    /** The stack's thread did nothing for a while: it was not scheduled, or the machine paused. */
    @Name("org.netchannel.Stall")
    @Label("Duty Cycle Stalled")
    @Category("NetChannel")
    @StackTrace(false)
    static final class Stall extends Event {
        private static final Stall PROBE = new Stall();

        @Label("Length")
        @Timespan(Timespan.NANOSECONDS)
        long length;
    }

    static void channelUp(HostCore host, Channel channel) {
        if (ChannelUp.PROBE.isEnabled()) {
            ChannelUp event = new ChannelUp();
            event.channel = channel.number;
            event.channelClass = channel.channelClass.name();
            event.commit(host);
        }
    }

    static void channelFailed(HostCore host, Channel channel) {
        if (ChannelFailed.PROBE.isEnabled()) {
            ChannelFailed event = new ChannelFailed();
            event.channel = channel.number;
            event.channelClass = channel.channelClass.name();
            event.commit(host);
        }
    }

    static void stop(HostCore host, Connection connection) {
        if (Stop.PROBE.isEnabled()) {
            Stop event = new Stop();
            event.connection = hex(connection.id);
            event.epoch = connection.responses.epoch;
            event.commit(host);
        }
    }

    static void connectionLost(HostCore host, Connection connection) {
        if (ConnectionLost.PROBE.isEnabled()) {
            ConnectionLost event = new ConnectionLost();
            event.connection = hex(connection.id);
            event.error = connection.error.name();
            event.reason = connection.reason == null ? null : connection.reason.name();
            event.commit(host);
        }
    }

    static void dropped(HostCore host, Dropped cause) {
        if (PacketDropped.PROBE.isEnabled()) {
            PacketDropped event = new PacketDropped();
            event.cause = cause.name();
            event.commit(host);
        }
    }

    static void stall(long lengthNs) {
        if (Stall.PROBE.isEnabled()) {
            Stall event = new Stall();
            event.length = lengthNs;
            event.commit();
        }
    }

    private static String hex(long number) {
        return String.format("%016x", number);
    }
}
