/**
 * A host on an Ethernet link: frames and time go in, frames come out. ARP, IPv4 and ICMP below
 * {@link org.netchannel.optimized.tcp.TcpLayer}.
 */
package org.netchannel.optimized.tcp.host;
