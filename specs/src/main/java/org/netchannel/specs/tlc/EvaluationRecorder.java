package org.netchannel.specs.tlc;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.SemanticNode;
import tlc2.TLCGlobals;
import tlc2.tool.coverage.CostModel;
import tlc2.tool.coverage.CostModelNode;

/**
 * What TLC holds while it is at an expression, and tells which expression is next: one flag for each, in the whole JVM.
 * TLC's threads call it. At many places (the body of a function, what a temporal formula says of a state) TLC holds
 * the one object that records nothing. {@link #install} puts a recorder in its place.
 */
public class EvaluationRecorder implements CostModel {
    /** Classes of TLC that look when they are loaded whether evaluations are recorded. */
    private static final String[] RECORDERS = {
        "tlc2.value.impl.Value", "tlc2.tool.impl.Spec", "tlc2.tool.impl.Tool", "tlc2.tool.impl.ActionItemList",
        "tlc2.tool.Worker", "tlc2.tool.ModelChecker"
    };

    /** The class of TLC's object that records nothing. */
    private static final ClassDesc NOTHING = ClassDesc.of("tlc2.tool.coverage.CostModel$1");

    private static final ClassDesc SELF = ClassDesc.of(EvaluationRecorder.class.getName());
    private static final Set<String> CONJUNCTIONS = Set.of("$ConjList", "\\land");
    private static final Map<SemanticNode, EvaluationRecorder> PLACES = new ConcurrentHashMap<>();

    private final SemanticNode node;
    private volatile boolean evaluated;

    /** The one at no expression. */
    public EvaluationRecorder() {
        this(null);
    }

    private EvaluationRecorder(SemanticNode node) {
        this.node = node;
    }

    /** Has TLC record, from its first evaluation on; before anything else of TLC is loaded. */
    static void install() throws ReflectiveOperationException {
        // The class that TLC would load itself when it needs it.
        MethodHandles.privateLookupIn(CostModelNode.class, MethodHandles.lookup()).defineClass(nothing());
        TLCGlobals.coverageInterval = 0;
        for (String recorder : RECORDERS) {
            Class.forName(recorder);
        }
        // From here on TLC would build its own models.
        TLCGlobals.coverageInterval = -1;
    }

    private static byte[] nothing() {
        return ClassFile.of().build(NOTHING, type -> type
                .withFlags(ACC_FINAL)
                .withSuperclass(SELF)
                .withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, ACC_PUBLIC, code -> code
                        .aload(0).invokespecial(SELF, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_()));
    }

    /** The recorder at an expression. */
    static EvaluationRecorder at(SemanticNode node) {
        EvaluationRecorder known = PLACES.get(node);
        return known != null ? known : PLACES.computeIfAbsent(node, EvaluationRecorder::new);
    }

    /** Whether an expression was evaluated. */
    static boolean isEvaluated(SemanticNode node) {
        EvaluationRecorder known = PLACES.get(node);
        return known != null && known.evaluated;
    }

    void setEvaluated() {
        evaluated = true;
    }

    /** TLC is about to evaluate an expression, or lines it up behind the other conjuncts of this one. */
    @Override
    public CostModel get(SemanticNode next) {
        EvaluationRecorder at = at(next);
        if (!at.evaluated && (next == node || !isLinedUp(next))) {
            at.evaluated = true;
        }
        return at;
    }

    private boolean isLinedUp(SemanticNode next) {
        return node instanceof OpApplNode application
                && CONJUNCTIONS.contains(application.getOperator().getName().toString())
                && next != application.getArgs()[0];
    }

    @Override
    public CostModel getAndIncrement(SemanticNode next) {
        EvaluationRecorder at = at(next);
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
