package org.netchannel.optimized.tcp.host;

import org.netchannel.optimized.tcp.wire.Ipv6Address;

/**
 * The IPv6 address of a host on its link.
 *
 * @param address its address
 * @param prefixLength how many leading bits all addresses on the link have in common, 1 to 128
 * @param gateway the router for all other addresses; null when there is none
 */
public record Ipv6Interface(Ipv6Address address, int prefixLength, Ipv6Address gateway) {
    /** Checks the values. */
    public Ipv6Interface {
        if (prefixLength < 1 || prefixLength > 128) {
            throw new IllegalArgumentException("prefix length is " + prefixLength + ", legal is 1 to 128");
        }
        if (!canBeHost(address.high(), address.low())) {
            throw new IllegalArgumentException("no host can have the address " + address);
        }
    }

    /** RFC 4291, section 2.4: neither a group, nor nobody, nor oneself, nor an address of IPv4. */
    private static boolean canBeHost(long high, long low) {
        boolean reserved = high == 0 && (low >>> 1 == 0 || low >>> 32 == 0xffff);
        boolean group = high >>> 56 == 0xff;
        return !group && !reserved;
    }

    boolean isOnLink(Ipv6Address other) {
        boolean linkLocal = other.high() >>> 54 == 0xfe80 >>> 6;
        long high = other.high() ^ address.high();
        long low = other.low() ^ address.low();
        boolean same = prefixLength <= 64 ? high >>> 64 - prefixLength == 0
                : high == 0 && low >>> 128 - prefixLength == 0;
        return linkLocal || same;
    }

    /** To whom a packet for that address goes. */
    Ipv6Address nextHop(Ipv6Address other) {
        return isOnLink(other) || gateway == null ? other : gateway;
    }

    boolean isPossiblePeer(Ipv6Address other) {
        return isPossiblePeer(other.high(), other.low());
    }

    boolean isPossiblePeer(long high, long low) {
        return canBeHost(high, low) && (high != address.high() || low != address.low());
    }
}
