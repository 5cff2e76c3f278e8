package dev.jellykeep.operator.arm;

import java.time.Instant;

/// Where ARM tells how a write is getting on. Made to be kept in a resource's status.
///
/// @param url absolute, of several KB at times; signed, so not for logs
/// @param pollAt before this there is nothing new
public record OperationHandle(String url, Instant pollAt) {
    /// Without the query, which is signed.
    @Override
    public String toString() {
        var query = url.indexOf('?');
        return "OperationHandle[" + (query < 0 ? url : url.substring(0, query)) + ", " + pollAt + "]";
    }
}
