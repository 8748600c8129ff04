package org.netchannel.cli.testbed;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * A small file that names two machines, a Java properties file:
 *
 * <pre>
 * measure.ssh = user@alpha
 * measure.address = 10.0.0.1
 * measure.directory = /opt/netchannel
 * serve.ssh = user@beta
 * serve.address = 10.0.0.2
 * serve.directory = /opt/netchannel
 * </pre>
 *
 * Either may have a network device of its own: what stands behind {@code device}, {@code device-address} and so on goes
 * into the options {@code --device}, {@code --address} and so on there; of several words each into an option of its
 * own, such as the addresses of both versions of IP.
 */
public final class HostsFile {
    private static final List<String> HOSTS = List.of("measure", "serve");
    private static final List<String> KEYS = List.of("ssh", "address", "directory");
    private static final String DEVICE = "device";
    private static final List<String> OF_DEVICE = List.of("address", "gateway", "mtu", "queues", "hugepages");

    private HostsFile() {}

    /**
     * The two hosts.
     *
     * @param file where they are named
     * @param ssh the program that runs a command on one
     * @return the one that measures, and the one that serves
     * @throws IOException when the file can't be read, or a line is missing or too many; the message says which
     */
    public static List<TestbedHost> read(Path file, String ssh) throws IOException {
        Properties lines = new Properties();
        try (Reader in = new StringReader(Files.readString(file, StandardCharsets.UTF_8))) {
            lines.load(in);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        Set<String> unknown = new TreeSet<>(lines.stringPropertyNames());
        List<TestbedHost> hosts = new ArrayList<>();
        for (String host : HOSTS) {
            List<String> values = new ArrayList<>();
            for (String key : KEYS) {
                String name = host + "." + key;
                unknown.remove(name);
                values.add(value(lines, name));
            }
            hosts.add(TestbedHost.overSsh(host, values.get(0), values.get(1), values.get(2), ssh)
                    .withDevice(device(lines, host + "." + DEVICE, unknown)));
        }
        if (!unknown.isEmpty()) {
            throw new IOException(unknown.iterator().next() + " is no setting");
        }
        return hosts;
    }

    /** Options for a device, where there is one. */
    private static List<String> device(Properties lines, String name, Set<String> unknown) throws IOException {
        List<String> options = new ArrayList<>();
        if (unknown.remove(name)) {
            options.addAll(List.of("--device", value(lines, name)));
            for (String key : OF_DEVICE) {
                if (unknown.remove(name + "-" + key)) {
                    for (String value : value(lines, name + "-" + key).split("\\s+")) {
                        options.addAll(List.of("--" + key, value));
                    }
                }
            }
        }
        return options;
    }

    /** A value that starts with a hyphen would be an option of ssh. */
    private static String value(Properties lines, String name) throws IOException {
        String value = lines.getProperty(name, "").strip();
        if (value.isEmpty() || value.startsWith("-")) {
            throw new IOException(name + (value.isEmpty() ? " is missing" : " is '" + value + "'"));
        }
        return value;
    }
}
