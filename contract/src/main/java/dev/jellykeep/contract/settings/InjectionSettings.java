package dev.jellykeep.contract.settings;

import org.jspecify.annotations.Nullable;

/// What the operator and the platform tell an injected agent about its surroundings.
///
/// @param policy NAMESPACE/NAME, for information
/// @param contract version that the template was written for, at most {@link Settings#CONTRACT_VERSION}
/// @param formerGrace the app's grace period before the injection, `none` if the template had none
/// @param formerMaxReplicas the app's `maxReplicas` before the injection, `none` if the template had none; null if the
///     injection never set it
/// @param replicaName for information
/// @param ephemeralQuota bytes
public record InjectionSettings(
        @Nullable String policy,
        @Nullable Integer contract,
        @Nullable String formerGrace,
        @Nullable String formerMaxReplicas,
        @Nullable String replicaName,
        @Nullable Long ephemeralQuota) {}
