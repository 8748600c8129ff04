package org.netchannel.cli.testbed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One of the two hosts.
 *
 * @param name what it is called in results
 * @param address where the other one reaches it, an IP address or a name
 * @param prefix what stands before a command that is to run there
 * @param device options for a network device of its own; empty without one
 * @param directory where the repository is, on a host with a shell of its own; null where this program's files are seen
 */
public record TestbedHost(String name, String address, List<String> prefix, List<String> device, String directory) {
    /** A namespace of this machine, with its processor, memory and files, but a network of its own. */
    static TestbedHost inNamespace(String namespace, String address) {
        return new TestbedHost(namespace, address, List.of("ip", "netns", "exec", namespace), List.of(),
                null);
    }

    /** The same with a network device of its own. */
    TestbedHost withDevice(List<String> options) {
        return new TestbedHost(name, address, prefix, List.copyOf(options), directory);
    }

    /**
     * A machine that is reached by ssh, or something that is called like it.
     *
     * @param name what it is called in results
     * @param destination of ssh
     * @param address where the other host reaches it
     * @param directory where the repository is there
     * @param ssh the program
     * @return the host
     */
    static TestbedHost overSsh(String name, String destination, String address, String directory, String ssh) {
        return new TestbedHost(name, address, List.of(ssh, destination), List.of(), directory);
    }

    /** The command line that runs a subcommand of this program there. */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        if (directory == null) {
            command.addAll(thisProgram());
            command.addAll(arguments);
        } else {
            command.add("cd " + quoted(directory) + " && exec ./netchannel "
                    + arguments.stream().map(TestbedHost::quoted).collect(Collectors.joining(" ")));
        }
        return command;
    }

    private static List<String> thisProgram() {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), "org.netchannel.cli.Main");
    }

    /** For a shell at the other end. */
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
