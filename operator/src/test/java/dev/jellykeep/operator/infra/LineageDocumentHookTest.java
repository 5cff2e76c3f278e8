package dev.jellykeep.operator.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.blob.StorageAccount;
import dev.jellykeep.sandbox.certificate.ServerCertificate;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identity;
import dev.jellykeep.sandbox.identity.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The hook of `azd up`, against a storage account that takes tokens alone and asks for roles.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LineageDocumentHookTest {
    private static final String APP =
            Deployment.SUBSCRIPTION + "/resourceGroups/rg-family/providers/Microsoft.App/containerApps/jellyfin";
    private static final String LINEAGE =
            LineageId.ofApp(AppResourceId.parse(APP).orThrow()).toString();
    private static final int ATTEMPTS = 5;

    @TempDir
    Path work;

    /// Requests until the role is known.
    private final AtomicInteger refusals = new AtomicInteger();

    private StorageAccount account;
    private String token = "";
    private String container = "";
    private final AtomicInteger containers = new AtomicInteger();
    private ServerCertificate certificate;

    /// @param code exit code
    private record Ended(int code, String said) {}

    @BeforeAll
    void start(@TempDir Path work) {
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Azurite.missing().isEmpty(), () -> Azurite.missing().orElse(""));
        }
        certificate = ServerCertificate.create(work.resolve("certificate"), List.of("localhost"), List.of("127.0.0.1"));
        var tokens = new Tokens(InstantSource.system(), new byte[32]);
        account = StorageAccount.start(
                Deployment.SUBSCRIPTION + "/resourceGroups/rg-family/providers/Microsoft.Storage/storageAccounts/st",
                InetAddress.getLoopbackAddress(),
                null,
                certificate,
                tokens,
                (_, _, _) -> refusals.getAndDecrement() <= 0,
                InstantSource.system());
        token = tokens.issue(new Identity("person", "client", "person"), "https://storage.azure.com")
                .value();
    }

    @BeforeEach
    void signIn() throws IOException {
        container = "backups-" + containers.incrementAndGet();
        account.create(container);
        refusals.set(0);
        azd("#!/bin/sh\necho '{\"token\": \"" + token + "\", \"expiresOn\": \"2099-01-01T00:00:00Z\"}'\n");
    }

    @AfterAll
    void stop() {
        if (account != null) {
            account.close();
        }
    }

    private void azd(String script) throws IOException {
        Path azd = Files.createDirectories(work.resolve("bin")).resolve("azd");
        Files.writeString(azd, script);
        assertThat(azd.toFile().setExecutable(true)).isTrue();
    }

    private Ended hook(Map<String, String> more) throws IOException, InterruptedException {
        Path said = work.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        Azd.INFRA
                                .resolve("hooks/lineage-document.sh")
                                .toAbsolutePath()
                                .toString())
                .directory(Azd.INFRA.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        Map<String, String> environment = builder.environment();
        environment.putAll(Map.of(
                "JELLYKEEP_ACCOUNT_URL",
                account.url().toString(),
                "JELLYKEEP_CONTAINER",
                container,
                "JELLYKEEP_LINEAGE",
                LINEAGE,
                "JELLYFIN_APP_ID",
                APP,
                "CURL_CA_BUNDLE",
                certificate.authority().toString(),
                "LINEAGE_DOCUMENT_PAUSE",
                "0",
                "LINEAGE_DOCUMENT_ATTEMPTS",
                Integer.toString(ATTEMPTS),
                "PATH",
                work.resolve("bin") + ":" + System.getenv("PATH")));
        environment.putAll(more);
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("the hook ends").isTrue();
        return new Ended(process.exitValue(), Files.readString(said));
    }

    @Test
    void aNewServersFirstStartFindsADocumentThatSaysThatThereWasNoBackup() throws Exception {
        refusals.set(3);
        Ended ended = hook(Map.of());
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("HTTP 403", "a new role takes up to ten minutes", LINEAGE + " created");
        byte[] written = document();
        LineageDocument document = ((LineageText.Parsed.Readable) LineageText.parse(written)).document();
        assertThat(document.hasNoArchives()).isTrue();
        assertThat(document.sealed()).isTrue();
        assertThat(document.app()).isEqualTo(AppResourceId.parse(APP).orThrow().value());
        assertThat(new String(LineageText.print(document), StandardCharsets.UTF_8).strip())
                .as("as `jellykeep init` writes it")
                .isEqualTo(new String(written, StandardCharsets.UTF_8));
    }

    @Test
    void aLineageThatIsThereIsNeverReplaced() throws Exception {
        String there = "{\"format\":1,\"lineage\":\"" + LINEAGE.toUpperCase(Locale.ROOT) + "\",\"epoch\":7}";
        account.put(container, "lineage.json", there.getBytes(StandardCharsets.UTF_8));
        Ended ended = hook(Map.of());
        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("is there already");
        assertThat(document()).asString(StandardCharsets.UTF_8).isEqualTo(there);
    }

    /// An empty document would tell the next start that no archive counts, where the archives could rebuild it.
    @ParameterizedTest
    @ValueSource(strings = {"backup-20261129120000.tar.gz", "forks/replica/backup-20261129120000.tar.gz"})
    void archivesWithoutADocumentAreNotANewServers(String archive) throws Exception {
        account.put(container, archive, new byte[] {1});
        Ended ended = hook(Map.of());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains("jellykeep init --lineage " + LINEAGE + " --app " + APP);
        assertThat(status("lineage.json")).isEqualTo(404);
    }

    @Test
    void anotherAppsArchivesAreNotTakenForTheServers() throws Exception {
        account.put(
                container,
                "lineage.json",
                "{\"format\":1,\"lineage\":\"33333333-3333-4333-8333-333333333333\"}".getBytes(StandardCharsets.UTF_8));
        Ended ended = hook(Map.of());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains("azd env set EXISTING_LINEAGE 33333333-3333-4333-8333-333333333333");
    }

    @Test
    void whoLacksTheRoleIsToldWhichOne() throws Exception {
        refusals.set(Integer.MAX_VALUE);
        Ended ended = hook(Map.of());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains("within " + ATTEMPTS + " attempts", "Storage Blob Data Contributor");
    }

    @Test
    void whoIsNotSignedInIsToldAtOnce() throws Exception {
        azd("#!/bin/sh\nexit 1\n");
        Ended ended = hook(Map.of());
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains("azd auth login");
    }

    @Test
    void whatAzdDidNotSetIsNamed() throws Exception {
        Ended ended = hook(Map.of("JELLYKEEP_LINEAGE", ""));
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains("JELLYKEEP_LINEAGE is not set");
    }

    @Test
    void nobodyReadsTheTokenInAListOfProcesses() throws Exception {
        Path curl = work.resolve("bin").resolve("curl");
        Files.writeString(curl, """
                #!/bin/sh
                cat >/dev/null
                echo "$@" >>'%s'
                case "$*" in *PUT*) echo 201 ;; *comp=list*) echo 200 ;; *) echo 404 ;; esac
                """.formatted(work.resolve("arguments")));
        assertThat(curl.toFile().setExecutable(true)).isTrue();
        assertThat(hook(new HashMap<>()).code()).isZero();
        assertThat(Files.readString(work.resolve("arguments")))
                .contains("--request PUT")
                .doesNotContain("Bearer");
    }

    private byte[] document() throws IOException, InterruptedException {
        HttpResponse<byte[]> reply = get("lineage.json");
        assertThat(reply.statusCode()).isEqualTo(200);
        return reply.body();
    }

    private int status(String blob) throws IOException, InterruptedException {
        return get(blob).statusCode();
    }

    private HttpResponse<byte[]> get(String blob) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(certificate.client()).build()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(account.url() + "/" + container + "/" + blob))
                            .header("Authorization", "Bearer " + token)
                            .header("x-ms-version", "2021-12-02")
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }
}
