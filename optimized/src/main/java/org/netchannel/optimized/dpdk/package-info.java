/**
 * DPDK: ports, pools of mbufs, and bursts of them, called through the FFM API and a shim in C (src/main/c) that the
 * build compiles where it finds libdpdk. Without it {@link org.netchannel.optimized.dpdk.Dpdk#missing()} says what is
 * not there, and nothing else here may be used.
 */
package org.netchannel.optimized.dpdk;
