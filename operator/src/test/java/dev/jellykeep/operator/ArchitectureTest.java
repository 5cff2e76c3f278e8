package dev.jellykeep.operator;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses OPERATOR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.jellykeep.operator");

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
                        "java.net..",
                        "java.nio.file..",
                        "java.time..")
                .check(OPERATOR);
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
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(InstantSource.class)
                .check(OPERATOR);
    }
}
