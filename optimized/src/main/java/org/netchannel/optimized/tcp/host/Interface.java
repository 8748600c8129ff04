package org.netchannel.optimized.tcp.host;

/**
 * How a host is attached to its link.
 *
 * @param link its Ethernet address, 48 bits, not a group address
 * @param address its IPv4 address
 * @param prefixLength how many leading bits all addresses on the link have in common, 1 to 32
 * @param gateway the IPv4 address of the router for all other addresses; 0 when there is none
 */
public record Interface(long link, int address, int prefixLength, int gateway) {
    private static final long GROUP = 1L << 40;

    /** Checks the values. */
    public Interface {
        if (!isHost(link)) {
            throw new IllegalArgumentException("link address is " + Long.toHexString(link)
                    + ", legal is 48 bits that are not a group address");
        }
        if (prefixLength < 1 || prefixLength > 32) {
            throw new IllegalArgumentException("prefix length is " + prefixLength + ", legal is 1 to 32");
        }
    }

    /**
     * Whether a link address is that of one host.
     *
     * @param link 48 bits
     * @return false for that of a group, and for 0
     */
    public static boolean isHost(long link) {
        return link > 0 && link >>> 48 == 0 && (link & GROUP) == 0;
    }

    /** Whether an address is on the link (RFC 1122, section 3.3.1.1). */
    boolean isOnLink(int other) {
        return (other ^ address) >>> 32 - prefixLength == 0;
    }

    /** To whom a packet for that address goes. */
    int nextHop(int other) {
        return isOnLink(other) || gateway == 0 ? other : gateway;
    }

    /** RFC 1122, section 3.2.1.3: whether a host can have that address; nobody else has this host's. */
    boolean isPossiblePeer(int other) {
        int first = other >>> 24;
        int hostBits = prefixLength == 32 ? 0 : -1 >>> prefixLength;
        boolean broadcast = prefixLength < 31 && isOnLink(other) && (other & hostBits) == hostBits;
        return first != 0 && first != 127 && first < 224 && other != address && !broadcast;
    }
}
