package org.netchannel.conformance.suite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.netchannel.conformance.Overseer;
import org.netchannel.conformance.ViolationFound;
import org.netchannel.conformance.exec.ExecImplementation;
import org.netchannel.traces.Config;
import org.netchannel.traces.Endpoint;
import org.netchannel.traces.Outcome;

/**
 * Puts an implementation through all parts, and gathers what was found. While a part finds something the later ones
 * are left out: they would find the same less plainly. Only checks of lines say nothing about what comes later, unless
 * there was no answer at all. One thread calls.
 */
public final class Suite {
    private final Subject subject;
    private final Plan plan;
    private final Path modules;

    /**
     * Prepares a suite.
     *
     * @param subject the implementation
     * @param plan what it is put through
     * @param modules the directory with the TLA+ modules
     */
    public Suite(Subject subject, Plan plan, Path modules) {
        this.subject = subject;
        this.plan = plan;
        this.modules = modules;
    }

    /**
     * Runs it.
     *
     * @param progress is told how far it is, by any thread
     * @return what it came to
     * @throws InterruptedException when the thread is interrupted
     */
    public Result run(Consumer<String> progress) throws InterruptedException {
        Search search = new Search(plan.findings());
        List<PartResult> parts = new ArrayList<>();
        List<Finding> inLines = List.of();
        Jobs.Findings findings = new Jobs.Findings(List.of(), List.of());
        try (Workers workers = new Workers(plan.workers(), modules)) {
            for (Part part : Part.values()) {
                if (!plan.parts().contains(part) || part == Part.LINES && !subject.isProcess()) {
                    continue;
                }
                if (!findings.told().isEmpty() || inLines.stream().anyMatch(Suite::isWithoutAnswer)) {
                    parts.add(new PartResult(part, 0, 0, 0, 0, Duration.ZERO, "left out because of the findings"));
                    continue;
                }
                // What is wrong with lines leaves the others something to find, and time to find it.
                Search own = part == Part.LINES ? new Search(plan.findings()) : search;
                Jobs jobs = jobs(part, own);
                parts.add(run(part, jobs, own, workers, progress));
                if (part == Part.LINES) {
                    inLines = jobs.findings().told();
                } else {
                    findings = jobs.findings();
                }
            }
        }
        List<Finding> told = new ArrayList<>(findings.told());
        told.addAll(inLines);
        return new Result(identity(), parts, told, findings.others(), search.exercised(), search.actions());
    }

    private static boolean isWithoutAnswer(Finding finding) {
        return finding.smallest().isWithoutAnswer();
    }

    private Jobs jobs(Part part, Search search) {
        Sides sides = new Sides(subject);
        return switch (part) {
            case LINES -> new LineJobs((ExecImplementation) subject.maker(), search);
            case DRILLS -> new DrillJobs(subject, plan.topics(), search);
            case WALKS -> new WalkJobs(sides, plan, search);
            case SCENARIOS -> new ScenarioJobs(sides, plan, search, modules);
        };
    }

    private static PartResult run(Part part, Jobs jobs, Search search, Workers workers, Consumer<String> progress)
            throws InterruptedException {
        long startNs = System.nanoTime();
        long runs = search.runs();
        long failed = search.failed();
        long lines = search.lines();
        workers.each(oracle -> {
            progress.accept(part + ": " + jobs.progress());
            return search.enough().isEmpty() && jobs.next(oracle);
        });
        return new PartResult(part, search.runs() - runs, search.failed() - failed, search.lines() - lines,
                search.byTlc(), Duration.ofNanos(System.nanoTime() - startNs), search.enough());
    }

    private String identity() {
        Overseer overseer = new Overseer(subject.patience());
        try {
            return overseer.run("identity", () -> {
                Endpoint endpoint = overseer.make(subject.maker());
                try {
                    return identity(endpoint);
                } finally {
                    overseer.letGo(endpoint);
                }
            });
        } catch (ViolationFound found) { // the parts have found it as well
            return "";
        }
    }

    private String identity(Endpoint endpoint) {
        return endpoint.open(Config.DEFAULTS, plan.seed(), OptionalLong.empty())
                        instanceof Outcome.Ok<Endpoint.Identity>(Endpoint.Identity(String name, String version))
                ? name + " " + version : "";
    }
}
