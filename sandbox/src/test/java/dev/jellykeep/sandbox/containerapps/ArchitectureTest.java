package dev.jellykeep.sandbox.containerapps;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final String EMULATOR = "dev.jellykeep.sandbox.containerapps";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(EMULATOR);

    @Test
    void what_happens_depends_on_the_clock_that_was_given_and_on_no_other() {
        noClasses()
                .that()
                .resideInAPackage(EMULATOR + ".(*)..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(InstantSource.class, "system")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .check(CLASSES);
    }

    @Test
    void an_emulator_of_azure_shares_no_code_with_its_clients() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.azure..", "dev.jellykeep.operator..", "dev.jellykeep.agent..")
                .check(CLASSES);
    }

    @Test
    void rules_and_lifecycle_know_nothing_of_http() {
        noClasses()
                .that()
                .resideInAnyPackage(EMULATOR + ".state..", EMULATOR + ".rules..", EMULATOR + ".replica..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(EMULATOR + ".http..", EMULATOR + ".control..", "java.net..", "com.sun..")
                .check(CLASSES);
    }

    @Test
    void packages_are_free_of_cycles() {
        slices().matching(EMULATOR + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
