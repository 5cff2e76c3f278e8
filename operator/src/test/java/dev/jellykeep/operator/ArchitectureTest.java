package dev.jellykeep.operator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses OPERATOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.jellykeep.operator");

    private static final Pattern AMBIENT = Pattern.compile("java\\.time\\.(Instant|Local\\w+|\\w+DateTime)\\.now"
            + "|java\\.time\\.Clock\\.(system|tick)\\w*|java\\.time\\.InstantSource\\.system"
            + "|java\\.lang\\.System\\.(getenv|getProperty|currentTimeMillis|nanoTime|exit|out|err)"
            + "|java\\.util\\.UUID\\.randomUUID|java\\.lang\\.Math\\.random|java\\.util\\.Random\\.<init>");

    /// Of Jackson the tree alone: no parser, and no mapping to models that lose what they don't know.
    private static final ArchRule ONLY_TREES = classes()
            .that(planOr("Offender"))
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "java.lang..",
                            "java.math..",
                            "java.time..",
                            "java.util..",
                            "org.jspecify.annotations..",
                            "com.fasterxml.jackson.databind.node..",
                            "dev.jellykeep.contract..",
                            "dev.jellykeep.operator.api..",
                            "dev.jellykeep.operator.desired..")
                    .or(named(
                            "com.fasterxml.jackson.databind.JsonNode",
                            "java.nio.charset.StandardCharsets",
                            "java.nio.charset.Charset",
                            "java.nio.file.Path",
                            "java.security.MessageDigest",
                            "java.security.NoSuchAlgorithmException")));

    private static final ArchRule NO_AMBIENT_FACTS = noClasses()
            .that(planOr("Offender"))
            .should()
            .accessTargetWhere(describe(
                    "reads a clock, the environment or a random source",
                    access -> AMBIENT.matcher(access.getTargetOwner().getName() + "." + access.getName())
                            .matches()));

    @Test
    void what_people_write_knows_nothing_of_azure_and_of_no_other_package() {
        noClasses()
                .that()
                .resideInAPackage("dev.jellykeep.operator.api")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.azure..",
                        "dev.jellykeep.agent..",
                        "dev.jellykeep.store..",
                        "dev.jellykeep.operator.desired..",
                        "java.net..",
                        "java.nio.file..",
                        "java.time..")
                .check(OPERATOR);
    }

    @Test
    void a_plan_depends_on_nothing_but_what_it_is_given() {
        ONLY_TREES.check(OPERATOR);
        NO_AMBIENT_FACTS.check(OPERATOR);
    }

    @Test
    void the_rules_would_notice_a_violation() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        for (ArchRule rule : List.of(ONLY_TREES, NO_AMBIENT_FACTS)) {
            assertThatThrownBy(() -> rule.check(offender)).isInstanceOf(AssertionError.class);
        }
    }

    /// Does everything that a plan mustn't.
    static final class Offender {
        static String offend() throws IOException {
            return Instant.now() + Files.readString(Path.of("x"));
        }
    }

    private static DescribedPredicate<JavaClass> planOr(String name) {
        return describe(
                "make plans",
                each -> each.getPackageName().equals("dev.jellykeep.operator.desired")
                        || each.getSimpleName().equals(name));
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        return describe("are values", each -> List.of(names).contains(each.getName()));
    }

    @Test
    void azures_sdk_stays_behind_its_adapter() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..operator.arm.azure..", "..operator.cli..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("com.azure..", "reactor..").and(not(resideInAPackage("com.azure.json.."))))
                .check(OPERATOR);
    }

    @Test
    void the_port_to_arm_knows_no_adapter() {
        noClasses()
                .that()
                .resideInAPackage("dev.jellykeep.operator.arm")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..operator.arm.azure..", "java.net..")
                .check(OPERATOR);
    }

    @Test
    void nobody_asks_arm_for_secrets() {
        noClasses()
                .should()
                .callMethodWhere(
                        JavaCall.Predicates.target(nameMatching("(?i).*(listSecrets|listAuthToken|getAuthToken).*")))
                .check(OPERATOR);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "com\\.azure\\.resourcemanager\\.appcontainers\\.(models\\.ContainerApps|models\\.ContainerApp|fluent\\..*Secret.*)")
                .check(OPERATOR);
    }

    @Test
    void what_is_counted_in_tokens_reads_no_clock() {
        noClasses()
                .that()
                .haveSimpleName("BucketLevel")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.time.InstantSource.class)
                .check(OPERATOR);
    }
}
