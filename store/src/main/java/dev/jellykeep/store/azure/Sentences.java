package dev.jellykeep.store.azure;

import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreException.Kind;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns faults into one sentence that says what failed, on what, and what to do; never with a secret.
final class Sentences {
    private final Account account;
    private final AzureLocation location;
    private final Credential credential;
    private final OutboundProxy proxy;
    private final Supplier<Optional<String>> principal;

    Sentences(
            Account account,
            AzureLocation location,
            Credential credential,
            OutboundProxy proxy,
            Supplier<Optional<String>> principal) {
        this.proxy = proxy;
        this.account = account;
        this.location = location;
        this.credential = credential;
        this.principal = principal;
    }

    private Optional<String> proxied() {
        return proxy.to(account.url()).map(URI::getHost);
    }

    /// Account URL, container and prefix.
    String where() {
        var prefix = location.prefix();
        return account.url() + "/" + location.container() + (prefix.isEmpty() ? "" : "/" + prefix);
    }

    /// Makes the exception for a fault.
    ///
    /// @param what an infinitive without "to", such as `read lineage.json`
    StoreException exception(String what, Fault fault, Duration tried) {
        return switch (fault) {
            case Fault.Refused refused -> refused(what, refused, tried);
            case Fault.NotConnected(var cause) -> unreachable(what, fault, tried, cause);
            case Fault.Lost(var cause) -> unreachable(what, fault, tried, cause);
            case Fault.NoSuchHost(var cause) ->
                of(
                        Kind.NO_SUCH_HOST,
                        what,
                        proxied()
                                .map(proxy ->
                                        "the proxy's host " + proxy + " is unknown; correct http_proxy or https_proxy")
                                .orElse("the host " + account.url().getHost()
                                        + " is unknown; correct the account's name, or check this network's DNS"),
                        cause);
            case Fault.Untrusted(var cause) ->
                of(
                        Kind.INVALID,
                        what,
                        fault.words() + "; add the certificate of whoever answers to the trusted ones, or"
                                + " correct the account URL",
                        cause);
            case Fault.NoToken(var why, var _, var cause) -> of(Kind.NO_CREDENTIAL, what, why + noTokenRemedy(), cause);
            case Fault.Interrupted(var cause) -> {
                Thread.currentThread().interrupt();
                yield of(
                        Kind.UNREACHABLE,
                        what,
                        "it was interrupted; nothing is wrong if this program is ending",
                        cause);
            }
            case Fault.Strange(var cause) ->
                of(
                        Kind.INVALID,
                        what,
                        "something unforeseen happened (" + fault.words() + "); please report it",
                        cause);
        };
    }

    StoreException of(Kind kind, String what, String rest, @Nullable Throwable cause) {
        return new StoreException(kind, "Can't " + what + " in " + where() + ": " + rest + ".", cause);
    }

    private StoreException refused(String what, Fault.Refused fault, Duration tried) {
        var words = fault.words();
        return switch (fault.code()) {
            case "ContainerNotFound", "ContainerBeingDeleted", "ContainerDisabled" ->
                of(
                        Kind.NO_CONTAINER,
                        what,
                        "there is no such container (" + words + "); make it: az storage container"
                                + " create --name " + location.container() + " --account-name " + account.name()
                                + " --auth-mode login",
                        null);
            case "BlobNotFound", "ResourceNotFound" ->
                of(
                        Kind.NOT_FOUND,
                        what,
                        "there is no such blob (" + words + "); see what there is with jellykeep list",
                        null);
            case "BlobImmutableDueToPolicy" ->
                of(
                        Kind.IMMUTABLE,
                        what,
                        "an immutability policy or a legal hold forbids overwriting (" + words
                                + "); use a container without one, since lineage.json must be replaced",
                        null);
            case "AuthenticationFailed", "InvalidAuthenticationInfo", "NoAuthenticationInformation" ->
                of(
                        Kind.UNAUTHORIZED,
                        what,
                        "the service doesn't accept " + secret() + " (" + words + "); " + newSecret(),
                        null);
            case "KeyBasedAuthenticationNotPermitted" ->
                of(
                        Kind.FORBIDDEN,
                        what,
                        "the account allows no keys (" + words + "); remove the connection string and"
                                + " use a managed identity, or run az storage account update --name " + account.name()
                                + " --allow-shared-key-access true",
                        null);
            case "AuthorizationFailure" ->
                of(
                        Kind.FORBIDDEN,
                        what,
                        "the account's firewall refuses this network, or " + secret() + " lacks the"
                                + " permission (" + words + "); see az storage account show --name " + account.name()
                                + " --query networkRuleSet, or " + remedyForRights(),
                        null);
            case Refusals.NOT_A_BLOB_SERVICE ->
                of(
                        Kind.INVALID,
                        what,
                        "something that is no Blob service answers (" + fault.status() + "); correct the"
                                + " account URL, or the proxy on the way",
                        null);
            case "LeaseIdMissing", "LeaseIdMismatchWithBlobOperation" ->
                of(
                        Kind.INVALID,
                        what,
                        "somebody holds a lease on the blob (" + words + "); end it with az storage blob"
                                + " lease break",
                        null);
            case "BlobArchived", "BlobBeingRehydrated" ->
                of(
                        Kind.INVALID,
                        what,
                        "the blob is in the archive tier (" + words + "); bring it back first, which takes"
                                + " hours: az storage blob set-tier --tier Hot",
                        null);
            default -> byStatus(what, fault, tried);
        };
    }

