package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.data.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Lets two agents back up at once under one name, in many orders of their calls. Arguments: a folder to work in, how
/// many different orders, the seed of the first. Exit code 1 if anything does not hold, if there were fewer orders, or
/// if
/// never both have come to one name.
public final class CollisionMain {
    /// What differs between two plays of one order: names of archives and of replicas.
    private static final Pattern CHANGES = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}|\\d{14}");

    /// Plays for each order that is wanted, at most.
    private static final int MOST = 3;

    /// Plays beside, so that both come to one name where few orders are wanted: one of four plays leaves that to
    /// chance.
    private static final int SPARE = 20;

    private CollisionMain() {}

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of(arguments[0]));
        int orders = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        Base base = Base.make(Files.createDirectories(work.resolve("base")), Place::withFolder, 0);
        int wrong = 0;
        int collided = 0;
        TreeMap<String, Integer> ends = new TreeMap<>();
        Set<List<String>> seen = new HashSet<>();
        int played = 0;
        for (; (seen.size() < orders || collided == 0) && played < MOST * orders + SPARE; played++) {
            int i = played;
            Path at = work.resolve("point-" + i);
            try {
                Collision.Outcome outcome = Collision.prepare(at, base).play(seed + i);
                seen.add(outcome.order().stream()
                        .map(call -> CHANGES.matcher(call).replaceAll("*"))
                        .toList());
                collided += outcome.collided() ? 1 : 0;
                ends.merge(outcome.codes().stream().sorted().toList().toString(), 1, Integer::sum);
            } catch (IOException | RuntimeException | AssertionError e) {
                wrong++;
                System.out.println("WRONG seed " + (seed + i) + ": " + e);
            } finally {
                Workspace.deleteTree(at);
            }
        }
        System.out.println(played + " plays in " + seen.size() + " different orders, " + collided
                + " with both at one name, " + wrong + " wrong; seeds from " + seed + "; ended " + ends);
        System.out.flush();
        Runtime.getRuntime().halt(wrong == 0 && seen.size() >= orders && collided > 0 ? 0 : 1);
    }
}
