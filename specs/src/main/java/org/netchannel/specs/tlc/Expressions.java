package org.netchannel.specs.tlc;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tla2sany.semantic.LevelConstants;
import tla2sany.semantic.ModuleNode;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDeclNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.semantic.SubstInNode;
import tlc2.tool.impl.FastTool;

/**
 * The expressions of a specification that TLC evaluates: those of its own modules, but for temporal formulas. TLC takes
 * those apart before it begins, and evaluates only what they say of states and steps.
 */
final class Expressions {
    private final List<OpDefNode> definitions;
    private final Set<SemanticNode> impliedProperties;
    private final List<OpApplNode> found = new ArrayList<>();

    private Expressions(FastTool tool) {
        this.definitions = definitions(tool);
        this.impliedProperties = Stream.of(tool.getImpliedInits(), tool.getImpliedActions())
                .flatMap(Stream::of)
                .map(action -> action.pred instanceof SubstInNode substituted ? substituted.getBody() : action.pred)
                .collect(Collectors.toSet());
    }

    /** Applications of operators, those inside others after them. */
    static List<OpApplNode> of(FastTool tool) {
        Expressions expressions = new Expressions(tool);
        expressions.collect();
        return expressions.found;
    }

    /** Those of the modules, each where it was first defined. */
    private static List<OpDefNode> definitions(FastTool tool) {
        List<OpDefNode> definitions = new ArrayList<>();
        var modules = tool.getSpecProcessor().getModuleTbl().moduleNodeVector;
        for (int i = 0; i < modules.size(); i++) {
            ModuleNode module = modules.elementAt(i);
            if (!module.isStandard()) {
                Stream.of(module.getOpDefs())
                        .filter(definition -> definition.getOriginallyDefinedInModuleNode() == module)
                        .forEach(definitions::add);
            }
        }
        return definitions;
    }

    private void collect() {
        for (OpDefNode definition : definitions) {
            if (definition.getLevel() == LevelConstants.TemporalLevel) {
                listProperties(definition);
            } else {
                list(definition);
            }
        }
    }

    /** Lists the action properties in a temporal formula: TLC evaluates those at each step. */
    private void listProperties(SemanticNode node) {
        if (impliedProperties.contains(node)) {
            list(node);
        } else {
            children(node).forEach(this::listProperties);
        }
    }

    private void list(SemanticNode node) {
        if (node instanceof OpApplNode application) {
            if (isEvaluated(application)) {
                found.add(application);
            }
            if (Stream.of(application.getArgs()).anyMatch(impliedProperties::contains)) {
                // TLC takes a conjunction of properties apart and evaluates those.
                EvaluationRecorder.at(application).setEvaluated();
            }
            if (isCalled(application, "UNCHANGED")) {
                return;
            }
        }
        children(node).forEach(this::list);
    }

    /** Whether TLC evaluates it as a whole: not names, pairs of records and CASE, and tuples of variables. */
    private static boolean isEvaluated(OpApplNode application) {
        String operator = application.getOperator().getName().toString();
        return application.getArgs().length > 0 && !operator.startsWith("$Pair") && !operator.equals("$Seq")
                && !operator.equals("'") && !operator.equals("UNCHANGED") && !isTupleOfVariables(application);
    }

    private static boolean isTupleOfVariables(OpApplNode application) {
        return isCalled(application, "$Tuple") && Stream.of(application.getArgs())
                .allMatch(part -> part instanceof OpApplNode name && name.getOperator() instanceof OpDeclNode);
    }

    private static boolean isCalled(OpApplNode application, String operator) {
        return application.getOperator().getName().toString().equals(operator);
    }

    /** Without those that are not there: OTHER of a CASE has no condition. */
    private static Stream<SemanticNode> children(SemanticNode node) {
        if (node == null || node.getChildren() == null) {
            return Stream.empty();
        }
        return Stream.of(node.getChildren()).filter(child -> child != null);
    }
}
