package org.netchannel.conformance.transfer;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.netchannel.optimized.OptimizedEndpoint;
import org.netchannel.reference.ReferenceEndpoint;
import org.netchannel.traces.Endpoint;

/** The endpoints there are, by name. */
public final class Implementations {
    private static final Map<String, Supplier<Endpoint>> BY_NAME = new TreeMap<>(Map.of(
            "optimized", OptimizedEndpoint::new,
            "reference", ReferenceEndpoint::new));

    private Implementations() {}

    /**
     * The legal names.
     *
     * @return the names, sorted
     */
    public static Set<String> names() {
        return BY_NAME.keySet();
    }

    /**
     * Makes an endpoint that is not open yet.
     *
     * @param name one of {@link #names}
     * @return the endpoint, or empty when there is none of that name
     */
    public static Optional<Endpoint> create(String name) {
        return maker(name).map(Supplier::get);
    }

    /**
     * Finds what makes endpoints that are not open yet.
     *
     * @param name one of {@link #names}
     * @return their maker, or empty when there is none of that name
     */
    public static Optional<Supplier<Endpoint>> maker(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