    private StoreException byStatus(String what, Fault.Refused fault, Duration tried) {
        var words = fault.words();
        return switch (fault.status()) {
            case 401 ->
                of(
                        Kind.UNAUTHORIZED,
                        what,
                        "the service doesn't accept " + secret() + " (" + words + "); " + newSecret(),
                        null);
            case 407 ->
                of(
                        Kind.INVALID,
                        what,
                        "the proxy on the way wants a user and a password (407); write them into http_proxy or"
                                + " https_proxy as http://USER:PASSWORD@HOST:PORT, or name "
                                + account.url().getHost()
                                + " in no_proxy",
                        null);
            case 403 ->
                of(Kind.FORBIDDEN, what, secret() + " may not do this (" + words + "); " + remedyForRights(), null);
            case 404 ->
                of(Kind.NOT_FOUND, what, "there is no such blob or container (" + words + "); check the names", null);
            case 412 -> of(Kind.CHANGED, what, "the blob was replaced meanwhile (" + words + "); read it again", null);
            default ->
                fault.passing()
                        ? unreachable(what, fault, tried, null)
                        : of(
                                Kind.INVALID,
                                what,
                                "the service refuses the request (" + words + "); check that " + account.url()
                                        + " is a Blob endpoint, and report it if it is",
                                null);
        };
    }

    private StoreException unreachable(String what, Fault fault, Duration tried, @Nullable Throwable cause) {
        return of(
                Kind.UNREACHABLE,
                what,
                "the service gave no good answer for " + Math.max(1, tried.toSeconds()) + " s (" + fault.words()
                        + "); wait, or check "
                        + proxied().map(proxy -> "the proxy " + proxy + ", ").orElse("")
                        + "the network and the account URL",
                cause);
    }

    private String secret() {
        return switch (credential) {
            case Credential.ConnectionString _ when account.key() != null -> "the connection string's account key";
            case Credential.ConnectionString _ -> "the connection string's SAS";
            case Credential.Sas _ -> "the SAS";
            case Credential.ManagedIdentity(var clientId, var _) ->
                (clientId == null
                                ? "the system-assigned managed identity"
                                : "the managed identity with client id " + clientId)
                        + principalWords();
            case Credential.WorkloadIdentity(var clientId, var _, var _) ->
                "the workload identity with client id " + clientId + principalWords();
            case Credential.ClientSecret principal ->
                "the service principal with client id " + principal.clientId() + principalWords();
            case Credential.ClientCertificate principal ->
                "the service principal with client id " + principal.clientId() + principalWords();
            case Credential.AzureCli _ -> "the identity of az login" + principalWords();
            case Credential.None _ -> "a request without credential";
        };
    }

    private String principalWords() {
        return principal.get().map(id -> " (object id " + id + ")").orElse("");
    }

    private String newSecret() {
        return switch (credential) {
            case Credential.ConnectionString _
            when account.key() != null ->
                "copy a current one from az storage account show-connection-string --name " + account.name();
            case Credential.ConnectionString _, Credential.Sas _ ->
                SasExpiry.of(account.sas())
                                .map(end -> "it ends at " + end + "; ")
                                .orElse("")
                        + "make a new one: az storage container generate-sas --account-name " + account.name()
                        + " --name "
                        + location.container() + " --permissions racwdl --expiry TIME";
            default -> "check that the identity is of the tenant that owns the account " + account.name();
        };
    }

    private String remedyForRights() {
        return switch (credential) {
            case Credential.ConnectionString _
            when account.key() != null ->
                "allow this network: az storage account network-rule add --account-name " + account.name()
                        + " --ip-address ADDRESS";
            case Credential.ConnectionString _, Credential.Sas _ -> newSecret();
            case Credential.ManagedIdentity(var clientId, var _) -> roleFor(clientId);
            case Credential.WorkloadIdentity(var clientId, var _, var _) -> roleFor(clientId);
            case Credential.ClientSecret principal -> roleFor(principal.clientId());
            case Credential.ClientCertificate principal -> roleFor(principal.clientId());
            case Credential.AzureCli _, Credential.None _ -> roleFor(null);
        };
    }

    private String roleFor(@Nullable String clientId) {
        var assignee = principal.get().orElse(clientId == null ? "OBJECT-ID" : clientId);
        return "give it the role, which takes up to 10 minutes to spread: az role assignment create --role \"Storage Blob"
                + " Data Contributor\" --assignee " + assignee + " --scope \"$(az storage account show --name "
                + account.name() + " --query id --output tsv)/blobServices/default/containers/" + location.container()
                + "\"";
    }

    private String noTokenRemedy() {
        return switch (credential) {
            case Credential.AzureCli _ -> "; run az login, or set AZURE_STORAGE_CONNECTION_STRING";
            case Credential.ManagedIdentity(var _, var endpoint)
            when endpoint == null ->
                "; assign a managed identity to this machine, or set AZURE_STORAGE_CONNECTION_STRING";
            case Credential.ManagedIdentity _ ->
                "; it may still be starting, and environments without the Consumption workload profile have none in init"
                        + " containers: there, set AZURE_STORAGE_CONNECTION_STRING from an app secret";
            case Credential.WorkloadIdentity _ ->
                "; check the federated credential of the identity, or set AZURE_STORAGE_CONNECTION_STRING";
            case Credential.ClientSecret principal ->
                "; check AZURE_CLIENT_SECRET and AZURE_TENANT_ID: az ad app credential list --id "
                        + principal.clientId();
            case Credential.ClientCertificate _ ->
                "; check AZURE_CLIENT_CERTIFICATE_PATH and AZURE_CLIENT_CERTIFICATE_PASSWORD";
            default -> "";
        };
    }
}
