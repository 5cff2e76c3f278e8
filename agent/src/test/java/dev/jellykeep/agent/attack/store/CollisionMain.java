package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.data.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/// Lets two agents back up at once under one name, in many orders of their calls. Arguments: a folder to work in, how
/// many
/// orders, the seed of the first.
public final class CollisionMain {
    private CollisionMain() {}

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of(arguments[0]));
        int orders = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        Base base = Base.make(Files.createDirectories(work.resolve("base")), Place::withFolder, 0);
        int wrong = 0;
        int collided = 0;
        TreeMap<String, Integer> ends = new TreeMap<>();
        for (int i = 0; i < orders; i++) {
            Path at = work.resolve("point-" + i);
            try {
                Collision.Outcome outcome = Collision.prepare(at, base).play(seed + i);
                collided += outcome.collided() ? 1 : 0;
                ends.merge(outcome.codes().stream().sorted().toList().toString(), 1, Integer::sum);
            } catch (IOException | RuntimeException | AssertionError e) {
                wrong++;
                System.out.println("WRONG seed " + (seed + i) + ": " + e);
            } finally {
                Workspace.deleteTree(at);
            }
        }
        System.out.println(orders + " orders, " + collided + " with both at one name, " + wrong + " wrong; seeds from "
                + seed + "; ended " + ends);
        System.out.flush();
        Runtime.getRuntime().halt(wrong == 0 ? 0 : 1);
    }
}
