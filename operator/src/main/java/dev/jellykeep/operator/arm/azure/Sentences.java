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
    private final Caller caller;
    private final Supplier<Optional<String>> principal;

    Sentences(ArmEndpoint endpoint, ArmCredential credential, Supplier<Optional<String>> principal) {
        this.endpoint = endpoint;
        this.caller = new Caller(credential);
        this.principal = principal;
    }

    /// What a fault comes to.
    ///
    /// @param rest what is wrong and what to do, without a full stop
    private record Verdict(Kind kind, @Nullable Duration retryAfter, String rest) {
        Verdict(Kind kind, String rest) {
            this(kind, null, rest);
        }
    }

    /// Makes the exception for a fault.
    ///
    /// @param what an infinitive without "to" and its object, such as `read container app
    ///     /subscriptions/…`
    ArmException exception(String what, Fault fault, Duration tried) {
        var verdict = verdict(fault, tried);
        return new ArmException(
                verdict.kind,
                "Can't " + what + ": " + verdict.rest + ".",
                verdict.retryAfter,
                fault.requestId(),
                fault.thrown());
    }

    /// For a write whose end nobody knows.
    String unknown(String what, Fault fault) {
        return "Can't tell whether ARM did " + what + " (" + Words.of(fault) + "): read it again and look.";
    }

    private Verdict verdict(Fault fault, Duration tried) {
        var words = Words.of(fault);
        return switch (fault) {
            case Fault.Refused refused -> refused(refused, words, tried);
            case Fault.OutOfTurn(var wait) -> {
                var rest = "this subscription's turns are taken for " + seconds(wait);
                yield new Verdict(Kind.THROTTLED, wait, rest + "; wait, or reconcile less often");
            }
            case Fault.NotConnected _, Fault.Lost _ -> unreachable(null, words, tried);
            case Fault.NoSuchHost _ -> {
                var rest = "the host " + endpoint.url().getHost() + " is unknown; check this network's DNS, or ";
                yield new Verdict(Kind.UNREACHABLE, rest + "AZURE_RESOURCE_MANAGER_ENDPOINT");
            }
            case Fault.Untrusted _ -> {
                var rest = words + "; add the certificate of whoever answers to the trusted ones, or correct ";
                yield new Verdict(Kind.INVALID, rest + "AZURE_RESOURCE_MANAGER_ENDPOINT");
            }
            case Fault.NoToken(var why, var passing, var _) ->
                passing
                        ? new Verdict(Kind.UNREACHABLE, why + "; wait, or check the network and AZURE_AUTHORITY_HOST")
                        : new Verdict(Kind.NO_CREDENTIAL, why + caller.remedyForNoToken());
            case Fault.NotArm _ -> notArm(words);
            case Fault.ForeignUrl(var host) ->
                new Verdict(Kind.INVALID, "it leads to " + host + ", where no token is sent" + checkTheWay());
            case Fault.Interrupted _ ->
                new Verdict(Kind.UNREACHABLE, "it was interrupted; nothing is wrong if this program is ending");
            case Fault.Strange _ ->
                new Verdict(Kind.INVALID, "something unforeseen happened (" + words + "); please report it");
        };
    }

    private Verdict refused(Fault.Refused fault, String words, Duration tried) {
        var retryAfter = fault.retryAfter().isZero() ? null : fault.retryAfter();
        return switch (fault.status()) {
            case 429 -> {
                var rest = "ARM asks to slow down (" + words + "); wait " + seconds(fault.retryAfter());
                yield new Verdict(Kind.THROTTLED, retryAfter, rest);
            }
            case 401 -> {
                var rest = "ARM doesn't accept " + caller.name() + " (" + words + said(fault) + "); check that it is of"
                        + " the tenant that owns the subscription, and that AZURE_AUTHORITY_HOST and"
                        + " AZURE_RESOURCE_MANAGER_AUDIENCE fit ";
                yield new Verdict(Kind.UNAUTHENTICATED, rest + endpoint.url());
            }
            case 403 ->
                new Verdict(
                        Kind.FORBIDDEN,
                        caller.name() + " may not do this (" + words + said(fault) + "); " + remedyForRights(fault));
            case 407 -> {
                var rest = "the proxy on the way wants a user and a password (407); name ";
                yield new Verdict(
                        Kind.INVALID, rest + endpoint.url().getHost() + " among the hosts that need no proxy");
            }
            default -> {
                if (fault.passing()) {
                    yield unreachable(retryAfter, words, tried);
                }
                var rest = "ARM refuses the request (" + words + said(fault) + "); check the id, and report it if it";
                yield fault.byArm() ? new Verdict(Kind.INVALID, rest + " is right") : notArm(words);
            }
        };
    }

    private String remedyForRights(Fault.Refused fault) {
        return Grant.in(fault.message(), principal.get())
                .map(grant ->
                        "give it the role, which takes up to 10 minutes to spread: " + grant.command(caller.person()))
                .orElse(
                        fault.byArm()
                                ? "see the policies and locks of the resource group"
                                : "see what firewall or proxy answers instead of ARM");
    }

    private static Verdict unreachable(@Nullable Duration retryAfter, String words, Duration tried) {
        var rest = "ARM gave no good answer for " + seconds(tried) + " (" + words + "); wait, or check the network";
        return new Verdict(Kind.UNREACHABLE, retryAfter, rest);
    }

    private static Verdict notArm(String words) {
        return new Verdict(Kind.INVALID, "something that is no ARM answers (" + words + ")" + checkTheWay());
    }

    private static String checkTheWay() {
        return "; check the proxy on the way, and AZURE_RESOURCE_MANAGER_ENDPOINT";
    }

    private static String seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds()) + " s";
    }

    private static String said(Fault.Refused fault) {
        return fault.message().isEmpty() ? "" : ": " + fault.message().replaceAll("[.\\s]+$", "");
    }
}
