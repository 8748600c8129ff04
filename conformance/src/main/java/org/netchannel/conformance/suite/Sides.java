package org.netchannel.conformance.suite;

import java.util.function.Supplier;
import org.netchannel.conformance.run.ScenarioRunner;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Endpoint;

/** Who makes the endpoints of both hosts. */
record Sides(Subject subject) {
    /** Puts them on a link. */
    ScenarioRunner runner(Arrangement arrangement) {
        return new ScenarioRunner(a(arrangement), b(arrangement), subject.patience());
    }

    private Supplier<Endpoint> a(Arrangement arrangement) {
        return arrangement == Arrangement.BEHIND_REFERENCE ? ReferenceEndpoint::new : subject.maker()::get;
    }

    private Supplier<Endpoint> b(Arrangement arrangement) {
        return arrangement == Arrangement.BEFORE_REFERENCE ? ReferenceEndpoint::new : subject.maker()::get;
    }
}
