package org.netchannel.conformance.suite;

import java.util.function.Supplier;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Endpoint;

/** Who makes the endpoints of both hosts. */
record Sides(Subject subject) {
    Supplier<Endpoint> a(Arrangement arrangement) {
        return arrangement == Arrangement.BEHIND_REFERENCE ? ReferenceEndpoint::new : subject.maker()::get;
    }

    Supplier<Endpoint> b(Arrangement arrangement) {
        return arrangement == Arrangement.BEFORE_REFERENCE ? ReferenceEndpoint::new : subject.maker()::get;
    }
}
