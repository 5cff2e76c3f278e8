package dev.jellykeep.operator.arm.azure;

import dev.jellykeep.operator.arm.ArmException;
import dev.jellykeep.operator.arm.ArmException.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Turns faults into one sentence that says what failed, on what, and what to do; never with a secret.
final class Sentences {
    private final ArmEndpoint endpoint;
    private final ArmCredential credential;
    private final Supplier<Optional<String>> principal;

    Sentences(ArmEndpoint endpoint, ArmCredential credential, Supplier<Optional<String>> principal) {
        this.endpoint = endpoint;
        this.credential = credential;
        this.principal = principal;
    }

    /// Makes the exception for a fault.
    ///
    /// @param what an infinitive without "to" and its object, such as `read container app
    ///     /subscriptions/…`
    ArmException exception(String what, Fault fault, Duration tried) {
        var words = Words.of(fault);
        return switch (fault) {
            case Fault.Refused refused -> refused(what, refused, words, tried);
            case Fault.OutOfTurn(var wait) ->
                of(
                        Kind.THROTTLED,
                        what,
                        fault,
                        wait,
                        null,
                        "this subscription's turns are taken for " + seconds(wait) + "; wait, or reconcile less often");
            case Fault.NotConnected(var cause) -> unreachable(what, fault, words, tried, cause);
            case Fault.Lost(var cause) -> unreachable(what, fault, words, tried, cause);
            case Fault.NoSuchHost(var cause) ->
                of(
                        Kind.UNREACHABLE,
                        what,
                        fault,
                        null,
                        cause,
                        "the host " + endpoint.url().getHost()
                                + " is unknown; check this network's DNS, or AZURE_RESOURCE_MANAGER_ENDPOINT");
            case Fault.Untrusted(var cause) ->
                of(
                        Kind.INVALID,
                        what,
                        fault,
                        null,
                        cause,
                        words + "; add the certificate of whoever answers to the"
                                + " trusted ones, or correct AZURE_RESOURCE_MANAGER_ENDPOINT");
            case Fault.NoToken(var why, var _, var cause) ->
                of(Kind.NO_CREDENTIAL, what, fault, null, cause, why + remedyForNoToken());
            case Fault.NotArm _ ->
                of(
                        Kind.INVALID,
                        what,
                        fault,
                        null,
                        null,
                        "something that is no ARM answers (" + words + "); check the"
                                + " proxy on the way, and AZURE_RESOURCE_MANAGER_ENDPOINT");
            case Fault.ForeignUrl(var host) ->
                of(
                        Kind.INVALID,
                        what,
                        fault,
                        null,
                        null,
                        "it leads to " + host + ", where no token is sent; check the"
                                + " proxy on the way, and AZURE_RESOURCE_MANAGER_ENDPOINT");
            case Fault.Interrupted _ ->
                of(
                        Kind.UNREACHABLE,
                        what,
                        fault,
                        null,
                        null,
                        "it was interrupted; nothing is wrong if this program is" + " ending");
            case Fault.Strange(var cause) ->
                of(
                        Kind.INVALID,
                        what,
                        fault,
                        null,
                        cause,
                        "something unforeseen happened (" + words + "); please" + " report it");
        };
    }

    /// For a write whose end nobody knows.
    String unknown(String what, Fault fault) {
        return "Can't tell whether ARM did " + what + " (" + Words.of(fault) + "): read it again and look.";
    }

