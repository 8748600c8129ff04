package org.netchannel.conformance.forge;

import org.netchannel.conformance.Violation;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.application.Conversation;
import org.netchannel.conformance.application.Ledger;
import org.netchannel.conformance.link.Choices;
import org.netchannel.conformance.link.Host;
import org.netchannel.conformance.link.Link;
import org.netchannel.conformance.link.LinkChannel;
import org.netchannel.conformance.link.LinkWatcher;
import org.netchannel.conformance.link.PacketInFlight;
import org.netchannel.traces.Endpoint.Delivery;

/** Offers hosts packets that no peer sent, and checks that each does what it may do and no more. One thread calls. */
public final class Forger implements LinkWatcher {
    private final Link link;
    private final Ledger ledger;
    private final History[] histories = {new History(), new History()};
    private boolean restarted;

    /**
     * Makes a forger.
     *
     * @param link where the packets go
     * @param ledger the connections they are for
     */
    public Forger(Link link, Ledger ledger) {
        this.link = link;
        this.ledger = ledger;
    }

    @Override
    public void pulled(int host, LinkChannel channel, PacketInFlight packet) {
        // Only what arrived can be delivered again.
    }

    @Override
    public void delivered(int host, LinkChannel channel, PacketInFlight packet, boolean forged, Delivery delivery) {
        if (!forged && delivery.accepted()) {
            histories[host].arrived(channel.channelClass(), packet);
        }
    }

    @Override
    public void advanced(int host) {
        // Time changes nothing.
    }

    /**
     * Whether a host believes that its peer has restarted: then the link is of no use any more.
     *
     * @return true after a forged HELLO of a later life
     */
    public boolean restarted() {
        return restarted;
    }

    /**
     * Offers a host a forged packet.
     *
     * @param host 0 or 1
     * @param forgery what kind
     * @param choices what is left open
     * @return false when such a packet makes no sense now
     */
    public boolean forge(int host, Forgery forgery, Choices choices) {
        Forged forged = new Workshop(link, ledger, histories[host], host, choices).make(forgery);
        if (forged == null) {
            return false;
        }
        Forgery.Effect effect = effectOf(forgery, forged, host);
        if (effect == Forgery.Effect.RESTARTS_HOST) {
            restart();
        }
        Delivery delivery = link.forge(forged.channel(), host, forged.bytes());
        if (delivery.accepted()) {
            check(forgery, effect, forged, host, delivery);
        }
        return true;
    }

    private void restart() {
        restarted = true;
        ledger.conversations().forEach(Conversation::hit);
    }

    private static Forgery.Effect effectOf(Forgery forgery, Forged forged, int host) {
        boolean first = !forged.channel().helloArrived(host);
        boolean hello = forgery == Forgery.OLD_INCARNATION || forgery == Forgery.NEW_INCARNATION;
        if (first && !hello || forged.channel().closeArrived(host)) {
            // Anything but HELLO first, and anything after CHANNEL_CLOSE, fails the channel (NC-CH-2, NC-CH-5).
            return Forgery.Effect.FAILS_CHANNEL;
        }
        Conversation victim = forged.conversation();
        boolean samePorts = forgery != Forgery.DATA_WITH_OTHER_PORTS && forgery != Forgery.CONTROL_WITH_OTHER_PORTS;
        if (forgery.effect() == Forgery.Effect.NONE && victim != null && early(victim, host, samePorts)) {
            return Forgery.Effect.HITS_CONNECTION;
        }
        return forgery.effect();
    }

    /**
     * The packet establishes a connection before its time, or it is answered as for an unknown one (NC-HS-3, NC-HS-7).
     */
    private static boolean early(Conversation victim, int host, boolean samePorts) {
        if (!samePorts && victim.mayBeGone()) {
            // Answered to the wrong ports; a true answer may be merged with that one (NC-HS-7).
            return true;
        }
        boolean connecting = victim.connecting() == host;
        return connecting ? samePorts && !victim.isEstablished() : !victim.arrivedAt(host);
    }

    private void check(Forgery forgery, Forgery.Effect effect, Forged forged, int host, Delivery delivery) {
        if (effect == Forgery.Effect.HITS_CONNECTION && forged.conversation() != null) {
            forged.conversation().hit();
        }
        if (effect == Forgery.Effect.RESTARTS_HOST) {
            link.fail(forged.channel(), 0, 0);
        }
        boolean mustFail = effect == Forgery.Effect.FAILS_CHANNEL;
        if (mustFail != delivery.failed() && !restarted) {
            throw new ViolationFound(Violation.of(
                    mustFail ? "a forged packet did not fail its channel" : "a forged packet failed its channel",
                    forgery + " on " + forged.channel() + " to host " + Host.name(host),
                    forgery.clause(), "NC-CH-2"));
        }
    }
}
