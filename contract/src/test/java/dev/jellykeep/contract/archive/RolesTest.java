package dev.jellykeep.contract.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The guards judge what lies where the roles say: elsewhere they would pass an empty server.
class RolesTest {
    @Test
    void theMainDatabasesAndTheWizardsFlagAreWhereJellyfinKeepsThem() {
        Roles official = new Roles("", "config");
        assertThat(official.mainDatabase()).isEqualTo("data/jellyfin.db");
        assertThat(official.libraryDatabase()).isEqualTo("data/library.db");
        assertThat(official.systemXml()).isEqualTo("config/system.xml");
        Roles nested = new Roles("jf/data", "");
        assertThat(nested.mainDatabase()).isEqualTo("jf/data/data/jellyfin.db");
        assertThat(nested.libraryDatabase()).isEqualTo("jf/data/data/library.db");
        assertThat(nested.systemXml()).isEqualTo("system.xml");
    }

    @Test
    void onlyThoseTwoAreMain() {
        Roles roles = new Roles("jf", "jf/config");
        assertThat(List.of("jf/data/jellyfin.db", "jf/data/library.db")).allMatch(roles::isMain);
        assertThat(List.of("data/jellyfin.db", "jf/data/plugins.db", "jf/config/system.xml"))
                .noneMatch(roles::isMain);
    }

    @Test
    void anEntrysTypeIsNotGuessed() {
        for (EntryType type : EntryType.values()) {
            assertThat(EntryType.of(type.wireName())).isEqualTo(type);
        }
        assertThatThrownBy(() -> EntryType.of("fifo"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fifo");
    }
}
