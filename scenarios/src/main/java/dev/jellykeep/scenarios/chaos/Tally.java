package dev.jellykeep.scenarios.chaos;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What came of many lives.
///
/// @param lives those that ended well
/// @param failures one sentence for each life that didn't, with the seed that replays it
/// @param overlaps lives that lost commits across an overlap
/// @param cost how many commits, all together
/// @param moves how often each was played, of lives that ended well
/// @param pairs moves that were played one right after the other
record Tally(
        int lives, List<String> failures, int overlaps, long cost, Map<Move, Integer> moves, Map<Pair, Integer> pairs) {
    static final Tally NONE = new Tally(0, List.of(), 0, 0, Map.of(), Map.of());

    private static final int A_LINE = 4;

    Tally {
        failures = List.copyOf(failures);
        moves = Map.copyOf(moves);
        pairs = Map.copyOf(pairs);
    }

    /// One move right after another.
    record Pair(Move first, Move second) {}

    /// With a life that ended well.
    Tally with(List<Move> played, long overlapCost) {
        var allMoves = new EnumMap<Move, Integer>(Move.class);
        allMoves.putAll(moves);
        played.forEach(move -> allMoves.merge(move, 1, Integer::sum));
        var allPairs = new HashMap<>(pairs);
        for (var i = 1; i < played.size(); i++) {
            allPairs.merge(new Pair(played.get(i - 1), played.get(i)), 1, Integer::sum);
        }
        return new Tally(
                lives + 1, failures, overlaps + (overlapCost > 0 ? 1 : 0), cost + overlapCost, allMoves, allPairs);
    }

    /// With a life that didn't.
    Tally with(String failure) {
        var all = new ArrayList<>(failures);
        all.add(failure);
        return new Tally(lives, all, overlaps, cost, moves, pairs);
    }

    /// For people, some lines.
    List<String> lines() {
        var lines = new ArrayList<String>();
        var words = Arrays.stream(Move.values())
                .map(move -> "%4d %-32s".formatted(moves.getOrDefault(move, 0), move.words()))
                .toList();
        for (var i = 0; i < words.size(); i += A_LINE) {
            lines.add(words.subList(i, Math.min(words.size(), i + A_LINE)).stream()
                    .collect(Collectors.joining(" "))
                    .stripTrailing());
        }
        int possible = Move.values().length * Move.values().length;
        lines.add(String.format(
                Locale.ROOT,
                "%d moves; %d of %d pairs of moves, one right after the other",
                moves.values().stream().mapToInt(Integer::intValue).sum(),
                pairs.size(),
                possible));
        return lines;
    }
}
