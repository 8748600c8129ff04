package org.netchannel.specs;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One run of TLC: a root module, its configuration, and what must come out.
 *
 * @param name unique among the models
 * @param module root module, without {@code .tla}
 * @param config file name of the configuration
 * @param description one sentence
 * @param races ids of the races it is about, such as {@code R18}
 * @param clauses ids of the protocol clauses it is about, such as {@code NC-HOL-5}
 * @param expected what TLC has to find
 * @param twin for a model that violates: the one that holds, with the repair switched on
 * @param checkDeadlock whether a state without successor is a violation
 * @param distinctStates how many distinct states TLC has to find
 * @param seconds processor time that the run takes, roughly
 * @param megabytes heap of TLC
 * @param size quick, thorough, or a simulation
 * @param simulation how to walk a simulation at random; empty for the other sizes
 */
public record Model(
        String name,
        String module,
        String config,
        String description,
        List<String> races,
        List<String> clauses,
        Expected expected,
        Optional<String> twin,
        boolean checkDeadlock,
        OptionalLong distinctStates,
        int seconds,
        int megabytes,
        ModelSize size,
        Optional<Simulation> simulation) {
    /** From here on the better compiler of the JVM pays: found by measuring. */
    private static final int LONG_RUN_SECONDS = 8;

    /**
     * Whether TLC runs for a few seconds only.
     *
     * @return true when code that is compiled better would pay too late
     */
    public boolean isShort() {
        return seconds < LONG_RUN_SECONDS;
    }

    /**
     * The same model, walked at random in another way.
     *
     * @param other how
     * @return a model of size simulation
     */
    public Model simulated(Simulation other) {
        return new Model(
                name, module, config, description, races, clauses, expected, twin, checkDeadlock, distinctStates,
                seconds, megabytes, ModelSize.SIMULATION, Optional.of(other));
    }
}