    private ArmException refused(String what, Fault.Refused fault, String words, Duration tried) {
        return switch (fault.status()) {
            case 429 ->
                of(
                        Kind.THROTTLED,
                        what,
                        fault,
                        said(fault.retryAfter()),
                        null,
                        "ARM asks to slow down (" + words + "); wait " + seconds(fault.retryAfter()));
            case 401 ->
                of(
                        Kind.UNAUTHENTICATED,
                        what,
                        fault,
                        null,
                        null,
                        "ARM doesn't accept " + who() + " (" + words
                                + said(fault) + "); check that it is of the tenant that owns the subscription, and that"
                                + " AZURE_AUTHORITY_HOST and AZURE_RESOURCE_MANAGER_AUDIENCE fit " + endpoint.url());
            case 403 -> forbidden(what, fault, words);
            case 407 ->
                of(
                        Kind.INVALID,
                        what,
                        fault,
                        null,
                        null,
                        "the proxy on the way wants a user and a password (407);" + " name "
                                + endpoint.url().getHost() + " among those that need no proxy");
            default ->
                fault.passing()
                        ? unreachable(what, fault, words, tried, null)
                        : of(
                                Kind.INVALID,
                                what,
                                fault,
                                null,
                                null,
                                fault.byArm()
                                        ? "ARM refuses the request (" + words + said(fault)
                                                + "); check the id, and report it" + " if it is right"
                                        : "something that is no ARM answers (" + words
                                                + "); check the proxy on the way, and"
                                                + " AZURE_RESOURCE_MANAGER_ENDPOINT");
        };
    }

    private ArmException forbidden(String what, Fault.Refused fault, String words) {
        var remedy = Grant.in(fault.message(), principal.get())
                .map(grant -> "give it the role, which takes up to 10 minutes to spread: "
                        + grant.command(credential instanceof ArmCredential.AzureCli))
                .orElse(
                        fault.byArm()
                                ? "see the policies and locks of the resource group"
                                : "see what firewall or proxy answers instead of ARM");
        return of(
                Kind.FORBIDDEN,
                what,
                fault,
                null,
                null,
                who() + " may not do this (" + words + said(fault) + "); " + remedy);
    }

    private ArmException unreachable(
            String what, Fault fault, String words, Duration tried, @Nullable Throwable cause) {
        var wait = fault instanceof Fault.Refused refused ? said(refused.retryAfter()) : null;
        return of(
                Kind.UNREACHABLE,
                what,
                fault,
                wait,
                cause,
                "ARM gave no good answer for " + seconds(tried) + " (" + words + "); wait, or check the network");
    }

    private static ArmException of(
            Kind kind,
            String what,
            Fault fault,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause,
            String rest) {
        return new ArmException(kind, "Can't " + what + ": " + rest + ".", retryAfter, fault.requestId(), cause);
    }

    private static String seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds()) + " s";
    }

    private static @Nullable Duration said(Duration retryAfter) {
        return retryAfter.isZero() ? null : retryAfter;
    }

    private static String said(Fault.Refused fault) {
        return fault.message().isEmpty() ? "" : ": " + fault.message().replaceAll("[.\\s]+$", "");
    }

    private String who() {
        return switch (credential) {
            case ArmCredential.WorkloadIdentity(var clientId, var _, var _) -> "the workload identity " + clientId;
            case ArmCredential.ClientSecret(var clientId, var _, var _) -> "the service principal " + clientId;
            case ArmCredential.ClientCertificate certificate -> "the service principal " + certificate.clientId();
            case ArmCredential.AzureCli _ -> "who is logged in with az login";
            case ArmCredential.StaticToken _ -> "the token of JELLYKEEP_ARM_TOKEN";
            case ArmCredential.None _ -> "nobody";
        };
    }

    private String remedyForNoToken() {
        return switch (credential) {
            case ArmCredential.WorkloadIdentity _ ->
                "; check the federated credential of the identity: its subject must be"
                        + " system:serviceaccount:NAMESPACE:NAME of this pod";
            case ArmCredential.ClientSecret _ ->
                "; check AZURE_CLIENT_SECRET: az ad app credential list --id CLIENT-ID";
            case ArmCredential.ClientCertificate _ ->
                "; check AZURE_CLIENT_CERTIFICATE_PATH and AZURE_CLIENT_CERTIFICATE_PASSWORD";
            case ArmCredential.AzureCli _ -> "; run az login";
            case ArmCredential.StaticToken _, ArmCredential.None _ -> "";
        };
    }
}
