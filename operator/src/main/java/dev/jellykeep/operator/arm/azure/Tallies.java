package dev.jellykeep.operator.arm.azure;

import dev.jellykeep.operator.arm.RequestFigures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How requests ended, counted.
final class Tallies {
    private static final String NO_REPLY = "none";

    private final Map<Kind, Tally> tallies = new ConcurrentHashMap<>();

    private record Kind(String method, String code) {}

    private record Tally(long count, Duration took) {}

    void answered(String method, int status, Duration took) {
        count(new Kind(method, Integer.toString(status)), took);
    }

    void failed(String method, Fault fault, Duration took) {
        String code = fault instanceof Fault.Refused refused ? Integer.toString(refused.status()) : NO_REPLY;
        count(new Kind(method, code), took);
    }

    private void count(Kind kind, Duration took) {
        tallies.merge(
                kind,
                new Tally(1, took),
                (one, other) ->
                        new Tally(one.count() + other.count(), one.took().plus(other.took())));
    }

    List<RequestFigures> figures() {
        return tallies.entrySet().stream()
                .map(each -> new RequestFigures(
                        each.getKey().method(),
                        each.getKey().code(),
                        each.getValue().count(),
                        each.getValue().took()))
                .toList();
    }
}
