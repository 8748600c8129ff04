package org.netchannel.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.netchannel.cli.stat.StackView;
import org.netchannel.cli.stat.StatPage;
import org.netchannel.optimized.counters.CountersFile;
import org.netchannel.optimized.counters.CountersSnapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code netchannel stat}: what running stacks count, every second until it is interrupted. */
@Command(
        name = "stat",
        description = {
            "Show what running stacks count: packets, bytes, queues, drops, memory, errors.",
            "Each stack of this user has a file of counters, which this maps and reads; the stack does not notice."
        },
        footer = {
            "%nExamples:",
            "  netchannel stat                  every stack of this user, every second",
            "  netchannel stat --once --all     once, with counters that are 0",
            "  netchannel stat --json           once, for programs"
        })
final class StatCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String CLEAR = "\u001b[H\u001b[J";
    private static final int LONGEST_INTERVAL = 3_600;

    @Parameters(arity = "0..*", paramLabel = "FILE",
            description = "Files of counters. Default: those of every stack of this user.")
    private List<String> files = List.of();

    @Option(names = "--once", description = "Show one page and end.")
    private boolean once;

    @Option(names = "--all", description = "Show counters that are 0, too.")
    private boolean all;

    @Option(names = "--json", description = "One page as JSON.")
    private boolean json;

    @Option(names = "--interval", paramLabel = "SECONDS", defaultValue = "1",
            description = "How long between two pages. Default: 1.")
    private String interval;

    @Spec
    private CommandSpec spec;

    private final Map<Path, CountersSnapshot> before = new HashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Arguments arguments = new Arguments(spec);
        long seconds = arguments.number("--interval", interval, 1, LONGEST_INTERVAL);
        List<Path> chosen = new ArrayList<>();
        for (String file : files) {
            chosen.add(readable(arguments, file));
        }
        if (json) {
            spec.commandLine().getOut().println(JSON.writeValueAsString(StatPage.tree(views(chosen))));
        } else if (once) {
            show(chosen, false);
        } else {
            showEvery(seconds, chosen);
        }
        return ExitStatus.HELD;
    }

    private static Path readable(Arguments arguments, String typed) {
        Path file = arguments.file("FILE", typed, Long.MAX_VALUE);
        try {
            CountersSnapshot.of(file);
            return file;
        } catch (IOException e) {
            throw arguments.illegal("FILE", typed, "a file of counters (" + e.getMessage() + ")");
        }
    }

    private void showEvery(long seconds, List<Path> chosen) throws IOException, InterruptedException {
        boolean terminal = System.console() != null && System.console().isTerminal();
        try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
            clock.scheduleAtFixedRate(() -> show(chosen, terminal), 0, seconds, TimeUnit.SECONDS).get();
        } catch (ExecutionException e) {
            throw new IOException("counters can't be shown: " + e.getCause().getMessage(), e);
        }
    }

    private void show(List<Path> chosen, boolean terminal) {
        List<StackView> stacks = views(chosen);
        String page = stacks.isEmpty() ? "no stack of this user counts\n"
                : StatPage.text(stacks, all, ZoneId.systemDefault());
        spec.commandLine().getOut().print((terminal ? CLEAR : "") + page);
        spec.commandLine().getOut().flush();
    }

    private List<StackView> views(List<Path> chosen) {
        List<StackView> views = new ArrayList<>();
        for (Path file : chosen.isEmpty() ? found() : chosen) {
            try {
                CountersSnapshot now = CountersSnapshot.of(file);
                CountersSnapshot then = before.put(file, now);
                views.add(new StackView(file, now, then == null ? now : then, System.currentTimeMillis(),
                        ProcessHandle.of(now.process()).filter(ProcessHandle::isAlive).isPresent()));
            } catch (IOException e) {
                say(file, e);
            }
        }
        return views;
    }

    /** A stack may end between being found and being read. */
    private void say(Path file, IOException e) {
        if (!(e instanceof NoSuchFileException)) {
            spec.commandLine().getErr().println(Failures.oneLine("netchannel stat: " + e.getMessage()));
        } else if (!files.isEmpty()) {
            spec.commandLine().getErr().println(Failures.oneLine("netchannel stat: " + file + " is gone"));
        }
    }

    private static List<Path> found() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> folder = Files.newDirectoryStream(CountersFile.folder(), "*.counters")) {
            folder.forEach(found::add);
        } catch (IOException e) {
            throw new IllegalStateException("the folder of counters can't be read: " + e.getMessage(), e);
        }
        found.sort(null);
        return found;
    }
}
