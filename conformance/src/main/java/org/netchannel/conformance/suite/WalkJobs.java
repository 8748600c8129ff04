package org.netchannel.conformance.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.guide.Trail;
import org.netchannel.conformance.walk.Walk;
import org.netchannel.conformance.walk.WalkResult;
import org.netchannel.conformance.walk.WalkRunner;
import org.netchannel.conformance.walk.WalkStep;
import org.netchannel.conformance.walk.Walks;

/** All walks in every arrangement. */
final class WalkJobs implements Jobs {
    private final Sides sides;
    private final Plan plan;
    private final Search search;
    private final List<Walk> walks = Walks.builtIn();
    private final AtomicInteger next = new AtomicInteger();

    WalkJobs(Sides sides, Plan plan, Search search) {
        this.sides = sides;
        this.plan = plan;
        this.search = search;
    }

    private int all() {
        return walks.size() * plan.arrangements().size();
    }

    @Override
    public boolean next(SpecOracle oracle) {
        int number = next.getAndIncrement();
        if (number >= all()) {
            return false;
        }
        int walk = number / plan.arrangements().size();
        Arrangement arrangement = plan.arrangements().get(number % plan.arrangements().size());
        Trail trail = new Trail();
        WalkResult result = new WalkRunner(
                sides.runner(arrangement), (header, lines) -> oracle.check(header, lines, trail))
                .run(walks.get(walk), plan.seed());
        search.count(result.trace().size(), result.violation(), result.clauses());
        if (result.violation().isPresent()) {
            search.add(failed(walk + 1, result, arrangement));
        } else {
            search.count(trail);
        }
        return true;
    }

    private FailedRun failed(int number, WalkResult result, Arrangement arrangement) {
        List<String> steps = new ArrayList<>();
        List<WalkStep> all = result.walk().steps();
        for (int i = 0; i < Math.min(all.size(), result.taken().length()); i++) {
            if (result.taken().get(i)) {
                steps.add(all.get(i).toString());
            }
        }
        return new FailedRun(Part.WALKS, "walk " + number, arrangement, plan.seed(),
                result.violation().orElseThrow(), List.of("A and B " + result.header().config().given()),
                steps, result.header(), result.trace(), " --seed " + plan.seed());
    }

    @Override
    public String progress() {
        return Math.min(next.get(), all()) + " of " + all();
    }

    @Override
    public Findings findings() {
        return new Findings(search.findings(), List.of());
    }
}
