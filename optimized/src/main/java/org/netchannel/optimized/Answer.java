package org.netchannel.optimized;

/** An RST UNKNOWN_CONNECTION that was sent for an id; a second one waits for its timer (NC-HS-7). */
final class Answer {
    final long connection;
    /** When the last one was sent, in nanoseconds of this host. */
    final long sentAt;
    /** Ports of the last packet that asked, as they stand in the answer. */
    int sourcePort;
    int destinationPort;
    final Timer timer = new Timer(this);

    Answer(long connection, long sentAt) {
        this.connection = connection;
        this.sentAt = sentAt;
    }
}
