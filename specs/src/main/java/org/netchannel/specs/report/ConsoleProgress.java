package org.netchannel.specs.report;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.netchannel.specs.Model;
import org.netchannel.specs.ModelResult;
import org.netchannel.specs.Progress;
import org.netchannel.specs.RunListener;

/**
 * Shows how a run goes: on a terminal one live line, elsewhere a line for each running model every ten seconds; and a
 * line for each finished model.
 */
public final class ConsoleProgress implements RunListener {
    private static final Duration PLAIN_PERIOD = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final int total;
    /** Columns of the terminal, or 0 when it is none. */
    private final int columns;
    private final Map<String, Progress> running = new LinkedHashMap<>();
    private final Map<String, Duration> told = new LinkedHashMap<>();
    private int finished;

    /**
     * Progress on a terminal.
     *
     * @param out where it goes
     * @param total how many models will run
     * @param columns width of the terminal
     * @return the listener
     */
    public static ConsoleProgress live(PrintWriter out, int total, int columns) {
        return new ConsoleProgress(out, total, columns);
    }

    /**
     * Progress in plain lines.
     *
     * @param out where it goes
     * @param total how many models will run
     * @return the listener
     */
    public static ConsoleProgress plain(PrintWriter out, int total) {
        return new ConsoleProgress(out, total, 0);
    }

    private ConsoleProgress(PrintWriter out, int total, int columns) {
        this.out = out;
        this.total = total;
        this.columns = columns;
    }

    @Override
    public void started(Model model) {
        told.put(model.name(), Duration.ZERO);
    }

    @Override
    public void progress(Progress progress) {
        String name = progress.model().name();
        running.put(name, progress);
        if (columns > 0) {
            live();
        } else if (progress.elapsed().minus(told.get(name)).compareTo(PLAIN_PERIOD) >= 0) {
            told.put(name, progress.elapsed());
            print(line(progress));
        }
    }

    @Override
    public void finished(ModelResult result) {
        finished++;
        running.remove(result.model().name());
        erase();
        print("%" + Integer.toString(total).length() + "d/%d %s", finished, total, ResultText.line(result));
        if (columns > 0 && !running.isEmpty()) {
            live();
        }
    }

    @Override
    public void note(String text) {
        erase();
        print("%s", text);
    }

    private void print(String format, Object... arguments) {
        out.println(arguments.length == 0 ? format : format.formatted(arguments));
        out.flush();
    }

    private static String line(Progress progress) {
        if (progress.model().simulation().isPresent()) {
            return "%s: %s states, %s traces, %s/s, %s".formatted(
                    progress.model().name(),
                    Numbers.grouped(progress.counts().generated()),
                    Numbers.grouped(progress.counts().traces()),
                    Numbers.grouped(progress.generatedPerSecond()),
                    Numbers.seconds(progress.elapsed()));
        }
        return "%s: %s generated, %s distinct, queue %s, %s/s, %s".formatted(
                progress.model().name(),
                Numbers.grouped(progress.counts().generated()),
                Numbers.grouped(progress.counts().distinct()),
                Numbers.grouped(progress.counts().queue()),
                Numbers.grouped(progress.generatedPerSecond()),
                Numbers.seconds(progress.elapsed()));
    }

    private void live() {
        String text = running.values().stream().map(ConsoleProgress::line).collect(Collectors.joining(" | "));
        String line = finished + "/" + total + " " + text;
        erase();
        out.print(line.length() < columns ? line : line.substring(0, Math.max(0, columns - 2)) + "…");
        out.flush();
    }

    private void erase() {
        if (columns > 0) {
            out.print("\r" + " ".repeat(columns - 1) + "\r");
        }
    }
}
