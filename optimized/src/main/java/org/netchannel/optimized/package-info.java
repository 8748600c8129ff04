/**
 * The stack that applications link against. {@link org.netchannel.optimized.OptimizedEndpoint} is the stack stepped in
 * the caller's thread.
 *
 * <p>One host's protocol state is {@code HostCore} and what it holds: channels, connections with their sending and
 * receiving halves, listeners, timers. It is changed by one thread at a time. Payload bytes lie in pooled
 * {@code Segment}s; they are copied once on the way down and once on the way up, and what moves in between are
 * {@code Piece}s and {@code OutgoingPacket}s, which are pooled, too.
 */
package org.netchannel.optimized;
