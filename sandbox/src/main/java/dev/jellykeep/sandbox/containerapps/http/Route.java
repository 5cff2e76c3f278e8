package dev.jellykeep.sandbox.containerapps.http;

import dev.jellykeep.sandbox.containerapps.state.Caller;

/// What a request asks for.
///
/// @param action the ARM action that it needs
/// @param scope over which
record Route(String action, String scope, Handler handler) {
    /// Answers.
    @FunctionalInterface
    interface Handler {
        Reply handle(Caller caller);
    }
}
