package org.netchannel.optimized;

/** What the channels of one class were asked to do; of who has the turn. */
final class ClassLoad {
    /** Payload bytes of DATA that transports were given. */
    long carriedBytes;
    /** How often a sender was told that its send buffer is full, and not because the peer had stopped it. */
    long refusals;
    /** Threads that wait for room in such a buffer. */
    int waiting;
}
