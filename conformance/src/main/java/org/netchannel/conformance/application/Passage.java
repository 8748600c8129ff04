package org.netchannel.conformance.application;

import org.netchannel.conformance.link.PacketInFlight;
import org.netchannel.traces.PacketHeader;
import org.netchannel.traces.PacketType;

/**
 * What passed the link of one direction of a connection. It decides nothing: it helps to name the clauses in play when
 * a stream has stopped.
 */
final class Passage {
    private long handed;
    private long arrived;
    private long acknowledged;
    private long acknowledgementSent;
    private long stopSent;
    private long stopArrived;
    private long stopAckSent;
    private long stopAckArrived;
    private long resumeSent;
    private long resumeArrived;
    private boolean finSent;
    private boolean finArrived;
    private boolean sentAgain;
    private boolean overtookAnswer;
    private boolean refused;

    /** A packet of the sending host was pulled. */
    void sent(PacketInFlight packet) {
        PacketHeader header = packet.header();
        if (packet.is(PacketType.DATA)) {
            sentAgain |= header.offset() < handed;
            handed = Math.max(handed, header.offset() + header.length());
        }
        finSent |= packet.is(PacketType.FIN);
        stopAckSent = packet.is(PacketType.STOP_ACK) ? Math.max(stopAckSent, header.tag()) : stopAckSent;
    }

    /** A packet of the sending host was accepted by the receiving one. */
    void arrived(PacketInFlight packet, boolean answered) {
        refused = false;
        PacketHeader header = packet.header();
        if (packet.is(PacketType.DATA)) {
            arrived = Math.max(arrived, header.offset() + header.length());
            overtookAnswer |= !answered;
        }
        finArrived |= packet.is(PacketType.FIN);
        stopAckArrived = packet.is(PacketType.STOP_ACK) ? Math.max(stopAckArrived, header.tag()) : stopAckArrived;
    }

    /** A packet of the sending host was refused, because its channel's budget is spent (NC-CH-4). */
    void refused() {
        refused = true;
    }

    /** The last packet that was offered was refused. */
    boolean isRefused() {
        return refused;
    }

    /** A packet of the receiving host was pulled. */
    void answered(PacketInFlight packet) {
        PacketHeader header = packet.header();
        acknowledgementSent = Math.max(acknowledgementSent, header.ack());
        stopSent = packet.is(PacketType.STOP) ? Math.max(stopSent, header.tag()) : stopSent;
        resumeSent = packet.is(PacketType.RESUME) ? Math.max(resumeSent, header.tag()) : resumeSent;
    }

    /** A packet of the receiving host was accepted by the sending one. */
    void answerArrived(PacketInFlight packet) {
        PacketHeader header = packet.header();
        acknowledged = Math.max(acknowledged, header.ack());
        stopArrived = packet.is(PacketType.STOP) ? Math.max(stopArrived, header.tag()) : stopArrived;
        resumeArrived = packet.is(PacketType.RESUME) ? Math.max(resumeArrived, header.tag()) : resumeArrived;
    }

    /** One past the highest offset that was ever pulled. */
    long handed() {
        return handed;
    }

    /** One past the highest offset that was ever accepted. */
    long arrived() {
        return arrived;
    }

    long acknowledged() {
        return acknowledged;
    }

    long acknowledgementSent() {
        return acknowledgementSent;
    }

    /** The receiving host has asked the sending one to stop and has not been heard to end it. */
    boolean stopped() {
        return stopArrived > resumeArrived;
    }

    boolean resumeLost() {
        return resumeSent > resumeArrived;
    }

    /** A STOP has been answered by nobody, or the answer has not arrived. */
    boolean stopUnanswered() {
        return stopSent > stopAckArrived;
    }

    boolean stopEver() {
        return stopSent > 0;
    }

    boolean finSent() {
        return finSent;
    }

    boolean finArrived() {
        return finArrived;
    }

    boolean sentAgain() {
        return sentAgain;
    }

    /** DATA arrived before anything that answers NCSYN. */
    boolean overtookAnswer() {
        return overtookAnswer;
    }

    @Override
    public String toString() {
        return "put on channels up to " + handed + (sentAgain ? " (some again)" : "") + ", arrived up to " + arrived
                + (refused ? " and refused then" : "")
                + ", acknowledged " + acknowledgementSent + " (arrived " + acknowledged + "), STOP " + stopSent
                + " (arrived " + stopArrived + "), STOP_ACK " + stopAckSent + " (arrived " + stopAckArrived
                + "), RESUME " + resumeSent + " (arrived " + resumeArrived + "), FIN "
                + (finArrived ? "arrived" : finSent ? "sent" : "not sent");
    }
}
