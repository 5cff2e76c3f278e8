package dev.jellykeep.agent.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.archive.Roles;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What an older tool packed lands where Jellyfin looks for it, or a server starts as if it were new.
class OlderLayoutTest {
    private static final Roles OFFICIAL = new Roles("", "config");
    private static final Roles NESTED = new Roles("jf/data", "jf");

    private static Staging.PathMapping of(Roles to, String... paths) {
        return OlderLayout.recognise(List.of(paths), to).orElseThrow();
    }

    @Test
    void withoutAMainDatabaseItIsNoBackup() {
        assertThat(OlderLayout.recognise(List.of("data/library.db", "my-jellyfin.db", "jellyfin.db/x"), OFFICIAL))
                .isEmpty();
        assertThat(OlderLayout.recognise(List.of(), OFFICIAL)).isEmpty();
    }

    @Test
    void anArchiveOfTheDatabaseFolderGoesThere() {
        for (Roles to : List.of(OFFICIAL, NESTED)) {
            Staging.PathMapping mapping = of(to, "jellyfin.db", "library.db", "system.xml");
            assertThat(mapping.apply("jellyfin.db")).contains(to.mainDatabase());
            assertThat(mapping.apply("library.db")).contains(to.libraryDatabase());
            assertThat(mapping.apply("system.xml")).contains(to.systemXml());
        }
    }

    @Test
    void anArchiveOfTheDataFolderGoesThere() {
        for (Roles to : List.of(OFFICIAL, NESTED)) {
            Staging.PathMapping mapping =
                    of(to, "data/jellyfin.db", "metadata/x", "config/system.xml", "config/users/1");
            assertThat(mapping.apply("data/jellyfin.db")).contains(to.mainDatabase());
            assertThat(mapping.apply("config/system.xml")).contains(to.systemXml());
            assertThat(mapping.apply("config/users/1")).contains(to.config() + "/users/1");
            assertThat(mapping.apply("config")).as("the folder itself").contains(to.config());
        }
        assertThat(of(NESTED, "data/jellyfin.db").apply("metadata/x")).contains("jf/data/metadata/x");
        assertThat(of(OFFICIAL, "data/jellyfin.db").apply("metadata/x")).contains("metadata/x");
    }

    @Test
    void anArchiveOfSomethingHigherGivesOnlyWhatIsJellyfins() {
        Staging.PathMapping mapping = of(NESTED, "srv/data/data/jellyfin.db", "srv/config/system.xml", "srv/notes");
        assertThat(mapping.apply("srv/data/data/jellyfin.db")).contains(NESTED.mainDatabase());
        assertThat(mapping.apply("srv/data/plugins/x")).contains("jf/data/plugins/x");
        assertThat(mapping.apply("srv/data")).as("the folder itself").contains("jf/data");
        assertThat(mapping.apply("srv/config/system.xml")).contains(NESTED.systemXml());
        assertThat(List.of("srv/notes", "srv", "srv/database", "srv/configuration/x"))
                .allSatisfy(path -> assertThat(mapping.apply(path)).isEmpty());
    }

    @Test
    void aFolderOfAnotherNameThatHoldsTheDatabaseIsTheDatabaseFolder() {
        Staging.PathMapping mapping = of(OFFICIAL, "copy/jellyfin.db");
        assertThat(mapping.apply("copy/jellyfin.db")).contains(OFFICIAL.mainDatabase());
        assertThat(mapping.apply("copy/library.db")).contains(OFFICIAL.libraryDatabase());
        assertThat(mapping.apply("metadata/x")).isEqualTo(Optional.empty());
        assertThat(of(OFFICIAL, "mydata/jellyfin.db").apply("mydata/jellyfin.db"))
                .contains(OFFICIAL.mainDatabase());
    }

    /// Backups within backups are deeper than what they are within.
    @Test
    void theDatabaseAndTheSettingsNearestToTheTopAreTheServers() {
        Staging.PathMapping mapping =
                of(OFFICIAL, "a/b/data/jellyfin.db", "data/jellyfin.db", "a/b/config/system.xml", "config/system.xml");
        assertThat(mapping.apply("data/jellyfin.db")).contains(OFFICIAL.mainDatabase());
        assertThat(mapping.apply("config/system.xml")).contains(OFFICIAL.systemXml());
        Staging.PathMapping alike = of(OFFICIAL, "b/jellyfin.db", "a/jellyfin.db");
        assertThat(alike.apply("a/jellyfin.db"))
                .as("of two, always the same one")
                .contains(OFFICIAL.mainDatabase());
        assertThat(alike.apply("b/jellyfin.db")).isEmpty();
    }
}
