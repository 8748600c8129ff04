package org.netchannel.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.netchannel.optimized.DriverDecorator;
import org.netchannel.optimized.driver.Capture;
import picocli.CommandLine.Option;

/** What commands with a stack have in common that may write what passes its channels into a file. */
final class CaptureOption {
    @Option(names = "--capture", paramLabel = "FILE",
            description = "Write all packets, payload included, into this pcapng file, 1 GiB at most: for Wireshark, "
                    + "tshark and netchannel trace import.")
    private String file;

    /** The capture, or null when none is wanted; to be closed after the stack, and closed when the process ends. */
    Capture open(Arguments arguments) throws IOException {
        if (file == null) {
            return null;
        }
        Path path = arguments.output("--capture", file);
        Capture capture = new Capture(path, Capture.USUAL_BYTES);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                capture.close();
            } catch (IOException e) {
                System.err.println("netchannel: " + e.getMessage());
            }
        }));
        return capture;
    }

    /** What the stack is to have around its drivers. */
    static DriverDecorator decorator(Capture capture) {
        return capture == null ? DriverDecorator.NONE : capture;
    }
}
