package dev.jellykeep.agent.snapshot;

import static dev.jellykeep.agent.snapshot.SystemXml.Wizard.COMPLETED;
import static dev.jellykeep.agent.snapshot.SystemXml.Wizard.NOT_COMPLETED;
import static dev.jellykeep.agent.snapshot.SystemXml.Wizard.NO_FILE;
import static dev.jellykeep.agent.snapshot.SystemXml.Wizard.UNREADABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemXmlTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "<IsStartupWizardCompleted>true</IsStartupWizardCompleted>, COMPLETED",
        "<IsStartupWizardCompleted> true </IsStartupWizardCompleted>, COMPLETED",
        "<IsStartupWizardCompleted>1</IsStartupWizardCompleted>, COMPLETED",
        "<IsStartupWizardCompleted><!-- x -->true</IsStartupWizardCompleted>, COMPLETED",
        "<IsStartupWizardCompleted>false</IsStartupWizardCompleted>, NOT_COMPLETED",
        "<IsStartupWizardCompleted>0</IsStartupWizardCompleted>, NOT_COMPLETED",
        "<IsStartupWizardCompleted>True</IsStartupWizardCompleted>, NOT_COMPLETED",
        "<IsStartupWizardCompleted/>, NOT_COMPLETED",
        "<!-- <IsStartupWizardCompleted>true</IsStartupWizardCompleted> -->, NOT_COMPLETED",
        "<Other>true</Other>, NOT_COMPLETED",
        "<Other><IsStartupWizardCompleted>true</IsStartupWizardCompleted></Other>, NOT_COMPLETED",
        "<IsStartupWizardCompleted>true, UNREADABLE",
        "<IsStartupWizardCompleted><a>true</a></IsStartupWizardCompleted>, UNREADABLE",
        "<a></b>, UNREADABLE",
    })
    void theFlagIsReadAsJellyfinReadsIt(String inside, SystemXml.Wizard expected) {
        assertThat(read("<ServerConfiguration>" + inside + "</ServerConfiguration>", UTF_8))
                .isEqualTo(expected);
    }

    @Test
    void whatJellyfinWritesIsRead() {
        String text = new String(SystemXml.completed(), UTF_8);
        assertThat(read(text, UTF_8)).isEqualTo(COMPLETED);
        assertThat(read("\uFEFF" + text, UTF_8)).isEqualTo(COMPLETED);
        assertThat(read(text.replace("utf-8", "utf-16"), StandardCharsets.UTF_16))
                .isEqualTo(COMPLETED);
        assertThat(read(text.replace("\n", "\r\n"), UTF_8)).isEqualTo(COMPLETED);
    }

    @Test
    void aMissingOrEmptyOrHugeFileIsSaidToBe() throws Exception {
        assertThat(SystemXml.wizard(folder.resolve("none"))).isEqualTo(NO_FILE);
        assertThat(SystemXml.wizard(folder)).isEqualTo(NO_FILE);
        assertThat(SystemXml.wizard(Files.writeString(folder.resolve("empty"), "")))
                .isEqualTo(UNREADABLE);
        assertThat(SystemXml.wizard(Files.write(folder.resolve("huge"), new byte[5 << 20])))
                .isEqualTo(UNREADABLE);
        assertThat(SystemXml.wizard(Files.write(folder.resolve("good"), SystemXml.completed())))
                .isEqualTo(COMPLETED);
    }

    @Test
    void noEntityIsFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "true");
        String text = "<!DOCTYPE x [<!ENTITY e SYSTEM \"" + secret.toUri() + "\">]><ServerConfiguration>"
                + "<IsStartupWizardCompleted>&e;</IsStartupWizardCompleted></ServerConfiguration>";
        assertThat(read(text, UTF_8)).isIn(UNREADABLE, NOT_COMPLETED);
    }

    @Test
    void damagedTextNeverEndsTheAgent() {
        byte[] good = SystemXml.completed();
        for (int seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            byte[] bad = good.clone();
            for (int i = 0; i <= seed % 4; i++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            assertThat(SystemXml.wizard(bad)).as("seed %d", seed).isNotNull().isNotEqualTo(NO_FILE);
        }
    }

    private static SystemXml.Wizard read(String text, Charset charset) {
        return SystemXml.wizard(text.getBytes(charset));
    }
}
