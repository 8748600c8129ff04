package org.netchannel.optimized.dpdk;

/** Who makes the checksums of TCP of what {@link LentBuffers#lendPieces} makes. The shim knows them by their order. */
public enum ChecksumMaker {
    /** Nobody: nobody looks at them. */
    NOBODY,
    /** The host, at once. */
    HOST,
    /** The device, and those of IPv4. */
    DEVICE
}
