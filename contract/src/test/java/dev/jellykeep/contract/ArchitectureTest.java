package dev.jellykeep.contract;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
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
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The contract is pure: what it answers depends on what it is given.
class ArchitectureTest {
    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.jellykeep.contract");

    private static final ArchRule FEW_DEPENDENCIES = classes()
            .that()
            .resideInAPackage("dev.jellykeep.contract..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify.annotations..", "com.azure.json..", "dev.jellykeep.contract..");

    private static final ArchRule NO_IO = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.net.http..", "java.sql..", "java.nio.channels..")
                    .or(named(
                            "java.nio.file.Files",
                            "java.io.File",
                            "java.io.FileInputStream",
                            "java.io.FileOutputStream",
                            "java.io.RandomAccessFile",
                            "java.net.Socket",
                            "java.lang.Process",
                            "java.lang.Thread")));

    private static final Pattern AMBIENT = Pattern.compile("java\\.time\\.(Instant|Local\\w+|\\w+DateTime)\\.now"
            + "|java\\.time\\.Clock\\.(system|tick)\\w*|java\\.time\\.InstantSource\\.system"
            + "|java\\.lang\\.System\\.(getenv|getProperty|currentTimeMillis|nanoTime|exit|out|err)"
            + "|java\\.util\\.UUID\\.randomUUID|java\\.lang\\.Math\\.random|java\\.util\\.Random\\.<init>");

    private static final ArchRule NO_AMBIENT_FACTS = noClasses()
            .should()
            .accessTargetWhere(describe(
                    "reads a clock, the environment or a random source",
                    access -> AMBIENT.matcher(access.getTargetOwner().getName() + "." + access.getName())
                            .matches()));

    @Test
    void usesOnlyTheJdkAndOneStreamingJsonLibrary() {
        FEW_DEPENDENCIES.check(MAIN);
    }

    @Test
    void doesNoInputOrOutput() {
        NO_IO.check(MAIN);
    }

    @Test
    void readsNoClockNoEnvironmentAndNoRandomSource() {
        NO_AMBIENT_FACTS.check(MAIN);
    }

    @Test
    void hasNoCycles() {
        slices().matching("dev.jellykeep.contract.(*)..")
                .should()
                .beFreeOfCycles()
                .check(MAIN);
    }

    @Test
    void wouldNoticeAViolation() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        for (ArchRule rule : List.of(FEW_DEPENDENCIES, NO_IO, NO_AMBIENT_FACTS)) {
            assertThatThrownBy(() -> rule.check(offender)).isInstanceOf(AssertionError.class);
        }
    }

    /// Does everything that the contract mustn't.
    static final class Offender {
        static String offend() throws IOException {
            org.assertj.core.api.Assertions.assertThat(System.getenv("X")).isNull();
            return Instant.now() + UUID.randomUUID().toString() + Files.size(Path.of("x"));
        }
    }

    private static DescribedPredicate<JavaClass> named(String... names) {
        return describe("are for input and output", c -> List.of(names).contains(c.getName()));
    }
}
