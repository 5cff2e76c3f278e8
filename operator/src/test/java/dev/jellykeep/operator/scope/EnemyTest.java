package dev.jellykeep.operator.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.api.ScopeSpec;
import dev.jellykeep.operator.api.StorageIdentity;
import dev.jellykeep.operator.api.StorageSpec;
import dev.jellykeep.operator.desired.Worlds;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A policy's author who controls every field, and a narrow scope; here without what the API server refuses before:
/// a policy may be older than a rule of the schema.
class EnemyTest {
    private static final String GROUP = "/subscriptions/s/resourceGroups/media";
    private static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    private static final String ACCOUNT = "https://stkids.blob.core.windows.net";
    private static final String IDENTITY = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backup";
    private static final Scope SCOPE = new Scope(
            "kids",
            new ScopeSpec(
                    List.of("media"),
                    List.of(GROUP),
                    List.of(ACCOUNT + "/backups/family"),
                    List.of(IDENTITY, "secret:archive"),
                    List.of("ghcr.io/jellykeep/agent")));

    private static ScopeVerdict judge(Wish wish) {
        return ScopeVerdict.judge(wish, List.of(SCOPE));
    }

    private static ScopeVerdict app(String id) {
        return judge(new Wish("media", id, ACCOUNT + "/backups/family", IDENTITY, null));
    }

    private static ScopeVerdict storage(String account, String container, String prefix) {
        StorageSpec storage = new StorageSpec(account, container, prefix, null);
        return judge(Wish.of("media", spec(APP, storage, null)));
    }

    private static PolicySpec spec(String app, StorageSpec storage, @Nullable String image) {
        PolicySpec usual = Worlds.spec("containerApp: {resourceId: '" + app.replace("'", "''") + "'}"
                + (image == null ? "" : ", agent: {image: '" + image + "'}"));
        return new PolicySpec(
                usual.mode(),
                usual.suspend(),
                usual.containerApp(),
                storage,
                usual.interval(),
                usual.initialDelay(),
                usual.minSize(),
                usual.maxShrinkPercent(),
                usual.include(),
                usual.exclude(),
                usual.retention(),
                usual.restore(),
                usual.takeOver(),
                usual.scale(),
                usual.rollout(),
                usual.drift(),
                usual.objectives(),
                usual.agent(),
                usual.deletion(),
                usual.trigger(),
                usual.notices(),
                usual.drill());
    }

    @Test
    void what_the_scope_is_for_is_allowed() {
        assertThat(app(APP)).isInstanceOf(ScopeVerdict.Allowed.class);
        for (String prefix : List.of("family", "family/", "family/server-2", "family/a...b", "family/ä b")) {
            assertThat(storage(ACCOUNT, "backups", prefix)).as(prefix).isInstanceOf(ScopeVerdict.Allowed.class);
        }
        assertThat(storage(ACCOUNT + "/", "backups", "family")).isInstanceOf(ScopeVerdict.Allowed.class);
        assertThat(image("ghcr.io/jellykeep/agent:1.0@sha256:" + "0".repeat(64)))
                .isInstanceOf(ScopeVerdict.Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "family/../other",
                "family/..",
                "family/./../other",
                "family/../../other-container",
                "/family",
                "//family",
                "family//x",
                "family\\..\\other",
                "family/\r\nx",
                "other",
                "familyother",
                "Family",
                "",
                ".",
                "fam%69ly",
                "%66amily",
                "family%2f..%2fother/../x"
            })
    void no_prefix_leads_out_of_the_folder(String prefix) {
        assertThat(storage(ACCOUNT, "backups", prefix)).isInstanceOf(ScopeVerdict.Denied.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://stkids.blob.core.windows.net:443",
                "https://stkids.blob.core.windows.net:8443",
                "https://stkids.blob.core.windows.net.",
                "https://stkids.blob.core.windows.net.evil.example",
                "https://evil.example/stkids.blob.core.windows.net",
                "https://evilstkids.blob.core.windows.net",
                "https://stkids.blob.core.windows.net@evil.example",
                "https://me:secret@stkids.blob.core.windows.net",
                "https://stkids.blob.core.windows.net\\@evil.example",
                "https://stkids.blob.core.windows.net?x=",
                "https://stkids.blob.core.windows.net#",
                "https://stkids.blob.core.windows.net/..",
                "https://stkids.blob.core.windows.net/../evil",
                "https://stkids.blob.core.windows.net//evil",
                "http://stkids.blob.core.windows.net",
                "https:/stkids.blob.core.windows.net",
                "stkids.blob.core.windows.net",
                "https://st\u212Aids.blob.core.windows.net",
                ""
            })
    void no_address_leads_to_another_account(String account) {
        assertThat(storage(account, "backups", "family")).isInstanceOf(ScopeVerdict.Denied.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "backups2", "Backups", "backups/..", "$root", "backups/../other", "backups?x"})
    void no_container_leads_to_another_one(String container) {
        assertThat(storage(ACCOUNT, container, "family")).isInstanceOf(ScopeVerdict.Denied.class);
    }

