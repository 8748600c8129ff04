package org.netchannel.cli.conform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.netchannel.cli.conform.ConformReport.Told;
import org.netchannel.cli.verify.Workspace;
import org.netchannel.conformance.check.ForkedTlcChecker;
import org.netchannel.conformance.check.TraceChecker;
import org.netchannel.conformance.check.Verdict;
import org.netchannel.conformance.report.Account;
import org.netchannel.conformance.suite.FailedRun;
import org.netchannel.conformance.suite.Finding;
import org.netchannel.conformance.suite.Part;
import org.netchannel.traces.TraceLine;
import org.netchannel.traces.TraceWriter;

/** Makes of findings what is told of them: writes their traces or lines, and asks stock TLC about them. */
public final class Teller {
    private static final Duration TLC_LIMIT = Duration.ofMinutes(5);

    private final TraceChecker tlc;
    private final Workspace workspace;
    private final String command;

    /**
     * Prepares it.
     *
     * @param modules the directory with the TLA+ modules
     * @param workspace where files go
     * @param command what was typed, as far as it says what is tested
     */
    public Teller(Path modules, Workspace workspace, String command) {
        this.tlc = new ForkedTlcChecker(modules, TLC_LIMIT);
        this.workspace = workspace;
        this.command = command;
    }

    /**
     * Tells findings.
     *
     * @param findings the findings
     * @param progress is told how far it is
     * @return the same, told
     * @throws IOException when a trace can't be written
     */
    public List<Told> tell(List<Finding> findings, Consumer<String> progress) throws IOException {
        List<Told> told = new ArrayList<>();
        for (Finding finding : findings) {
            progress.accept("asking TLC about finding " + (told.size() + 1) + " of " + findings.size());
            FailedRun run = finding.smallest();
            told.add(new Told(finding, Account.of(run.violation(), run.trace()), opinion(run),
                    write(run, told.size() + 1), again(run)));
        }
        return told;
    }

    /** Of an answer that is none there is no line that could be judged. */
    private String opinion(FailedRun run) {
        if (run.trace().isEmpty() || run.isWithoutAnswer()) {
            return "";
        }
        return switch (tlc.check(run.header(), run.trace())) {
            case Verdict.Accepted accepted -> "stock TLC accepts the trace: what is wrong is what does not come";
            case Verdict.Rejected rejected ->
                "stock TLC does not accept the trace either, at step " + rejected.step();
            case Verdict other -> "stock TLC could not judge the trace: " + other;
        };
    }

    /** The trace, or the lines where there is none. */
    private Path write(FailedRun run, int number) throws IOException {
        if (run.part() == Part.LINES) {
            Path file = workspace.folder().resolve("finding-" + number + ".txt");
            Files.write(file, run.steps());
            return workspace.evidence(List.of(file)).getFirst();
        }
        Path file = workspace.folder().resolve("finding-" + number + ".ndjson");
        try (TraceWriter writer = TraceWriter.create(file, run.header())) {
            for (TraceLine line : run.trace()) {
                writer.write(line);
            }
        }
        return workspace.evidence(List.of(file)).getFirst();
    }

    private String again(FailedRun run) {
        return command + " --only " + run.part() + run.again();
    }
}
