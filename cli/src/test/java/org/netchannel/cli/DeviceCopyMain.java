package org.netchannel.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A process in a network namespace of its own, where files are copied between a device of DPDK and the kernel's TCP at
 * its other end: once with the device at the server's side, once at the sender's, over IPv4 and over IPv6.
 */
final class DeviceCopyMain {
    private static final String KERNEL = "198.18.0.1";
    private static final String OURS = "198.18.0.2";
    private static final String KERNEL_IPV6 = "fd00::1";
    private static final String OURS_IPV6 = "fd00::2";
    private static final int FILE_BYTES = 5_000_001;

    private final Path folder;
    private final String[] device;

    private DeviceCopyMain(Path folder, String[] device) {
        this.folder = folder;
        this.device = device;
    }

    /**
     * Runs it; says {@code intact} when both files have arrived.
     *
     * @param arguments an empty folder, and further options of the device
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        byte[] content = new byte[FILE_BYTES];
        new Random(FILE_BYTES).nextBytes(content);
        Path file = Files.write(folder.resolve("file"), content);
        List<String> device = new ArrayList<>(
                List.of("--device", "net_tap0,iface=nc-copy", "--address", OURS + "/30",
                        "--address", OURS_IPV6 + "/64"));
        device.addAll(List.of(arguments).subList(1, arguments.length));
        ip("tuntap", "add", "dev", "nc-copy", "mode", "tap", "multi_queue");
        // The driver takes the kernel's end down when it is closed, with which the kernel forgets addresses of IPv6.
        Files.writeString(Path.of("/proc/sys/net/ipv6/conf/nc-copy/keep_addr_on_down"), "1");
        ip("addr", "add", KERNEL + "/30", "dev", "nc-copy");
        ip("addr", "add", KERNEL_IPV6 + "/64", "dev", "nc-copy", "nodad");
        ip("link", "set", "nc-copy", "up");
        DeviceCopyMain main = new DeviceCopyMain(folder, device.toArray(String[]::new));
        main.copyBothWays(file, "4", OURS, KERNEL);
        main.copyBothWays(file, "6", "[" + OURS_IPV6 + "]", "[" + KERNEL_IPV6 + "]");
        System.out.println("intact");
    }

    private void copyBothWays(Path file, String version, String ours, String kernel) throws Exception {
        copy(file, "to-device-" + version, concat(device, new String[] {"--listen", ours + ":7373"}), ours + ":",
                new String[0]);
        copy(file, "to-kernel-" + version, new String[] {"--listen", kernel + ":7373"}, kernel + ":", device);
    }

    private void copy(Path file, String inbox, String[] serving, String target, String[] copying) throws Exception {
        PipedReader said = new PipedReader(1 << 16);
        PrintWriter log = new PrintWriter(new PipedWriter(said), true);
        Thread server = Thread.ofPlatform().start(() -> Main.run(log, log, concat(
                new String[] {"serve", "--dir", folder.resolve(inbox).toString()}, serving)));
        String first = new BufferedReader(said).readLine();
        require(first.startsWith("taking files for "), first);
        Console console = new Console();
        int status = console.run(concat(new String[] {"copy", file.toString(), target}, copying));
        require(status == ExitStatus.HELD, status + ": " + console.out() + console.err());
        require(Files.mismatch(file, folder.resolve(inbox).resolve("file")) == -1, "the file is another one");
        server.interrupt();
        server.join();
    }

    private static String[] concat(String[] first, String[] second) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(second));
        return all.toArray(String[]::new);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        int status = new ProcessBuilder(concat(new String[] {"ip"}, arguments)).inheritIO().start().waitFor();
        require(status == 0, "ip " + String.join(" ", arguments) + " ended with " + status);
    }
}
