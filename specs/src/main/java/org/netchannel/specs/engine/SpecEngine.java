package org.netchannel.specs.engine;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * One TLA+ specification, ready to be executed step by step. Each engine has TLC to itself, in a class loader of its
 * own, so a JVM may have several. One thread calls an engine at a time. Nothing is printed and the JVM is never ended.
 *
 * <p>Values of TLA+ have these Java shapes, in both directions: {@link Boolean}, {@link Integer}, {@link String}, a
 * tuple or sequence is a {@link List}, a set a {@link Set}, a record a {@link java.util.Map} with strings as keys, any
 * other function a map with its domain as keys. A model value comes back as its name. An empty map goes in as the empty
 * function. Integers outside 32 bits do not exist in TLC.
 */
public interface SpecEngine {
    /**
     * Loads a module with its configuration. Takes about half a second; reading the files is over when it returns.
     *
     * @param directory holds the module, the modules it extends, and the configuration
     * @param module the module's name
     * @param config the configuration file's name without {@code .cfg}
     * @param inputs operators without parameters that the module defines or extends; their definitions are replaced by
     *     the values given to {@link #supply}
     * @return the engine
     * @throws SpecLoadException if TLC does not accept the module or its configuration
     */
    static SpecEngine load(Path directory, String module, String config, Set<String> inputs) {
        ClassLoader loader = new IsolatedClassLoader(SpecEngine.class.getClassLoader(), module, inputs);
        try {
            Class<?> engine = loader.loadClass("org.netchannel.specs.engine.isolated.TlcEngine");
            return (SpecEngine) engine.getConstructor(Path.class, String.class, String.class, Set.class)
                    .newInstance(directory, module, config, inputs);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SpecLoadException failure) {
                throw failure;
            }
            throw new SpecLoadException("TLC cannot be started: " + e.getCause(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new SpecLoadException("TLC cannot be started: " + e, e);
        }
    }

    /**
     * Gives an input its value for all that is evaluated from now on. Before the first call an input has no value, and
     * evaluating it is an error.
     *
     * @param input one of the inputs named at loading
     * @param value its value
     * @throws IllegalArgumentException if there is no such input, or the value has none of the shapes above
     */
    void supply(String input, Object value);

    /**
     * The states that satisfy the initial predicate of the configuration.
     *
     * @return all of them
     * @throws SpecEvaluationException if TLC cannot evaluate it
     */
    List<SpecState> initialStates();

    /**
     * The states that an action leads to.
     *
     * @param action the name of an operator without parameters
     * @param state where it is taken
     * @return all of them, possibly none, possibly some twice
     * @throws IllegalArgumentException if there is no such operator
     * @throws SpecEvaluationException if TLC cannot evaluate it, or it leaves a variable without a value
     */
    List<SpecState> successors(String action, SpecState state);

    /**
     * The actions of the configuration's next-state relation.
     *
     * @return all of them, those that differ in their arguments one by one
     */
    List<SpecAction> actions();

    /**
     * The states that one of {@link #actions} leads to.
     *
     * @param action the action
     * @param state where it is taken
     * @return all of them, possibly none, possibly some twice
     * @throws SpecEvaluationException if TLC cannot evaluate it, or it leaves a variable without a value
     */
    List<SpecState> successors(SpecAction action, SpecState state);

    /**
     * The value of an expression in a state.
     *
     * @param operator the name of an operator without parameters and without primes
     * @param state where it is evaluated
     * @return its value
     * @throws IllegalArgumentException if there is no such operator
     * @throws SpecEvaluationException if TLC cannot evaluate it
     */
    Object value(String operator, SpecState state);

    /**
     * Whether the module has an operator without parameters.
     *
     * @param operator its name
     * @return whether it can be passed to {@link #value} or {@link #successors}
     */
    boolean defines(String operator);

    /**
     * The invariants of the configuration that a state breaks.
     *
     * @param state the state
     * @return their names, in the configuration's order
     * @throws SpecEvaluationException if TLC cannot evaluate one
     */
    List<String> violatedInvariants(SpecState state);
}
