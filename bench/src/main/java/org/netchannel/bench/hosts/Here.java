package org.netchannel.bench.hosts;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What a host has to listen on and to dial from.
 *
 * @param address of the kernel's
 * @param device a network device of its own, where there is one
 */
record Here(InetAddress address, Optional<HostDevice> device) {
    /** The device, which somebody has asked for. */
    HostDevice requireDevice() throws IOException {
        return device.orElseThrow(() -> new IOException("this host was given no device"));
    }
}
