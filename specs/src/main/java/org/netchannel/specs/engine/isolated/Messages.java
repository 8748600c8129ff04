package org.netchannel.specs.engine.isolated;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import util.ToolIO;

/** Takes what TLC prints, instead of the terminal: the first part of it, as much as a message to a person can use. */
final class Messages {
    private static final int MAX_BYTES = 1 << 16;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Makes TLC print here. */
    Messages() {
        PrintStream out = new PrintStream(new Bounded(), true, StandardCharsets.UTF_8);
        ToolIO.out = out;
        ToolIO.err = out;
    }

    /** Returns what was printed since the last call. */
    String take() {
        String text = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return text.strip();
    }

    private final class Bounded extends OutputStream {
        @Override
        public void write(int b) {
            if (bytes.size() < MAX_BYTES) {
                bytes.write(b);
            }
        }
    }
}
