package org.netchannel.conformance.walk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.netchannel.conformance.link.Link;
import org.netchannel.conformance.link.LinkChannel;
import org.netchannel.conformance.link.PacketInFlight;

/**
 * Pulls and delivers the packets that a walk names, from whichever of several channels an implementation has put them
 * on. Packets that stand before them move along; the walk finds them moved when it comes to them.
 */
final class PacketMoves {
    private static final int MOST_ROUNDS = 16;

    private record Moved(int host, LinkChannel channel, PacketInFlight packet) {}

    private final Link link;
    private final List<Moved> pulledEarly = new ArrayList<>();
    private final List<Moved> arrivedEarly = new ArrayList<>();
    private PacketInFlight lastPulled;

    PacketMoves(Link link) {
        this.link = link;
    }

    /** A host has put a packet on a channel. */
    void pulled(PacketInFlight packet) {
        lastPulled = packet;
    }

    /** A packet has arrived at a host. */
    void arrived(int host, LinkChannel channel, PacketInFlight packet) {
        arrivedEarly.add(new Moved(host, channel, packet));
    }

    /** What was on the channel is lost, and may come again. */
    void forget(LinkChannel channel) {
        pulledEarly.removeIf(moved -> moved.channel() == channel);
        arrivedEarly.removeIf(moved -> moved.channel() == channel);
    }

    /** Makes a host put such a packet on one of the channels, unless it has done so already. */
    boolean pull(int host, List<LinkChannel> channels, Predicate<PacketInFlight> wanted) {
        if (take(pulledEarly, host, channels, wanted)) {
            return true;
        }
        boolean any = true;
        for (int round = 0; any && round < MOST_ROUNDS; round++) {
            any = false;
            for (LinkChannel channel : channels) {
                if (channel.up(host) && link.pull(channel, host, 1) > 0) {
                    any = true;
                    if (wanted.test(lastPulled)) {
                        return true;
                    }
                    pulledEarly.add(new Moved(host, channel, lastPulled));
                }
            }
        }
        return false;
    }

    /** Whether such a packet was put on one of the channels while another was looked for; counts it once. */
    boolean wasPulled(int host, List<LinkChannel> channels, Predicate<PacketInFlight> wanted) {
        return take(pulledEarly, host, channels, wanted);
    }

    private static boolean take(
            List<Moved> early, int host, List<LinkChannel> channels, Predicate<PacketInFlight> wanted) {
        for (Moved moved : early) {
            if (moved.host() == host && channels.contains(moved.channel()) && wanted.test(moved.packet())) {
                return early.remove(moved);
            }
        }
        return false;
    }

    /** Makes such a packet arrive at a host, unless it has already. */
    boolean deliver(int host, List<LinkChannel> channels, Predicate<PacketInFlight> wanted) {
        if (take(arrivedEarly, host, channels, wanted)) {
            return true;
        }
        Optional<LinkChannel> nearest = channels.stream()
                .filter(channel -> channel.up(host) && channel.before(host, wanted) >= 0)
                .min(Comparator.comparingInt(channel -> channel.before(host, wanted)));
        return nearest.isPresent()
                && link.deliver(nearest.get(), host, nearest.get().before(host, wanted) + 1) > 0
                && take(arrivedEarly, host, channels, wanted);
    }
}
