package org.netchannel.conformance.walk;

/**
 * One step of a walk: an action of the specification, and what can be seen of it.
 *
 * @param action the action's name in MCNetChannel
 * @param host where it is taken, 0 for A and 1 for B
 * @param connection the connection's name in the model; empty when it is about none
 * @param channel the channel's number in the model; 0 when it is about none
 * @param packet the type of the packet that is pulled or arrives; empty when none is
 * @param offset of the first byte of DATA
 * @param bytes how many bytes an application sends or reads
 */
public record WalkStep(
        String action, int host, String connection, int channel, String packet, int offset, int bytes) {
    /** The control channel of the start. */
    static final int FIRST_CONTROL = 1;
    /** The first control channel that is dialed later; the next ones have the next odd numbers. */
    static final int FIRST_REDIALED = 103;

    /**
     * What sort of step it is: pairs of these are counted.
     *
     * @return the action, with the packet where there is one, and the class of a channel that fails
     */
    public String kind() {
        return switch (action) {
            case "Break", "Notice" -> action + (isControl() ? " control" : " data");
            default -> packet.isEmpty() ? action : action + " " + packet;
        };
    }

    /** Whether it is about a control channel. */
    boolean isControl() {
        return channel == FIRST_CONTROL || channel >= FIRST_REDIALED;
    }

    @Override
    public String toString() {
        String text = kind() + "(" + (host == 0 ? "A" : "B");
        text += connection.isEmpty() ? "" : ", " + connection;
        text += channel == 0 ? "" : ", " + channel;
        return text + (bytes == 0 ? ")" : ", " + bytes + " bytes)");
    }
}
