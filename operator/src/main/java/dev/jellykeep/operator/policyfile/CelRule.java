package dev.jellykeep.operator.policyfile;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelStandardFunctions;
import dev.jellykeep.contract.settings.DurationText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One rule in CEL, with what Kubernetes adds to the language, as far as rules of this project use it; a rule that
/// uses more can't be compiled, which a test of all rules would show. Durations are Go's, of at most 64 bits of
/// nanoseconds: CEL's own reach further than the API server's.
///
/// @param program null: about a change alone
record CelRule(CelRuntime.@Nullable Program program) {
    private static final String SELF = "self";
    private static final String OLD_SELF = "oldSelf";
    private static final Cel CEL = cel();

    static CelRule compile(String rule) throws CelValidationException, CelEvaluationException {
        CelAbstractSyntaxTree tree = CEL.compile(rule).getAst();
        boolean ofChange = tree.getReferenceMap().values().stream()
                .anyMatch(each -> each.name().equals(OLD_SELF));
        return new CelRule(ofChange ? null : CEL.createProgram(tree));
    }

    /// @throws CelEvaluationException if it has no value
    boolean holds(@Nullable Object self) throws CelEvaluationException {
        if (program == null) {
            return true;
        }
        Map<String, Object> variables = self == null ? Map.of() : Map.of(SELF, self);
        return Boolean.TRUE.equals(program.eval(variables));
    }

    private static Cel cel() {
        return CelFactory.standardCelBuilder()
                .setOptions(CelOptions.current()
                        .evaluateCanonicalTypesToNativeValues(true)
                        .build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .excludeFunctions(CelStandardDeclarations.StandardFunction.DURATION)
                        .build())
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .excludeFunctions(CelStandardFunctions.StandardFunction.DURATION)
                        .build())
                .addVar(SELF, SimpleType.DYN)
                .addVar(OLD_SELF, SimpleType.DYN)
                .addFunctionDeclarations(
                        global("duration", SimpleType.DURATION),
                        global("isQuantity", SimpleType.BOOL),
                        global("quantity", SimpleType.DYN),
                        CelFunctionDecl.newFunctionDeclaration(
                                "isInteger",
                                CelOverloadDecl.newMemberOverload(
                                        "quantity_is_integer", SimpleType.BOOL, SimpleType.DYN)),
                        CelFunctionDecl.newFunctionDeclaration(
                                "isLessThan",
                                CelOverloadDecl.newMemberOverload(
                                        "quantity_is_less_than", SimpleType.BOOL, SimpleType.DYN, SimpleType.DYN)))
                .addFunctionBindings(
                        CelFunctionBinding.from(
                                "duration_string",
                                String.class,
                                text -> DurationText.parse(text).orThrow()),
                        CelFunctionBinding.from(
                                "isQuantity_string",
                                String.class,
                                text -> Quantity.parse(text).isPresent()),
                        CelFunctionBinding.from(
                                "quantity_string",
                                String.class,
                                text -> Quantity.parse(text)
                                        .orElseThrow(() -> new IllegalArgumentException("no quantity: " + text))),
                        CelFunctionBinding.from("quantity_is_integer", Quantity.class, Quantity::isInteger),
                        CelFunctionBinding.from(
                                "quantity_is_less_than", Quantity.class, Quantity.class, Quantity::isLessThan))
                .build();
    }

    private static CelFunctionDecl global(String name, CelType result) {
        return CelFunctionDecl.newFunctionDeclaration(
                name, CelOverloadDecl.newGlobalOverload(name + "_string", result, SimpleType.STRING));
    }
}
