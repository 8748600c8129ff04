/**
 * Bytes of frames: where each field of Ethernet, ARP, IPv4, ICMP and TCP stands, checksums, and the buffers that hold
 * frames. Nothing here keeps state of a connection, and nothing allocates.
 */
package org.netchannel.optimized.tcp.wire;
