package org.netchannel.specs.tlc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tla2sany.st.Location;
import tlc2.TLCGlobals;
import tlc2.output.EC;
import tlc2.output.MP;
import tlc2.output.MPRecorder;
import tlc2.tool.Action;
import tlc2.tool.ITool;
import tlc2.tool.ModelChecker;
import tlc2.tool.coverage.CostModel;
import tlc2.tool.impl.FastTool;

/**
 * Tells at the end which actions TLC has taken and which expressions it has evaluated. TLC's own option
 * {@code -coverage} writes out each operator wherever it is used, which takes longer than most models and more memory.
 */
final class Evaluations {
    /** Begins a line on standard error about an expression. */
    static final String EXPRESSION = "netchannel-expression ";

    /** System property: present when evaluations are to be told at the end. */
    static final String WANTED = "netchannel.evaluations";

    private final Set<Action> taken = ConcurrentHashMap.newKeySet();

    /** Has TLC record, and tells at the end of this JVM what; before anything else of TLC is loaded. */
    static void record() throws ReflectiveOperationException {
        EvaluationRecorder.install();
        Evaluations evaluations = new Evaluations();
        MP.setRecorder(new MPRecorder() {
            @Override
            public void record(int code, Object... parameters) {
                if (code == EC.TLC_COMPUTING_INIT) {
                    evaluations.follow(TLCGlobals.mainChecker.tool);
                }
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(evaluations::tell));
    }

    /** Follows the actions of a specification; before TLC looks at its first state. */
    private void follow(ITool tool) {
        for (Action action : tool.getActions()) {
            action.cm = new EvaluationRecorder() {
                @Override
                public CostModel incInvocations() {
                    taken.add(action);
                    return this;
                }
            };
        }
    }

    /** Says of each expression of the modules whether it was evaluated. */
    private void tell() {
        if (!(TLCGlobals.mainChecker instanceof ModelChecker checker) || !(checker.tool instanceof FastTool tool)) {
            // Whoever listens knows what to make of silence.
            return;
        }
        Set<SemanticNode> predicates =
                Stream.of(tool.getActions()).map(action -> action.pred).collect(Collectors.toSet());
        split(tool.getNextStateSpec().pred, predicates, new HashSet<>());
        StringBuilder lines = new StringBuilder();
        for (Action action : tool.getActions()) {
            if (action.getDeclaration() != Location.nullLoc) {
                tell(action.getDeclaration(), taken.contains(action), lines);
            }
        }
        Expressions.of(tool).forEach(expression ->
                tell(expression.getLocation(), EvaluationRecorder.isEvaluated(expression), lines));
        System.err.print(lines);
    }

    /** TLC splits the next-state relation into actions, before it records: whether there is an action in this part. */
    private static boolean split(SemanticNode node, Set<SemanticNode> predicates, Set<SemanticNode> seen) {
        if (predicates.contains(node)) {
            return true;
        }
        if (!seen.add(node)) {
            return EvaluationRecorder.isEvaluated(node);
        }
        boolean isSplit = false;
        List<SemanticNode> others = new ArrayList<>();
        if (node instanceof OpApplNode application && application.getOperator() instanceof OpDefNode definition
                && definition.getBody() != null) {
            isSplit = split(definition.getBody(), predicates, seen);
        }
        if (node.getChildren() != null) {
            for (SemanticNode child : node.getChildren()) {
                if (child != null && split(child, predicates, seen)) {
                    isSplit = true;
                } else {
                    others.add(child);
                }
            }
        }
        if (isSplit) {
            EvaluationRecorder.at(node).setEvaluated();
            // What its variables range over, and arguments.
            others.forEach(Evaluations::evaluateAll);
        }
        return isSplit;
    }

    private static void evaluateAll(SemanticNode node) {
        if (node == null) {
            return;
        }
        EvaluationRecorder.at(node).setEvaluated();
        if (node.getChildren() != null) {
            Stream.of(node.getChildren()).forEach(Evaluations::evaluateAll);
        }
    }

    private static void tell(Location place, boolean isEvaluated, StringBuilder lines) {
        lines.append(EXPRESSION).append("line ").append(place.beginLine()).append(", col ").append(place.beginColumn())
                .append(" to line ").append(place.endLine()).append(", col ").append(place.endColumn())
                .append(" of module ").append(place.source()).append(": ").append(isEvaluated ? 1 : 0).append('\n');
    }
}
