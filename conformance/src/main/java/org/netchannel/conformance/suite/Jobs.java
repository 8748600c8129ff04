package org.netchannel.conformance.suite;

import org.netchannel.conformance.check.SpecOracle;

/** What a part has to run. Any thread may call. */
interface Jobs {
    /** Runs the next one, if there is one; says whether there was. */
    boolean next(SpecOracle oracle);

    /** How far it is, for a person. */
    String progress();
}