    @Test
    void a_container_in_the_address_is_no_way_to_another_one() {
        assertThat(storage(ACCOUNT + "/backups", "family", "..")).isInstanceOf(ScopeVerdict.Denied.class);
        assertThat(storage(ACCOUNT + "/backups", "other", "family")).isInstanceOf(ScopeVerdict.Denied.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/subscriptions/s/resourceGroups/media/../other/providers/Microsoft.App/containerApps/jellyfin",
                "/subscriptions/s/resourceGroups/media/providers/Microsoft.App/containerApps/..",
                "/subscriptions/s/resourceGroups/media/providers/Microsoft.App/containerApps/..%2f..%2fother",
                "/subscriptions/s/resourceGroups/media/providers/Microsoft.App/containerApps/jellyfin?x=",
                "/subscriptions/s/resourceGroups/media/providers/Microsoft.App/containerApps/jellyfin#",
                "/subscriptions/s/resourceGroups/media/providers/Microsoft.App/containerApps/jellyfin/",
                "/subscriptions/s/resourceGroups/media/providers/Microsoft.App/containerApps/jellyfin/revisions/r",
                "/subscriptions/s/resourceGroups/media/providers/Microsoft.App/containerApps/a;b",
                "/subscriptions/s/resourceGroups/media/providers/Microsoft.App/containerApps/$(id)",
                "/subscriptions/s/resourceGroups/media/providers/Microsoft.App/containerApps/x'",
                "/subscriptions/s/resourceGroups/media/providers/Microsoft.App/containerApps/x],namespaces:[*",
                "/subscriptions/s/resourceGroups/media//providers/Microsoft.App/containerApps/jellyfin",
                "/subscriptions/s/resourceGroups/media2/providers/Microsoft.App/containerApps/jellyfin",
                "/subscriptions/s2/resourceGroups/media/providers/Microsoft.App/containerApps/jellyfin",
                "https://management.azure.com/subscriptions/s/resourceGroups/media/providers/Microsoft.App/containerApps/x",
                "/subscriptions/s/resourceGroups/media"
            })
    void no_id_leads_to_another_app(String id) {
        assertThat(app(id)).isInstanceOf(ScopeVerdict.Denied.class);
    }

    private static ScopeVerdict image(String image) {
        return judge(new Wish("media", APP, ACCOUNT + "/backups/family", IDENTITY, image));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghcr.io/jellykeep/agent-evil",
                "ghcr.io/jellykeep/agent-evil:1.0",
                "ghcr.io/jellykeep/agent/evil:1.0",
                "ghcr.io/jellykeep/agent:1.0/evil",
                "ghcr.io/jellykeep/agent:1.0/../evil:2",
                "ghcr.io/jellykeep/evil@sha256:ghcr.io/jellykeep/agent",
                "evil.example/ghcr.io/jellykeep/agent:1.0",
                "ghcr.io.evil.example/jellykeep/agent:1.0",
                "ghcr.io:5000/jellykeep/agent:1.0",
                "GHCR.IO/jellykeep/agent:1.0",
                "jellykeep/agent:1.0",
                "ghcr.io/jellykeep/agent ",
                " ghcr.io/jellykeep/agent",
                "ghcr.io//jellykeep/agent:1",
                "ghcr.io/jellykeep/agent@evil/x",
                "ghcr.io/jellykeep/agent:@",
                "@ghcr.io/jellykeep/agent"
            })
    void no_image_is_taken_for_another_one(String image) {
        assertThat(image(image)).isInstanceOf(ScopeVerdict.Denied.class);
    }

    private static ScopeVerdict identity(StorageIdentity identity) {
        StorageSpec storage = new StorageSpec(ACCOUNT, "backups", "family", identity);
        return judge(Wish.of("media", spec(APP, storage, null)));
    }

    @Test
    void an_identity_that_is_two_at_once_is_none() {
        assertThat(identity(new StorageIdentity(IDENTITY, null, null))).isInstanceOf(ScopeVerdict.Allowed.class);
        assertThat(identity(new StorageIdentity(null, null, "archive"))).isInstanceOf(ScopeVerdict.Allowed.class);
        for (StorageIdentity two : List.of(
                new StorageIdentity(IDENTITY, null, "other"),
                new StorageIdentity(IDENTITY, true, null),
                new StorageIdentity(null, true, "archive"),
                new StorageIdentity(IDENTITY, null, "archive"),
                new StorageIdentity(null, null, null),
                new StorageIdentity(null, false, null))) {
            assertThat(identity(two)).as("%s", two).isInstanceOf(ScopeVerdict.Denied.class);
        }
    }

    @Test
    void no_identity_is_taken_for_another_one() {
        for (StorageIdentity other : List.of(
                new StorageIdentity(IDENTITY + "/", null, null),
                new StorageIdentity(IDENTITY + "2", null, null),
                new StorageIdentity(IDENTITY.replace("backup", "x/../backup"), null, null),
                new StorageIdentity("secret:archive", null, null),
                new StorageIdentity("system", null, null),
                new StorageIdentity(null, true, null),
                new StorageIdentity(null, null, "archive2"),
                new StorageIdentity(null, null, "system"))) {
            assertThat(identity(other)).as("%s", other).isInstanceOf(ScopeVerdict.Denied.class);
        }
    }

    @Test
    void an_admin_who_copies_the_proposed_line_allows_nothing_but_what_it_shows() {
        Wish wish = new Wish(
                "media", APP, ACCOUNT + "/backups/x], resourceIdPrefixes: [/subscriptions/s], y: [\"'", IDENTITY, null);
        assertThat(judge(wish))
                .isInstanceOfSatisfying(
                        ScopeVerdict.Denied.class,
                        denied -> assertThat(denied.sentence())
                                .contains("storagePrefixes: [\"" + ACCOUNT
                                        + "/backups/x], resourceIdPrefixes: [/subscriptions/s], y: [\\\"'\"]"));
        assertThat(ScopeVerdict.judge(wish, List.of()))
                .isInstanceOfSatisfying(
                        ScopeVerdict.Denied.class,
                        denied -> assertThat(denied.sentence()).contains("y: [\\\"'\"], identities:"));
    }
}
