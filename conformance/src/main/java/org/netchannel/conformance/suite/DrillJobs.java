package org.netchannel.conformance.suite;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.drill.Drill;
import org.netchannel.conformance.drill.DrillResult;
import org.netchannel.conformance.drill.DrillRunner;
import org.netchannel.conformance.drill.Drills;
import org.netchannel.conformance.drill.Telling;

/** All drills on the topics that are wanted. */
final class DrillJobs implements Jobs {
    /** What a drill opens its host with. */
    private static final long SEED = 1;

    private final Subject subject;
    private final Search search;
    private final List<Drill> drills;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentLinkedQueue<DrillResult> results = new ConcurrentLinkedQueue<>();

    DrillJobs(Subject subject, Set<Topic> topics, Search search) {
        this.subject = subject;
        this.search = search;
        drills = Drills.all().stream()
                .filter(drill -> topics.stream().anyMatch(topic -> topic.has(drill)))
                .toList();
    }

    @Override
    public boolean next(SpecOracle oracle) {
        int number = next.getAndIncrement();
        if (number >= drills.size()) {
            return false;
        }
        DrillRunner runner = new DrillRunner(subject.maker()::get, oracle, subject.drillLimit());
        DrillResult result = runner.run(drills.get(number));
        results.add(result);
        search.count(result.trace().size(), result.violation().isPresent(), result.clauses());
        if (result.violation().isPresent()) {
            search.add(failed(result));
        }
        return true;
    }

    private static FailedRun failed(DrillResult result) {
        Drill drill = result.drill();
        return new FailedRun(Part.DRILLS, "drill \"" + drill.name() + "\"", Arrangement.ALONE, SEED,
                result.violation().orElseThrow(), drill.clauses(),
                List.of("A " + result.header().config().given()), List.of(drill.about()),
                result.header(), result.trace());
    }

    @Override
    public String progress() {
        return Math.min(next.get(), drills.size()) + " of " + drills.size();
    }

    /** Findings in the order in which they tell about the cause: a broken clause fails most drills about itself. */
    List<Finding> ranked(List<Finding> findings) {
        List<String> telling = Telling.failed(new ArrayList<>(results)).stream()
                .map(result -> failed(result).name()).toList();
        return findings.stream()
                .sorted(Comparator.comparingInt(finding -> rank(telling, finding)))
                .toList();
    }

    private static int rank(List<String> telling, Finding finding) {
        int rank = telling.indexOf(finding.smallest().name());
        return rank < 0 ? Integer.MAX_VALUE : rank;
    }
}
