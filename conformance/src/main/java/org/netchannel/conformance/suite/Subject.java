package org.netchannel.conformance.suite;

import java.util.function.Supplier;
import org.netchannel.conformance.Patience;
import org.netchannel.conformance.exec.ExecImplementation;
import org.netchannel.traces.Endpoint;

/**
 * The implementation under test.
 *
 * @param name what reports call it
 * @param maker makes an endpoint for each run; called by several threads
 * @param patience how long calls and runs may take
 */
public record Subject(String name, Supplier<? extends Endpoint> maker, Patience patience) {
    /**
     * Whether it is behind the line protocol.
     *
     * @return true for processes
     */
    public boolean isProcess() {
        return maker instanceof ExecImplementation;
    }
}
