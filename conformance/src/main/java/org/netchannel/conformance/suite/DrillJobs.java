package org.netchannel.conformance.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.drill.Drill;
import org.netchannel.conformance.drill.DrillResult;
import org.netchannel.conformance.drill.DrillRunner;
import org.netchannel.conformance.drill.Drills;
import org.netchannel.conformance.guide.Trail;

/** All drills on the topics that are wanted. */
final class DrillJobs implements Jobs {
    /** What a drill opens its host with. */
    static final long SEED = 1;

    private final Subject subject;
    private final Search search;
    private final List<Drill> drills;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentLinkedQueue<DrillResult> results = new ConcurrentLinkedQueue<>();

    DrillJobs(Subject subject, Set<Topic> topics, Search search) {
        this.subject = subject;
        this.search = search;
        List<Drill> wanted = new ArrayList<>(Drills.all().stream()
                .filter(drill -> topics.stream().anyMatch(topic -> topic.has(drill)))
                .toList());
        // Where time ends them early, there are some about everything.
        Collections.shuffle(wanted, new Random(SEED));
        drills = List.copyOf(wanted);
    }

    @Override
    public boolean next(SpecOracle oracle) {
        int number = next.getAndIncrement();
        if (number >= drills.size()) {
            return false;
        }
        Trail trail = new Trail();
        DrillRunner runner = new DrillRunner(subject.maker()::get,
                (header, lines) -> oracle.check(header, lines, trail), subject.patience());
        DrillResult result = runner.run(drills.get(number));
        results.add(result);
        search.count(result.trace().size(), result.violation(), result.clauses());
        if (result.violation().isEmpty()) {
            search.count(trail);
        }
        return true;
    }

    @Override
    public String progress() {
        return Math.min(next.get(), drills.size()) + " of " + drills.size();
    }

    @Override
    public Findings findings() {
        DrillFindings found = new DrillFindings(List.copyOf(results));
        return new Findings(found.findings(), found.unexplained());
    }
}
