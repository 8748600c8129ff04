package org.netchannel.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.netchannel.cli.link.Transport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads what was typed behind an option; a wrong value is named with its option and with what would be legal. */
public final class Arguments {
    private final CommandSpec spec;

    /**
     * Reads the arguments of one command.
     *
     * @param spec the command
     */
    public Arguments(CommandSpec spec) {
        this.spec = spec;
    }

    /**
     * A whole number.
     *
     * @param option where it stands
     * @param text what was typed
     * @param min the smallest that is legal
     * @param max the largest that is legal
     * @return the number
     */
    public long number(String option, String text, long min, long max) {
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw illegal(option, text, "a number from " + min + " to " + max);
        }
        throw illegal(option, text, min + " to " + max);
    }

    /**
     * A file that is there and can be read to its end.
     *
     * @param option where it stands
     * @param text what was typed
     * @param maxBytes the largest size that is legal; {@link Long#MAX_VALUE} when every size is
     * @return the file
     */
    public Path file(String option, String text, long maxBytes) {
        String size = maxBytes == Long.MAX_VALUE ? "" : String.format(" of at most %,d bytes", maxBytes);
        String legal = "a regular file" + size + " that can be read";
        Path file = path(option, text, legal);
        if (!Files.exists(file)) {
            throw illegal(option, text + " (there is no such file)", legal);
        }
        if (!Files.isRegularFile(file)) {
            throw illegal(option, text + (Files.isDirectory(file) ? " (a directory)" : " (no regular file)"), legal);
        }
        if (!Files.isReadable(file)) {
            throw illegal(option, text + " (it can't be read)", legal);
        }
        long bytes = file.toFile().length();
        if (bytes > maxBytes) {
            throw illegal(option, text + String.format(" (%,d bytes)", bytes), legal);
        }
        return file;
    }

    /**
     * A directory that is there and can be written to, or a name under which one can be made.
     *
     * @param option where it stands
     * @param text what was typed
     * @return the directory, not made yet
     */
    public Path directory(String option, String text) {
        String legal = "a directory that can be written to, or a new name in one";
        Path directory = path(option, text, legal);
        Path there = Files.exists(directory) ? directory : directory.toAbsolutePath().getParent();
        if (there == null || !Files.isDirectory(there) || !Files.isWritable(there)) {
            throw illegal(option, text, legal);
        }
        return directory;
    }

    /**
     * A file that is to be written, in place of the one that is there.
     *
     * @param option where it stands
     * @param text what was typed
     * @return the file
     */
    public Path output(String option, String text) {
        String legal = "a file that can be written, in a directory that is there";
        Path file = path(option, text, legal);
        Path folder = file.toAbsolutePath().getParent();
        boolean writable = folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!writable || Files.exists(file) && !Files.isRegularFile(file)) {
            throw illegal(option, text, legal);
        }
        return file;
    }

    /**
     * A TCP address: {@code HOST:PORT}, {@code [IPV6]:PORT}, or a port alone, which is one of the loopback interface.
     *
     * @param option where it stands
     * @param text what was typed
     * @param minPort the smallest port that is legal, 0 where any free one will do
     * @return the address, resolved
     */
    public InetSocketAddress address(String option, String text, int minPort) {
        return address(option, text, minPort, Transport.KERNEL.home());
    }

    /** The same where a port alone is one of another address. */
    InetSocketAddress address(String option, String text, int minPort, InetAddress home) {
        String legal = "HOST:PORT, [IPV6]:PORT or PORT, with a port from " + minPort
                + " to 65535 and a host that has an address";
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? home.getHostAddress() : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || host.indexOf(':') >= 0 && !bracketed) {
            throw illegal(option, text, legal);
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            InetSocketAddress address = new InetSocketAddress(host, port);
            if (port >= minPort && !address.isUnresolved()) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw illegal(option, text, legal);
        }
        throw illegal(option, text, legal);
    }

    /** The address of a peer that is reached over a transport. */
    InetSocketAddress peer(String option, String text, Transport transport) {
        InetSocketAddress peer = address(option, text, 1, transport.home());
        if (!transport.reaches(peer.getAddress())) {
            throw illegal(option, text, "the address of another host on the link of --device, or behind --gateway, "
                    + "in a version of IP of which there is an --address");
        }
        return peer;
    }

    /** Something that listens. */
    interface Opening<T> {
        T open() throws IOException;
    }

    /** Opens what listens; an address that can't be listened on is named. */
    <T> T listening(String option, InetSocketAddress address, Opening<T> opening) {
        try {
            return opening.open();
        } catch (IOException e) {
            throw illegal(option, text(address) + " (" + e.getMessage() + ")", "a free address of this machine");
        }
    }

    /** An address as it may be typed. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private Path path(String option, String text, String legal) {
        if (text.isEmpty()) {
            throw illegal(option, text, legal);
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw illegal(option, text, legal);
        }
    }

    /** What is to be thrown for an option that is not there. */
    ParameterException missing(String option, String why) {
        return new ParameterException(spec.commandLine(), option + " is missing, " + why);
    }

    /**
     * What is to be thrown for a value that is not legal.
     *
     * @param option where it stands
     * @param text what was typed
     * @param legal what would have been legal
     * @return the exception
     */
    public ParameterException illegal(String option, String text, String legal) {
        return new ParameterException(spec.commandLine(), option + " is '" + text + "', legal is " + legal);
    }
}
