package org.netchannel.specs.engine;

import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Set;

/**
 * Makes the class in which TLC looks for Java overrides of operators. TLC wants its name fixed, and for each operator
 * a static method with an annotation, so the class is generated: each input is a static field and a method that reads
 * it.
 */
final class InputOverrides {
    /** The name under which TLC looks for the class. */
    static final String CLASS_NAME = "tlc2.overrides.TLCOverrides";

    private static final ClassDesc SELF = ClassDesc.of(CLASS_NAME);
    private static final ClassDesc VALUE = ClassDesc.of("tlc2.value.impl.Value");
    private static final ClassDesc OPERATOR = ClassDesc.of("tlc2.overrides.TLAPlusOperator");
    private static final ClassDesc OVERRIDES = ClassDesc.of("tlc2.overrides.ITLCOverrides");
    private static final ClassDesc CLASSES = ConstantDescs.CD_Class.arrayType();

    /** A level of 1 keeps TLC from taking the operator for a constant, and from evaluating it only once. */
    private static final int STATE_LEVEL = 1;

    private InputOverrides() {}

    static byte[] bytes(String module, Set<String> inputs) {
        return ClassFile.of().build(SELF, type -> {
            type.withFlags(ACC_PUBLIC).withInterfaceSymbols(OVERRIDES);
            type.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, ACC_PUBLIC, InputOverrides::construct);
            type.withMethodBody("get", MethodTypeDesc.of(CLASSES), ACC_PUBLIC, InputOverrides::listClass);
            inputs.forEach(input -> addInput(type, module, input));
        });
    }

    private static void construct(CodeBuilder code) {
        code.aload(0)
                .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .return_();
    }

    private static void listClass(CodeBuilder code) {
        code.iconst_1().anewarray(ConstantDescs.CD_Class).dup().iconst_0().loadConstant(SELF).aastore().areturn();
    }

    private static void addInput(ClassBuilder type, String module, String input) {
        type.withField(input, VALUE, ACC_PUBLIC | ACC_STATIC);
        type.withMethod(input, MethodTypeDesc.of(VALUE), ACC_PUBLIC | ACC_STATIC, method -> method
                .with(RuntimeVisibleAnnotationsAttribute.of(Annotation.of(
                        OPERATOR,
                        AnnotationElement.ofString("identifier", input),
                        AnnotationElement.ofString("module", module),
                        AnnotationElement.ofInt("minLevel", STATE_LEVEL),
                        AnnotationElement.ofBoolean("warn", false))))
                .withCode(code -> code.getstatic(SELF, input, VALUE).areturn()));
    }
}
