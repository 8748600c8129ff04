package org.netchannel.optimized.tcp.host;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netchannel.optimized.tcp.wire.Ipv6Address;

/**
 * The IPv6 address of a host on its link.
 *
 * @param address its address
 * @param prefixLength how many leading bits all addresses on the link have in common, 1 to 128
 * @param gateway the router for all other addresses; null when there is none
 */
public record Ipv6Interface(Ipv6Address address, int prefixLength, Ipv6Address gateway) {
    private static final Pattern WITH_LENGTH = Pattern.compile("([^/]*)/([1-9][0-9]{0,2})");
    /** No zone: there is one link. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    /** What is legal, for messages. */
    public static final String LEGAL = "the IPv6 address of a host and the length of its prefix, such as fd00::2/64";
    /** What is legal as a gateway, for messages. */
    public static final String LEGAL_GATEWAY = "the IPv6 address of another host on the link, such as fd00::1";

    /** Checks the values. */
    public Ipv6Interface {
        if (prefixLength < 1 || prefixLength > 128) {
            throw new IllegalArgumentException("prefix length is " + prefixLength + ", legal is 1 to 128");
        }
        if (!canBeHost(address.high(), address.low())) {
            throw new IllegalArgumentException("no host can have the address " + address);
        }
    }

    /**
     * Understands an address of a configuration.
     *
     * @param typed the text, such as {@code fd00::2/64}
     * @return the address, without a gateway
     * @throws IllegalArgumentException when it is none, with the text and what is legal
     */
    public static Ipv6Interface of(String typed) {
        Matcher parts = WITH_LENGTH.matcher(typed);
        try {
            if (parts.matches()) {
                return new Ipv6Interface(address(parts.group(1)), Integer.parseInt(parts.group(2)), null);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + typed + "' is no address of a host; legal: " + LEGAL, e);
        }
        throw new IllegalArgumentException("'" + typed + "' is no address of a host; legal: " + LEGAL);
    }

    /**
     * The same with a gateway.
     *
     * @param typed its address, such as {@code fd00::1} or {@code fe80::1}
     * @return a changed copy
     * @throws IllegalArgumentException when it is none on the link, with the text and what is legal
     */
    public Ipv6Interface withGateway(String typed) {
        try {
            Ipv6Address router = address(typed);
            if (isPossiblePeer(router) && isOnLink(router)) {
                return new Ipv6Interface(address, prefixLength, router);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + typed + "' is no gateway; legal: " + LEGAL_GATEWAY, e);
        }
        throw new IllegalArgumentException("'" + typed + "' is no gateway; legal: " + LEGAL_GATEWAY);
    }

    /** No name is looked up. */
    private static Ipv6Address address(String typed) {
        if (!ADDRESS.matcher(typed).matches() || !(InetAddress.ofLiteral(typed) instanceof Inet6Address address)) {
            throw new IllegalArgumentException("'" + typed + "' is no IPv6 address");
        }
        return Ipv6Address.of(address);
    }

    /** RFC 4291, section 2.4: neither a group, nor nobody, nor oneself, nor an address of IPv4. */
    private static boolean canBeHost(long high, long low) {
        boolean reserved = high == 0 && (low >>> 1 == 0 || low >>> 32 == 0xffff);
        boolean group = high >>> 56 == 0xff;
        return !group && !reserved;
    }

    /**
     * Whether an address is on the link.
     *
     * @param other any
     * @return true also for one that every link has
     */
    public boolean isOnLink(Ipv6Address other) {
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

    @Override
    public String toString() {
        return address + "/" + prefixLength + (gateway == null ? "" : " by " + gateway);
    }
}
