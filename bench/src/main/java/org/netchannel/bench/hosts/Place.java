package org.netchannel.bench.hosts;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the connection that is measured is accepted: a line of text such as {@code 40123}, or {@code 7000 10.0.0.2}
 * or {@code 7000 fd00::2}.
 *
 * @param port 1 to 65,535
 * @param address of a device; null for the address at which the order was given
 */
record Place(int port, InetAddress address) {
    private static final Pattern LINE = Pattern.compile(
            "([1-9][0-9]{0,4})(?: ((?:[0-9]{1,3}\\.){3}[0-9]{1,3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F.:]{1,38}))?");
    private static final int LAST_PORT = 65_535;

    String line() {
        return address == null ? Integer.toString(port) : port + " " + address.getHostAddress();
    }

    InetSocketAddress at(InetAddress asked) {
        return new InetSocketAddress(address == null ? asked : address, port);
    }

    /** What a line says; empty when that is nothing legal. No name is looked up. */
    static Optional<Place> parse(String line) {
        Matcher words = LINE.matcher(line);
        if (!words.matches() || Integer.parseInt(words.group(1)) > LAST_PORT) {
            return Optional.empty();
        }
        try {
            InetAddress address = words.group(2) == null ? null : InetAddress.ofLiteral(words.group(2));
            return Optional.of(new Place(Integer.parseInt(words.group(1)), address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
