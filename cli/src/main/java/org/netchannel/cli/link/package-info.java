/** How the stack of a command reaches its peer: over TCP connections of the kernel's, or over a device of DPDK. */
package org.netchannel.cli.link;
