package org.netchannel.conformance.suite;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.netchannel.conformance.check.SpecOracle;
import org.netchannel.conformance.exec.ExecImplementation;
import org.netchannel.conformance.exec.LineCheck;
import org.netchannel.conformance.exec.LineChecks;
import org.netchannel.conformance.link.Host;
import org.netchannel.traces.Config;
import org.netchannel.traces.TraceHeader;

/** All checks of the line protocol. */
final class LineJobs implements Jobs {
    private final ExecImplementation implementation;
    private final Search search;
    private final List<LineCheck> checks = LineChecks.all();
    private final AtomicInteger next = new AtomicInteger();
    /** By the number of the check: which of two threads was first does not change what is told. */
    private final ConcurrentSkipListMap<Integer, FailedRun> failed = new ConcurrentSkipListMap<>();

    LineJobs(ExecImplementation implementation, Search search) {
        this.implementation = implementation;
        this.search = search;
    }

    @Override
    public boolean next(SpecOracle oracle) throws InterruptedException {
        int number = next.getAndIncrement();
        if (number >= checks.size()) {
            return false;
        }
        LineCheck.Result result = checks.get(number).run(implementation);
        search.count(0, result.violation(), List.of());
        if (result.violation().isPresent()) {
            failed.put(number, failed(result));
        }
        return true;
    }

    private static FailedRun failed(LineCheck.Result result) {
        TraceHeader none = new TraceHeader("", List.of(Host.name(0), Host.name(1)), Config.DEFAULTS, 0);
        return new FailedRun(Part.LINES, "line check \"" + result.check().name() + "\"", Arrangement.ALONE, 0,
                result.violation().orElseThrow(), List.of(result.check().about()), result.sent(), none, List.of(), "");
    }

    @Override
    public String progress() {
        return Math.min(next.get(), checks.size()) + " of " + checks.size();
    }

    @Override
    public Findings findings() {
        failed.values().forEach(search::add);
        failed.clear();
        return new Findings(search.findings(), List.of());
    }
}
