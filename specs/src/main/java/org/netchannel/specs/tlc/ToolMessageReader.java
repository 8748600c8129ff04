package org.netchannel.specs.tlc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits what TLC prints with {@code -tool} into messages and lines outside of messages. */
final class ToolMessageReader {
    /** A longer message is cut: one state, or one error, is much shorter. */
    static final int LONGEST_MESSAGE = 16 << 20;

    private static final Pattern START = Pattern.compile("@!@!@STARTMSG (\\d{1,9}):(\\d{1,9}) @!@!@");
    private static final Pattern END = Pattern.compile("@!@!@ENDMSG \\d{1,9} @!@!@");

    private final Consumer<ToolMessage> onMessage;
    private final Consumer<String> onLine;
    private int code;
    private int severity;
    private StringBuilder text;

    ToolMessageReader(Consumer<ToolMessage> onMessage, Consumer<String> onLine) {
        this.onMessage = onMessage;
        this.onLine = onLine;
    }

    /** Reads to the end; blocks while there is nothing to read. A message cut off by the end is handed on too. */
    void read(Reader source) throws IOException {
        BufferedReader lines = new BufferedReader(source);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            accept(line);
        }
        finish();
    }

    private void accept(String line) {
        Matcher start = START.matcher(line);
        if (start.matches()) {
            finish();
            code = Integer.parseInt(start.group(1));
            severity = Integer.parseInt(start.group(2));
            text = new StringBuilder();
        } else if (END.matcher(line).matches()) {
            finish();
        } else if (text == null) {
            onLine.accept(line);
        } else if (text.length() + line.length() < LONGEST_MESSAGE) {
            text.append(line).append('\n');
        }
    }

    private void finish() {
        if (text != null) {
            onMessage.accept(new ToolMessage(code, severity, text.toString()));
            text = null;
        }
    }
}
