package org.netchannel.optimized.tcp.host;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The IPv4 address of a host on its link, as it stands in a configuration.
 *
 * @param address its address, 32 bits
 * @param prefixLength how many leading bits all addresses on the link have in common, 1 to 32
 * @param gateway the router for all other addresses, on the link; 0 when there is none
 */
public record Ipv4Interface(int address, int prefixLength, int gateway) {
    private static final Pattern WITH_LENGTH = Pattern.compile("([^/]*)/([1-9][0-9]?)");
    private static final String BYTE = "(0|[1-9][0-9]{0,2})";
    private static final Pattern ADDRESS = Pattern.compile(BYTE + "\\." + BYTE + "\\." + BYTE + "\\." + BYTE);

    /** What is legal, for messages. */
    public static final String LEGAL = "the IPv4 address of a host and the length of its prefix, such as 10.0.0.2/24";
    /** What is legal as a gateway, for messages. */
    public static final String LEGAL_GATEWAY = "the IPv4 address of another host on the link, such as 10.0.0.1";

    /** Checks the values. */
    public Ipv4Interface {
        if (prefixLength < 1 || prefixLength > 32 || !isHost(address, prefixLength)) {
            throw new IllegalArgumentException(
                    "'" + text(address) + "/" + prefixLength + "' is no address of a host; legal: " + LEGAL);
        }
        boolean onLink = (gateway ^ address) >>> 32 - prefixLength == 0 && gateway != address;
        if (gateway != 0 && !(onLink && isHost(gateway, prefixLength))) {
            throw new IllegalArgumentException("'" + text(gateway) + "' is no gateway; legal: " + LEGAL_GATEWAY);
        }
    }

    /** RFC 1122, section 3.2.1.3: neither this network, nor loopback, nor a group, nor everybody on the link. */
    private static boolean isHost(int address, int prefixLength) {
        int first = address >>> 24;
        int allOfHost = prefixLength > 30 ? 0 : -1 >>> prefixLength;
        int host = address & allOfHost;
        return first != 0 && first != 127 && first < 224 && (allOfHost == 0 || host != 0 && host != allOfHost);
    }

    /**
     * Understands an address of a configuration.
     *
     * @param typed the text, such as {@code 10.0.0.2/24}
     * @return the address, without a gateway
     * @throws IllegalArgumentException when it is none, with the text and what is legal
     */
    public static Ipv4Interface of(String typed) {
        Matcher parts = WITH_LENGTH.matcher(typed);
        if (parts.matches() && isAddress(parts.group(1))) {
            return new Ipv4Interface(address(parts.group(1)), Integer.parseInt(parts.group(2)), 0);
        }
        throw new IllegalArgumentException("'" + typed + "' is no address of a host; legal: " + LEGAL);
    }

    /**
     * The same with a gateway.
     *
     * @param typed its address, such as {@code 10.0.0.1}
     * @return a changed copy
     * @throws IllegalArgumentException when it is none on the link, with the text and what is legal
     */
    public Ipv4Interface withGateway(String typed) {
        if (!isAddress(typed) || address(typed) == 0) {
            throw new IllegalArgumentException("'" + typed + "' is no gateway; legal: " + LEGAL_GATEWAY);
        }
        return new Ipv4Interface(address, prefixLength, address(typed));
    }

    /**
     * The same host with its Ethernet address.
     *
     * @param link 48 bits, not a group address
     * @return how it is attached
     */
    public Interface at(long link) {
        return new Interface(link, address, prefixLength, gateway);
    }

    private static boolean isAddress(String typed) {
        Matcher bytes = ADDRESS.matcher(typed);
        if (!bytes.matches()) {
            return false;
        }
        for (int i = 1; i <= 4; i++) {
            if (Integer.parseInt(bytes.group(i)) > 255) {
                return false;
            }
        }
        return true;
    }

    private static int address(String checked) {
        int address = 0;
        for (String part : checked.split("\\.")) {
            address = address << 8 | Integer.parseInt(part);
        }
        return address;
    }

    private static String text(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 255) + "." + (address >>> 8 & 255) + "." + (address & 255);
    }

    @Override
    public String toString() {
        return text(address) + "/" + prefixLength + (gateway == 0 ? "" : " by " + text(gateway));
    }
}
