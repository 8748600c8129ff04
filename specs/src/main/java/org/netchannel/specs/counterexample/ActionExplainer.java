package org.netchannel.specs.counterexample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.FormalParamNode;
import tla2sany.semantic.LabelNode;
import tla2sany.semantic.LevelConstants;
import tla2sany.semantic.LetInNode;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpArgNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.semantic.Subst;
import tla2sany.semantic.SubstInNode;
import tlc2.tool.Action;
import tlc2.tool.BuiltInOPs;
import tlc2.tool.IContextEnumerator;
import tlc2.tool.ITool;
import tlc2.tool.TLCState;
import tlc2.tool.ToolGlobals;
import tlc2.tool.coverage.CostModel;
import tlc2.util.Context;

/**
 * Says which action a step is, with its arguments: walks down the next-state relation and takes, at each disjunction
 * and each quantifier, the first branch that is true of the step. Names follow TLC: the innermost operator reached
 * through disjunctions and quantifiers only. What quantifiers inside it chose is kept beside its arguments.
 */
final class ActionExplainer {
    private final ITool tool;
    /** Name of the next-state relation. */
    private final String root;
    private final TLCState before;
    private final TLCState after;

    private ActionExplainer(ITool tool, String root, TLCState before, TLCState after) {
        this.tool = tool;
        this.root = root;
        this.before = before;
        this.after = after;
    }

    /**
     * Explains one step.
     *
     * @param tool the specification
     * @param before the state before the step
     * @param after the state after it
     * @return the action with its arguments, or empty when the step does not satisfy the next-state relation
     */
    static Optional<Found> explain(ITool tool, TLCState before, TLCState after) {
        Action next = tool.getNextStateSpec();
        String name = next.getOpDef() == null ? "Next" : next.getOpDef().getName().toString();
        ActionExplainer explainer = new ActionExplainer(tool, name, before, after);
        if (!explainer.isTrue(next.pred, next.con)) {
            return Optional.empty();
        }
        Found start = new Found(name, List.of(), new LinkedHashMap<>());
        return Optional.of(explainer.walk(next.pred, next.con, start, false));
    }

    /**
     * An operator on the way down, and in the end the action.
     *
     * @param operator its name
     * @param arguments its arguments as TLC prints them
     * @param choices what quantifiers chose since it was entered
     */
    record Found(String operator, List<String> arguments, SequencedMap<String, String> choices) {
        Found choosing(FormalParamNode[][] variables, Context choice) {
            SequencedMap<String, String> all = new LinkedHashMap<>(choices);
            Stream.of(variables)
                    .flatMap(Stream::of)
                    .forEach(name -> all.put(name.getName().toString(), choice.lookup(name).toString()));
            return new Found(operator, arguments, all);
        }
    }

    private boolean isTrue(SemanticNode formula, Context context) {
        return tool.isValid(new Action(formula, context), before, after);
    }

    private Found walk(SemanticNode formula, Context context, Found found, boolean isNamed) {
        return switch (formula) {
            case LetInNode let -> walk(let.getBody(), context, found, isNamed);
            case LabelNode label -> walk(label.getBody(), context, found, isNamed);
            case SubstInNode instance -> walk(instance.getBody(), substituted(instance, context), found, isNamed);
            case OpApplNode application -> walkApplication(application, context, found, isNamed);
            default -> found;
        };
    }

    private Context substituted(SubstInNode instance, Context context) {
        Context inner = context;
        for (Subst subst : instance.getSubsts()) {
            inner = inner.cons(subst.getOp(), tool.getVal(subst.getExpr(), context, false));
        }
        return inner;
    }

    private Found walkApplication(OpApplNode application, Context context, Found found, boolean isNamed) {
        ExprOrOpArgNode[] arguments = application.getArgs();
        int opcode = BuiltInOPs.getOpCode(application.getOperator().getName());
        return switch (opcode) {
            case 0 -> definition(application, context)
                    .filter(operator -> !isNamed)
                    .map(operator -> enter(operator, application, context))
                    .orElse(found);
            case ToolGlobals.OPCODE_dl, ToolGlobals.OPCODE_lor -> Stream.of(arguments)
                    .filter(disjunct -> isTrue(disjunct, context))
                    .findFirst()
                    .map(disjunct -> walk(disjunct, context, found, isNamed))
                    .orElse(found);
            case ToolGlobals.OPCODE_cl, ToolGlobals.OPCODE_land -> conjunction(arguments, context, found, isNamed);
            case ToolGlobals.OPCODE_be -> choose(application, context, found, isNamed);
            case ToolGlobals.OPCODE_ite -> walk(
                    arguments[isTrue(arguments[0], context) ? 1 : 2], context, found, isNamed);
            default -> found;
        };
    }

    private Optional<OpDefNode> definition(OpApplNode application, Context context) {
        Object meaning = tool.lookup(application.getOperator(), context, false);
        return isAction(application) && meaning instanceof OpDefNode operator
                ? Optional.of(operator)
                : Optional.empty();
    }

    private Found enter(OpDefNode operator, OpApplNode application, Context context) {
        List<String> texts = new ArrayList<>();
        for (ExprOrOpArgNode argument : application.getArgs()) {
            texts.add(argument instanceof OpArgNode named
                    ? named.getName().toString()
                    : tool.eval(argument, context, before, after, 0, CostModel.DO_NOT_RECORD).toString());
        }
        Context inner = tool.getOpContext(operator, application.getArgs(), context, true);
        Found entered = new Found(operator.getName().toString(), texts, new LinkedHashMap<>());
        return walk(operator.getBody(), inner, entered, false);
    }

    private Found choose(OpApplNode exists, Context context, Found found, boolean isNamed) {
        SemanticNode body = exists.getArgs()[0];
        IContextEnumerator choices = tool.contexts(exists, context, before, after, 0);
        for (Context chosen = choices.nextElement(); chosen != null; chosen = choices.nextElement()) {
            if (isTrue(body, chosen)) {
                return walk(body, chosen, found.choosing(exists.getBdedQuantSymbolLists(), chosen), isNamed);
            }
        }
        return found;
    }

    /**
     * All conjuncts are part of the same action, so that none of them gives it another name. But a list of actions may
     * stand under a constant condition; and the next-state relation itself is no action, whatever its conditions.
     */
    private Found conjunction(ExprOrOpArgNode[] conjuncts, Context context, Found found, boolean isNamed) {
        List<ExprOrOpArgNode> actions = Stream.of(conjuncts).filter(ActionExplainer::isAction).toList();
        List<ExprOrOpArgNode> changing = actions.stream().filter(action -> !isUnchanged(action)).toList();
        boolean isGuarded = Stream.of(conjuncts)
                .anyMatch(conjunct -> !isAction(conjunct) && conjunct.getLevel() != LevelConstants.ConstantLevel);
        boolean isNext = found.operator().equals(root) && found.arguments().isEmpty();
        boolean isList = isNext || actions.size() == 1 && !isGuarded;
        Found result = found;
        for (ExprOrOpArgNode action : changing) {
            boolean hasName = isNamed || !isList || !result.operator().equals(found.operator());
            result = walk(action, context, result, hasName);
        }
        return result;
    }

    private static boolean isAction(ExprOrOpArgNode formula) {
        return formula.getLevel() == LevelConstants.ActionLevel;
    }

    private static boolean isUnchanged(ExprOrOpArgNode formula) {
        return formula instanceof OpApplNode application
                && BuiltInOPs.getOpCode(application.getOperator().getName()) == ToolGlobals.OPCODE_unchanged;
    }
}
