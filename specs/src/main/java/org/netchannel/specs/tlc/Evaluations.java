package org.netchannel.specs.tlc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tla2sany.semantic.ModuleNode;
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
 * Remembers which expressions TLC has evaluated. TLC's own option {@code -coverage} writes out each operator wherever
 * it is used, which takes longer than most models and more memory; this is one flag for each expression of the modules.
 */
final class Evaluations {
    /** Begins a line on standard error about an expression. */
    static final String EXPRESSION = "netchannel-expression ";

    /** System property: present when evaluations are to be told at the end. */
    static final String WANTED = "netchannel.evaluations";

    /** Classes of TLC that look when they are loaded whether evaluations are recorded. */
    private static final String[] RECORDERS = {
        "tlc2.value.impl.Value", "tlc2.tool.impl.Spec", "tlc2.tool.impl.Tool", "tlc2.tool.impl.ActionItemList",
        "tlc2.tool.Worker", "tlc2.tool.ModelChecker"
    };

    private static final Set<String> CONJUNCTIONS = Set.of("$ConjList", "\\land");

    private final Map<SemanticNode, At> places = new ConcurrentHashMap<>();
    private final Set<Action> taken = ConcurrentHashMap.newKeySet();

    /** Has TLC record, and tells at the end of this JVM what; before anything else of TLC is loaded. */
    static void record() throws ClassNotFoundException {
        Evaluations evaluations = new Evaluations();
        TLCGlobals.coverageInterval = 0;
        for (String recorder : RECORDERS) {
            Class.forName(recorder);
        }
        // From here on TLC would build its own models.
        TLCGlobals.coverageInterval = -1;
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

    /** Follows the actions and properties of a specification; before TLC looks at its first state. */
    private void follow(ITool tool) {
        for (int i = 0; i < tool.getInitStateSpec().size(); i++) {
            tool.getInitStateSpec().elementAt(i).cm = new At(null);
        }
        Stream.of(tool.getActions(), tool.getInvariants(), tool.getImpliedInits(), tool.getImpliedActions())
                .flatMap(Stream::of)
                .forEach(action -> action.cm = new At(null));
        for (Action action : tool.getActions()) {
            action.cm = new At(null) {
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
        var modules = tool.getSpecProcessor().getModuleTbl().moduleNodeVector;
        for (int i = 0; i < modules.size(); i++) {
            ModuleNode module = modules.elementAt(i);
            if (!module.isStandard()) {
                for (OpDefNode definition : module.getOpDefs()) {
                    if (definition.getOriginallyDefinedInModuleNode() == module && !isConstant(definition)) {
                        tell(definition.getBody(), lines);
                    }
                }
            }
        }
        System.err.print(lines);
    }

    /** TLC splits the next-state relation into actions, before it records: whether there is an action in this part. */
    private boolean split(SemanticNode node, Set<SemanticNode> predicates, Set<SemanticNode> seen) {
        if (predicates.contains(node)) {
            return true;
        }
        if (!seen.add(node)) {
            return isEvaluated(node);
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
            at(node).evaluated = true;
            // What its variables range over, and arguments.
            others.forEach(this::evaluateAll);
        }
        return isSplit;
    }

    private void evaluateAll(SemanticNode node) {
        if (node == null) {
            return;
        }
        at(node).evaluated = true;
        if (node.getChildren() != null) {
            Stream.of(node.getChildren()).forEach(this::evaluateAll);
        }
    }

    /** TLC evaluates it once, before it records. */
    private static boolean isConstant(OpDefNode definition) {
        return definition.getArity() == 0 && definition.getLevel() == 0;
    }

    private void tell(SemanticNode node, StringBuilder lines) {
        if (node == null) {
            // OTHER of a CASE has no condition.
            return;
        }
        if (node instanceof OpApplNode application) {
            String operator = application.getOperator().getName().toString();
            boolean isEvaluated = application.getArgs().length > 0 && !operator.startsWith("$Pair")
                    && !operator.equals("$Seq") && !operator.equals("'") && !operator.equals("UNCHANGED");
            if (isEvaluated) {
                tell(node.getLocation(), isEvaluated(node), lines);
            }
            if (operator.equals("UNCHANGED")) {
                return;
            }
        }
        SemanticNode[] children = node instanceof OpDefNode definition
                ? new SemanticNode[] {definition.getBody()}
                : node.getChildren();
        if (children != null) {
            for (SemanticNode child : children) {
                tell(child, lines);
            }
        }
    }

    private static void tell(Location place, boolean isEvaluated, StringBuilder lines) {
        lines.append(EXPRESSION).append("line ").append(place.beginLine()).append(", col ").append(place.beginColumn())
                .append(" to line ").append(place.endLine()).append(", col ").append(place.endColumn())
                .append(" of module ").append(place.source()).append(": ").append(isEvaluated ? 1 : 0).append('\n');
    }

    private At at(SemanticNode node) {
        return places.computeIfAbsent(node, At::new);
    }

    private boolean isEvaluated(SemanticNode node) {
        return places.containsKey(node) && places.get(node).evaluated;
    }

    /** What TLC holds while it is at an expression; at none when it begins an action or a property. */
    private class At implements CostModel {
        private final SemanticNode node;
        private volatile boolean evaluated;

        At(SemanticNode node) {
            this.node = node;
        }

        /** TLC is about to evaluate an expression, or lines it up behind the other conjuncts of this one. */
        @Override
        public CostModel get(SemanticNode next) {
            At at = at(next);
            at.evaluated |= next == node || !isLinedUp(next);
            return at;
        }

        private boolean isLinedUp(SemanticNode next) {
            return node instanceof OpApplNode application
                    && CONJUNCTIONS.contains(application.getOperator().getName().toString())
                    && next != application.getArgs()[0];
        }

        @Override
        public CostModel getAndIncrement(SemanticNode next) {
            At at = at(next);
            at.evaluated = true;
            return at;
        }

        @Override
        public CostModel getRoot() {
            return this;
        }

        @Override
        public CostModel report() {
            return this;
        }

        @Override
        public CostModel incInvocations() {
            return this;
        }

        @Override
        public CostModel incInvocations(long value) {
            return this;
        }

        @Override
        public CostModel incSecondary() {
            return this;
        }

        @Override
        public CostModel incSecondary(long value) {
            return this;
        }
    }
}
