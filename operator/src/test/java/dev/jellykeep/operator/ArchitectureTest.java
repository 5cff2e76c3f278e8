package dev.jellykeep.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
}
