package dev.jellykeep.operator.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.api.ScopeSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScopeVerdictTest {
    private static final String GROUP = "/subscriptions/s/resourceGroups/rg";
    private static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    private static final String STORAGE = "https://st.blob.core.windows.net/backups/family";
    private static final String IDENTITY = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backup";
    private static final Wish WISH = new Wish("media", APP, STORAGE, IDENTITY, null);

    private static Scope scope(ScopeSpec spec) {
        return new Scope("family", spec);
    }

    private static ScopeSpec all() {
        return new ScopeSpec(
                List.of("media"),
                List.of(GROUP),
                List.of("https://st.blob.core.windows.net/backups"),
                List.of(IDENTITY),
                List.of("example.org/agent"));
    }

    private static ScopeVerdict judge(Wish wish, ScopeSpec... specs) {
        return ScopeVerdict.judge(
                wish, List.of(specs).stream().map(ScopeVerdictTest::scope).toList());
    }

    private static Wish with(String namespace, String app, String storage, String identity, @Nullable String image) {
        return new Wish(namespace, app, storage, identity, image);
    }

    @Test
    void whatIsListedIsAllowedInAnyCaseThatAzureTakes() {
        assertThat(judge(WISH, all())).isInstanceOf(ScopeVerdict.Allowed.class);
        assertThat(judge(
                        with(
                                "media",
                                APP.replace("resourceGroups", "resourcegroups").replace("jellyfin", "JELLYFIN"),
                                STORAGE.replace("https://st", "https://ST"),
                                IDENTITY.toUpperCase(java.util.Locale.ROOT),
                                "example.org/agent:1.2@sha256:00"),
                        all()))
                .isInstanceOf(ScopeVerdict.Allowed.class);
        assertThat(judge(WISH.as("x"), all())).isInstanceOf(ScopeVerdict.Denied.class);
    }

    @ParameterizedTest
    @CsvSource({
        "other, 0, 0, 0, 0, no ContainerAppScope is for namespace other",
        "media, /subscriptions/s/resourceGroups/rg2/providers/Microsoft.App/containerApps/a, 0, 0, 0, resourceIdPrefixes",
        "media, /subscriptions/s2/resourceGroups/rg/providers/Microsoft.App/containerApps/a, 0, 0, 0, resourceIdPrefixes",
        "media, 0, https://st.blob.core.windows.net/backups2, 0, 0, storagePrefixes",
        "media, 0, https://st.blob.core.windows.net/Backups/family, 0, 0, storagePrefixes",
        "media, 0, http://st.blob.core.windows.net/backups/family, 0, 0, storagePrefixes",
        "media, 0, https://st.blob.core.windows.net.evil.example/backups, 0, 0, storagePrefixes",
        "media, 0, 0, system, 0, identities",
        "media, 0, 0, secret:cs, 0, identities",
        "media, 0, 0, 0, example.org/agent2:1, imageRepositories",
        "media, 0, 0, 0, example.org/agent/evil:1, imageRepositories",
        "media, 0, 0, 0, example.org:443/agent, imageRepositories"
    })
    void whatIsNotListedIsDeniedAndTheLineIsNamed(
            String namespace, String app, String storage, String identity, String image, String named) {
        Wish wish = with(
                namespace,
                app.equals("0") ? APP : app,
                storage.equals("0") ? STORAGE : storage,
                identity.equals("0") ? IDENTITY : identity,
                image.equals("0") ? null : image);
        assertThat(judge(wish, all()))
                .isInstanceOfSatisfying(
                        ScopeVerdict.Denied.class,
                        denied -> assertThat(denied.sentence()).contains(named));
    }

    @Test
    void anEmptyListAllowsNothing() {
        List<String> none = List.of();
        ScopeSpec all = all();
        for (ScopeSpec lacking : List.of(
                new ScopeSpec(none, all.resourceIdPrefixes(), all.storagePrefixes(), all.identities(), none),
                new ScopeSpec(all.namespaces(), none, all.storagePrefixes(), all.identities(), none),
                new ScopeSpec(all.namespaces(), all.resourceIdPrefixes(), none, all.identities(), none),
                new ScopeSpec(all.namespaces(), all.resourceIdPrefixes(), all.storagePrefixes(), none, none))) {
            assertThat(judge(WISH, lacking)).as("%s", lacking).isInstanceOf(ScopeVerdict.Denied.class);
        }
        assertThat(judge(
                        with("media", APP, STORAGE, IDENTITY, "example.org/agent:1"),
                        new ScopeSpec(
                                all.namespaces(),
                                all.resourceIdPrefixes(),
                                all.storagePrefixes(),
                                all.identities(),
                                none)))
                .isInstanceOf(ScopeVerdict.Denied.class);
    }

    @Test
    void twoScopesThatAllowHalfEachAllowNothing() {
        ScopeSpec all = all();
        ScopeSpec apps =
                new ScopeSpec(all.namespaces(), all.resourceIdPrefixes(), List.of(), all.identities(), List.of());
        ScopeSpec places =
                new ScopeSpec(all.namespaces(), List.of(), all.storagePrefixes(), all.identities(), List.of());
        assertThat(judge(WISH, apps, places)).isInstanceOf(ScopeVerdict.Denied.class);
        assertThat(judge(WISH, apps, places, all)).isInstanceOf(ScopeVerdict.Allowed.class);
    }

    @Test
    void withoutAnyScopeTheSentenceHoldsOneToApply() {
        assertThat(ScopeVerdict.judge(WISH, List.of()))
                .isInstanceOfSatisfying(
                        ScopeVerdict.Denied.class,
                        denied -> assertThat(denied.sentence())
                                .contains("kind: ContainerAppScope", APP, STORAGE, IDENTITY));
    }
}
