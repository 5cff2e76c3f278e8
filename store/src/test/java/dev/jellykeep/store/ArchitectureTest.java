package dev.jellykeep.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses STORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.jellykeep.store");

    @Test
    void azures_sdk_stays_behind_its_adapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.jellykeep.store.azure..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.azure..", "reactor..")
                .check(STORE);
    }

    @Test
    void the_port_knows_no_adapter() {
        noClasses()
                .that()
                .resideInAPackage("dev.jellykeep.store")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.jellykeep.store.azure..", "dev.jellykeep.store.folder..")
                .check(STORE);
    }

    @Test
    void the_identity_library_and_what_it_drags_along_is_loaded_by_one_class_alone() {
        classes()
                .that()
                .resideInAPackage("dev.jellykeep.store..")
                .and()
                .doNotHaveSimpleName("IdentityLibrary")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("com.azure.identity..", "com.azure.core..", "com.azure.storage..", "reactor..")
                .check(STORE);
        assertThat(STORE.contain("dev.jellykeep.store.azure.IdentityLibrary")).isTrue();
    }
}
