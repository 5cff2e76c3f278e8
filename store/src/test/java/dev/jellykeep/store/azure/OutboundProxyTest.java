package dev.jellykeep.store.azure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreOptions;
import dev.jellykeep.store.azure.ScriptedService.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(15)
class OutboundProxyTest {
    private static final URI ACCOUNT = URI.create("http://stfamily.blob.invalid");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https_proxy=http://p:3128|https://st.blob.core.windows.net|http://p:3128",
                "HTTPS_PROXY=p:3128|https://st.blob.core.windows.net|http://p:3128",
                "https_proxy=http://a:1 HTTPS_PROXY=http://b:2|https://st.blob.core.windows.net|http://a:1",
                "http_proxy=http://p:3128|https://st.blob.core.windows.net|",
                "http_proxy=http://p:3128|http://azurite.example:10000/a|http://p:3128",
                "http_proxy=http://p:3128|http://127.0.0.1:10000/a|",
                "http_proxy=http://p:3128|http://localhost:10000/a|",
                "http_proxy=http://p:3128|http://[::1]:10000/a|",
                "https_proxy=http://p:3128 no_proxy=.core.windows.net|https://st.blob.core.windows.net|",
                "https_proxy=http://p:3128 NO_PROXY=x,*.windows.net|https://st.blob.core.windows.net|",
                "https_proxy=http://p:3128 no_proxy=indows.net|https://st.blob.core.windows.net|http://p:3128",
                "https_proxy=http://p:3128 no_proxy=st.blob.core.windows.net:443|https://st.blob.core.windows.net|",
                "https_proxy=http://p:3128 no_proxy=fd00::1|https://[fd00::1]/a|",
                "https_proxy=http://p:3128 no_proxy=*|https://st.blob.core.windows.net|",
                "http_proxy=http://p:3128 no_proxy=azurite:10000|http://azurite:10000/a|",
                "https_proxy=|https://st.blob.core.windows.net|",
            })
    void is_chosen_as_curl_and_az_do(String environment, String target, String proxy) {
        var variables = new HashMap<String, String>();
        for (var each : environment.split(" ", -1)) {
            variables.put(each.split("=", 2)[0], each.split("=", 2)[1]);
        }
        var chosen = OutboundProxy.fromEnvironment(variables).to(URI.create(target));
        assertThat(chosen.map(URI::toString).orElse(null)).isEqualTo(proxy);
    }

    @Test
    void a_family_behind_a_proxy_reaches_its_archives() throws IOException {
        try (var proxy = new ScriptedService(Answer.error(404, "BlobNotFound"));
                var store = open(Map.of("HTTP_PROXY", proxy.url().toString()))) {
            assertThat(store.read("lineage.json")).isEmpty();
            assertThat(proxy.requests).containsExactly("GET " + ACCOUNT + "/backups/lineage.json?sig=x");
        }
    }

    @Test
    void a_proxy_that_wants_a_password_gets_it() throws IOException {
        try (var proxy = new ScriptedService(Answer.error(404, "BlobNotFound"));
                var store = open(Map.of("http_proxy", proxy.url().toString().replace("//", "//anna:p%40ss@")))) {
            assertThat(store.read("lineage.json")).isEmpty();
            assertThat(proxy.proxyAuthorizations)
                    .containsExactly("Basic " + Base64.getEncoder().encodeToString("anna:p@ss".getBytes(UTF_8)));
        }
    }

    @Test
    void a_proxy_that_refuses_is_told_as_one() throws IOException {
        try (var proxy = new ScriptedService(new Answer(407, Map.of("Proxy-Authenticate", "Basic realm=\"p\""), ""));
                var store = open(Map.of("http_proxy", proxy.url().toString()))) {
            assertThatThrownBy(() -> store.read("lineage.json"))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("the proxy on the way wants a user and a password (407)")
                    .hasMessageContaining("http_proxy");
        }
    }

    @Test
    void a_proxy_that_wants_another_password_never_gets_a_swap_twice() throws IOException {
        try (var proxy = new ScriptedService(new Answer(407, Map.of("Proxy-Authenticate", "Basic realm=\"p\""), ""));
                var store = open(Map.of("http_proxy", proxy.url().toString().replace("//", "//anna:wrong@")))) {
            assertThatThrownBy(() -> store.compareAndSwap("lineage.json", new byte[1], "\"0x1\""))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("wants a user and a password (407)")
                    .hasMessageNotContaining("wrong");
            assertThat(proxy.requests).hasSize(1);
        }
    }

    @Test
    void the_password_reaches_a_proxy_that_tunnels_and_its_refusal_is_told() throws IOException {
        try (var proxy = new RawService(
                "HTTP/1.1 407 x\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n")) {
            var url = URI.create(proxy.url().toString().replace("//", "//anna:secret@"));
            assertThat(ProxiedProcess.outputWith(url))
                    .contains("the proxy on the way wants a user and a password (407)")
                    .doesNotContain("secret");
            assertThat(proxy.requests)
                    .singleElement()
                    .asString()
                    .startsWith("connect st.example:443")
                    .contains("proxy-authorization: basic ");
        }
    }

    @Test
    void a_proxy_without_address_is_not_told_as_a_wrong_account() {
        try (var store = open(Map.of("http_proxy", "http://proxy.invalid:3128"))) {
            assertThatThrownBy(() -> store.read("lineage.json"))
                    .hasMessageContaining("the proxy's host proxy.invalid is unknown; correct http_proxy");
        }
    }

    @Test
    void a_proxy_that_does_not_answer_is_named() {
        try (var store = open(Map.of("http_proxy", "http://anna:SECRET@127.0.0.1:1"))) {
            assertThatThrownBy(() -> store.read("lineage.json"))
                    .hasMessageContaining("check the proxy 127.0.0.1, the network and the account URL")
                    .hasMessageNotContaining("SECRET");
        }
    }

    @Test
    void what_is_no_proxy_is_told_without_its_password() {
        for (var wrong : new String[] {"socks5://anna:SECRET@p:1", "http://anna:SECRET@", "anna:SEC RET@p"}) {
            assertThatThrownBy(() -> open(Map.of("http_proxy", wrong)))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.INVALID))
                    .hasMessageContaining("HTTP_PROXY is no address of an HTTP proxy: write it as http://HOST:PORT")
                    .hasMessageNotContaining("SEC");
        }
    }

    private static AzureBlobStore open(Map<String, String> environment) {
        return AzureBlobStore.open(
                new AzureLocation(ACCOUNT, "backups", ""),
                new Credential.Sas("sig=x"),
                OutboundProxy.fromEnvironment(environment),
                new StoreOptions(Duration.ofSeconds(1), Duration.ofSeconds(5), 2));
    }
}
