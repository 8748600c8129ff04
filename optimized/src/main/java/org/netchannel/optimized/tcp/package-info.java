/**
 * TCP in user space (RFC 9293): segments and time go in, segments come out. Nothing blocks, nothing looks at a clock,
 * and nothing allocates for a segment. {@link org.netchannel.optimized.tcp.TcpLayer} holds the connections of a host;
 * {@link org.netchannel.optimized.tcp.host.IpHost} puts Ethernet, ARP, IPv4 and ICMP below it.
 *
 * <p>Inside, sequence numbers are 64-bit positions that never wrap: {@code Position} turns the 32 bits of the wire into
 * the position that is nearest to one that is known. All times are nanoseconds of this host. One thread at a time
 * calls.
 */
package org.netchannel.optimized.tcp;
