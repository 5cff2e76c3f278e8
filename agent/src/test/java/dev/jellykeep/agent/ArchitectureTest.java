package dev.jellykeep.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The walls between the agent's packages.
class ArchitectureTest {
    private static final JavaClasses AGENT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.jellykeep.agent");

    @Test
    void azureIsSeenOnlyWhereTheProgramIsWired() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..agent.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.azure.core..", "com.azure.storage..", "com.azure.identity..", "..store.azure..")
                .check(AGENT);
    }

    @Test
    void nobodyDependsOnTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..agent.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..agent.cli..")
                .check(AGENT);
    }

    @Test
    void plansAndGuardsDoNoInputAndReadNoClock() {
        noClasses()
                .that()
                .haveNameMatching(
                        ".*\\.(RestorePlan|RestorePlan\\$.*|Guards|Guards\\$.*|OlderLayout|EntryName|PathOrder)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "..agent.report.Journal")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(AGENT);
    }

    @Test
    void onlyTheProgramsEndExits() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Main")
                .and()
                .doNotHaveSimpleName("TrainingRun")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(AGENT);
    }

    @Test
    void nobodySleepsByTheClock() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .check(AGENT);
    }

    @Test
    void packagesFormNoCircles() {
        slices().matching("dev.jellykeep.agent.(*)..").should().beFreeOfCycles().check(AGENT);
    }

    @Test
    void nothingIsCalledUtilsManagerOrHelper() {
        classes()
                .should()
                .haveNameNotMatching(".*(Utils?|Manager|Helper)(\\$.*)?")
                .check(AGENT);
    }
}
