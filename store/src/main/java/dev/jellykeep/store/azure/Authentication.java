package dev.jellykeep.store.azure;

/// Who we are, said with each request.
interface Authentication {
    /// Completes a request that lacks nothing else: sets headers of it.
    ///
    /// @return the URL to send it to, which may now hold a secret
    /// @throws NoTokenException if there is nothing to say
    String sign(Request request);

    /// A shared access signature, behind the query as it is.
    ///
    /// @param sas without `?`
    static Authentication sas(String sas) {
        return request -> request.url() + (request.url().indexOf('?') < 0 ? "?" : "&") + sas;
    }
}
