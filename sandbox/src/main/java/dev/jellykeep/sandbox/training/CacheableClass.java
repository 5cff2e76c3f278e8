package dev.jellykeep.sandbox.training;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a class file becomes so that the AOT cache of JDK 25 can hold all of it.
final class CacheableClass {
    /// From here on class files carry the frames that the new verifier needs; the cache takes no others.
    private static final int FIRST_WITH_FRAMES = ClassFile.JAVA_6_VERSION;

    private static final int VERSION_AT = 6;
    private static final String TYPE_SWITCH = "typeSwitch";

    private final ClassFile classFile;

    /// @param classFile generates frames, and knows the classes of the jar
    CacheableClass(ClassFile classFile) {
        this.classFile = classFile;
    }

    /// @return empty where there is nothing to do
    Optional<byte[]> of(byte[] content) {
        int version = ((content[VERSION_AT] & 0xFF) << 8) | (content[VERSION_AT + 1] & 0xFF);
        if (version < FIRST_WITH_FRAMES) {
            return Optional.of(withFrames(content));
        }
        return version >= ClassFile.JAVA_21_VERSION ? withoutTypeSwitches(content) : Optional.empty();
    }

    private byte[] withFrames(byte[] content) {
        ClassTransform newer = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            } else {
                builder.with(element);
            }
        };
        // bodies are walked through, since those that nobody touches are copied without frames
        CodeTransform walked = CodeTransform.ofStateful(() -> (builder, element) -> builder.with(element));
        return classFile.transformClass(
                classFile.parse(content), newer.andThen(ClassTransform.transformingMethodBodies(walked)));
    }

    /// A pattern switch over types: which label fits first, from `restart` on.
    private record TypeSwitch(String method, MethodTypeDesc type, List<ClassDesc> labels) {}

    private Optional<byte[]> withoutTypeSwitches(byte[] content) {
        ClassModel model = classFile.parse(content);
        ClassDesc self = model.thisClass().asSymbol();
        boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
        List<TypeSwitch> switches = new ArrayList<>();
        CodeTransform calls = (builder, element) -> {
            if (element instanceof InvokeDynamicInstruction call && overTypesAlone(call)) {
                List<ClassDesc> labels =
                        call.bootstrapArgs().stream().map(ClassDesc.class::cast).toList();
                TypeSwitch one = new TypeSwitch(TYPE_SWITCH + '$' + switches.size(), call.typeSymbol(), labels);
                switches.add(one);
                builder.invokestatic(self, one.method(), one.type(), isInterface);
            } else {
                builder.with(element);
            }
        };
        ClassTransform methods = ClassTransform.endHandler(builder -> switches.forEach(one -> builder.withMethodBody(
                one.method(),
                one.type(),
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                code -> write(code, one.labels()))));
        byte[] rewritten = classFile.transformClass(
                model, ClassTransform.transformingMethodBodies(calls).andThen(methods));
        return switches.isEmpty() ? Optional.empty() : Optional.of(rewritten);
    }

    private static boolean overTypesAlone(InvokeDynamicInstruction call) {
        return call.bootstrapMethod().owner().displayName().equals("SwitchBootstraps")
                && call.bootstrapMethod().methodName().equals(TYPE_SWITCH)
                && call.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
    }

    /// `(target, restart) → index`: -1 for null, the number of labels where none fits. Source: `SwitchBootstraps`.
    private static void write(CodeBuilder code, List<ClassDesc> labels) {
        code.aload(0).ifThen(Opcode.IFNULL, isNull -> isNull.iconst_m1().ireturn());
        for (int index = 0; index < labels.size(); index++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(index).if_icmpgt(next);
            code.aload(0).instanceOf(labels.get(index)).ifeq(next);
            code.loadConstant(index).ireturn();
            code.labelBinding(next);
        }
        code.loadConstant(labels.size()).ireturn();
    }
}
