package org.netchannel.optimized.dpdk;

import java.lang.foreign.Arena;
import java.util.regex.Pattern;

/**
 * A network device, as it is named in a configuration: the name of a virtual one with its arguments
 * ({@code net_memif0,role=server}, {@code net_tap0,iface=nc0}, {@code net_af_packet0,iface=veth0}), or the address of a
 * physical one on the PCI bus ({@code 0000:03:00.0}).
 *
 * @param bus {@code vdev} or {@code pci}
 * @param name on that bus
 * @param arguments for its driver; may be empty
 */
public record Device(String bus, String name, String arguments) {
    private static final Pattern PCI = Pattern.compile("[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-7]");
    /** As the driver reads it. */
    private static final Pattern ZERO_COPY = Pattern.compile("(^|,)zero-copy=[^,]*yes");
    private static final Pattern VIRTUAL = Pattern.compile("net_(memif|tap|af_packet|null|pcap)[0-9]{1,4}");
    private static final int LONGEST = 1_000;

    /** What is legal, for messages. */
    public static final String LEGAL = "net_memifN, net_tapN, net_af_packetN, net_nullN or net_pcapN with arguments of "
            + "the driver behind a comma, or a PCI address such as 0000:03:00.0";

    /**
     * Understands a device of a configuration.
     *
     * @param typed the text
     * @return the device; whether it is there shows when it is opened
     * @throws IllegalArgumentException when it is none, with the text and what is legal
     */
    public static Device of(String typed) {
        int comma = typed.indexOf(',');
        String name = comma < 0 ? typed : typed.substring(0, comma);
        String arguments = comma < 0 ? "" : typed.substring(comma + 1);
        if (typed.length() <= LONGEST && typed.chars().allMatch(letter -> letter > ' ' && letter < 127)) {
            if (PCI.matcher(name).matches()) {
                return new Device("pci", name, arguments);
            }
            if (VIRTUAL.matcher(name).matches()) {
                return new Device("vdev", name, arguments);
            }
        }
        throw new IllegalArgumentException("'" + typed + "' is no device; legal: " + LEGAL);
    }

    /**
     * Whether EAL has to be told of it before it is started ({@link EalOptions#devices}).
     *
     * @return whether it is on the PCI bus
     */
    public boolean isPhysical() {
        return bus.equals("pci");
    }

    /**
     * Whether it is memory that this process shares with another one.
     *
     * @return whether it is a net_memif
     */
    public boolean isMemif() {
        return name.startsWith("net_memif");
    }

    /**
     * Whether it has to be there before its peer.
     *
     * @return whether it is the server of a net_memif
     */
    public boolean isThereFirst() {
        return isMemif() && arguments.contains("role=server");
    }

    /**
     * Whether its peer reads what is sent where it lies, and writes what is received there: the client of a net_memif
     * that is asked to.
     *
     * @return false: the peer sees only what is sent
     */
    public boolean isZeroCopy() {
        return isMemif() && ZERO_COPY.matcher(arguments).find();
    }

    /**
     * Whether what DPDK says of it, such as its Ethernet address, is said of the kernel's interface at its other end.
     *
     * @return whether it is a net_tap
     */
    public boolean isTap() {
        return name.startsWith("net_tap");
    }

    /** Makes DPDK take it; returns the number of its port. */
    int attach() throws DpdkException {
        try (Arena arena = Arena.ofConfined()) {
            int port = Shim.call("attach", Shim.text(arena, bus), Shim.text(arena, name), Shim.text(arena, arguments));
            if (port >= 0 && isZeroCopy()) {
                int result = Shim.call("begin_zero_copy", port);
                if (result < 0) {
                    Shim.call("detach", port);
                    port = result;
                }
            }
            if (port < 0) {
                throw new DpdkException("the device " + this, port);
            }
            return port;
        }
    }

    /** Whether it finds a peer that was gone only when it is started anew: the client of net_memif asks once. */
    boolean connectsWhenStarted() {
        return isMemif() && !isZeroCopy() && !isThereFirst();
    }

    @Override
    public String toString() {
        return arguments.isEmpty() ? name : name + "," + arguments;
    }
}
