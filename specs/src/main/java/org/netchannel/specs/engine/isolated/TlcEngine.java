package org.netchannel.specs.engine.isolated;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.netchannel.specs.engine.SpecAction;
import org.netchannel.specs.engine.SpecEngine;
import org.netchannel.specs.engine.SpecEvaluationException;
import org.netchannel.specs.engine.SpecLoadException;
import org.netchannel.specs.engine.SpecState;
import tla2sany.semantic.FormalParamNode;
import tla2sany.semantic.OpDeclNode;
import tla2sany.semantic.OpDefNode;
import tlc2.tool.Action;
import tlc2.tool.EvalControl;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.coverage.CostModel;
import tlc2.tool.impl.CallStackTool;
import tlc2.tool.impl.FastTool;
import tlc2.tool.impl.Tool;
import tlc2.util.Context;
import tlc2.util.FP64;
import tlc2.value.impl.MethodValue;
import tlc2.value.impl.Value;
import util.UniqueString;

/** The engine, beside its own TLC. Made by reflection, once in each class loader. */
public final class TlcEngine implements SpecEngine {
    private final Messages messages = new Messages();
    private final TlcValues values = new TlcValues();
    private final Map<String, Action> actions = new HashMap<>();
    private final Map<String, Input> inputs = new HashMap<>();
    private final FastTool tool;
    private final OpDeclNode[] variables;

    /**
     * Loads a specification; the parameters are those of {@link SpecEngine#load}.
     *
     * @param directory where the module is
     * @param module its name
     * @param config the configuration's name
     * @param inputs the operators to be supplied
     */
    public TlcEngine(Path directory, String module, String config, Set<String> inputs) {
        FP64.Init();
        try (ModuleFiles files = new ModuleFiles(directory)) {
            this.tool = new FastTool(directory.toString(), module, config, files);
        } catch (RuntimeException | StackOverflowError | IOException e) {
            throw new SpecLoadException(
                    "TLC cannot load " + module + " with " + config + ".cfg: " + said(e) + "\n" + messages.take(), e);
        }
        this.variables = tool.getSpecProcessor().getVariablesNodes();
        inputs.forEach(input -> this.inputs.put(input, new Input(input, definition(input), tool.getId())));
        messages.take();
    }

    @Override
    public void supply(String input, Object value) {
        Input known = inputs.get(input);
        if (known == null) {
            throw new IllegalArgumentException("there is no input " + input + ", there are " + inputs.keySet());
        }
        known.set(values.toTlc(value));
    }

    @Override
    public List<SpecState> initialStates() {
        return evaluate("the initial states", evaluator -> states("Init", evaluator.getInitStates(), null));
    }

    @Override
    public List<SpecState> successors(String action, SpecState state) {
        Action next = action(action);
        TLCState before = ((TlcState) state).state();
        return evaluate(action, evaluator -> states(action, evaluator.getNextStates(next, before), before));
    }

    @Override
    public List<SpecAction> actions() {
        Action[] found = tool.getActions();
        return IntStream.range(0, found.length).mapToObj(i -> describe(found[i], i)).toList();
    }

    private SpecAction describe(Action action, int number) {
        Map<String, Object> arguments = new HashMap<>();
        for (FormalParamNode parameter : action.getOpDef().getParams()) {
            // TLC binds parameters only while the arguments are constants.
            Object value = action.con.lookup(parameter);
            if (value != null) {
                arguments.put(parameter.getName().toString(), TlcValues.toJava(value));
            }
        }
        return new SpecAction(action.getOpDef().getName().toString(), arguments, number);
    }

    @Override
    public List<SpecState> successors(SpecAction action, SpecState state) {
        Action next = tool.getActions()[action.number()];
        TLCState before = ((TlcState) state).state();
        return evaluate(
                action.name(), evaluator -> states(action.name(), evaluator.getNextStates(next, before), before));
    }

    @Override
    public Object value(String operator, SpecState state) {
        OpDefNode definition = definition(operator);
        return evaluate(operator, evaluator -> TlcValues.toJava(value(evaluator, definition, (TlcState) state)));
    }

    private static Object value(Tool evaluator, OpDefNode definition, TlcState state) {
        return switch (evaluator.lookup(definition)) {
            case OpDefNode meant -> evaluator.eval(
                    meant.getBody(), Context.Empty, state.state(), TLCState.Empty, EvalControl.Clear,
                    CostModel.DO_NOT_RECORD);
            case MethodValue override -> override.apply(Tool.EmptyArgs, EvalControl.Clear);
            case Object known -> known;
        };
    }

    @Override
    public List<String> violatedInvariants(SpecState state) {
        List<String> violated = new ArrayList<>();
        Action[] invariants = tool.getInvariants();
        for (int i = 0; i < invariants.length; i++) {
            Action invariant = invariants[i];
            if (!evaluate(
                    tool.getInvNames()[i], evaluator -> evaluator.isValid(invariant, ((TlcState) state).state()))) {
                violated.add(tool.getInvNames()[i]);
            }
        }
        return violated;
    }

    private Action action(String name) {
        return actions.computeIfAbsent(name, missing -> {
            OpDefNode definition = definition(name);
            return new Action(definition.getBody(), Context.Empty, definition);
        });
    }

    @Override
    public boolean defines(String operator) {
        OpDefNode definition = tool.getRootModule().getOpDef(UniqueString.uniqueStringOf(operator));
        return definition != null && definition.getArity() == 0;
    }

    private OpDefNode definition(String operator) {
        OpDefNode definition = tool.getRootModule().getOpDef(UniqueString.uniqueStringOf(operator));
        if (definition == null || definition.getArity() != 0) {
            throw new IllegalArgumentException("the module has no operator " + operator + " without parameters");
        }
        return definition;
    }

    private List<SpecState> states(String action, StateVec found, TLCState before) {
        List<SpecState> states = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            states.add(concrete(action, found.elementAt(i), before));
        }
        return states;
    }

    private SpecState concrete(String action, TLCState state, TLCState before) {
        for (OpDeclNode variable : variables) {
            UniqueString name = variable.getName();
            Value value = (Value) state.lookup(name);
            if (value == null) {
                throw new IllegalStateException(action + " gives " + name + " no value");
            }
            state.bind(name, ConcreteValues.concrete(value, before == null ? null : (Value) before.lookup(name)));
        }
        return new TlcState(state);
    }

    private <T> T evaluate(String what, Function<Tool, T> evaluation) {
        try {
            return evaluation.apply(tool);
        } catch (RuntimeException | StackOverflowError e) {
            throw new SpecEvaluationException(
                    "TLC cannot evaluate " + what + ": " + said(e) + printed() + place(evaluation), e);
        }
    }

    /** Evaluates once more with the tool that keeps a call stack, which is too slow to be used at first. */
    private String place(Function<Tool, ?> evaluation) {
        CallStackTool slow = new CallStackTool(tool);
        try {
            evaluation.apply(slow);
            return "";
        } catch (RuntimeException | StackOverflowError e) {
            return "\n" + slow.toString().strip();
        }
    }

    private String printed() {
        String text = messages.take();
        return text.isEmpty() ? "" : "\n" + text;
    }

    private static String said(Throwable e) {
        return e instanceof StackOverflowError || e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
