/**
 * A host on a port of DPDK: frames in mbufs, TCP in user space above them. {@link
 * org.netchannel.optimized.dpdk.host.DpdkHost} is driven by one thread; channels of a stack run over its connections.
 */
package org.netchannel.optimized.dpdk.host;
