package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.sandbox.azurite.Azurite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// Kills a real process at each HTTP request that it makes to a real Azurite, before the service has seen it and after,
/// and prints what was tried. Arguments: as of {@link StoreAttackMain}.
public final class HttpKillMain {
    private static final String ONLY = System.getProperty("attack.only", "");
    private static final List<StoreVictim> VICTIMS =
            List.of(StoreVictim.FIRST, StoreVictim.BACKUP, StoreVictim.RESTORE, StoreVictim.REBUILD, StoreVictim.RUN);

    private final Path work;
    private final Azurite azurite;
    private final Base base;
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger points = new AtomicInteger();
    private final AtomicInteger reached = new AtomicInteger();

    private HttpKillMain(Path work, Azurite azurite) throws IOException {
        this.work = work;
        this.azurite = azurite;
        this.base = Base.make(work.resolve("base"), new HttpPlaces(azurite), HttpPlaces.LARGE);
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of(arguments[0]));
        int most = Integer.parseInt(arguments[1]);
        Random random = new Random(Long.parseLong(arguments[2]));
        boolean good;
        try (Azurite azurite = Azurite.start()) {
            HttpKillMain all = new HttpKillMain(work, azurite);
            List<Point> chosen = Lanes.some(all.points(), most, random);
            int tried = new Lanes(Integer.parseInt(arguments[3])).go(chosen, Point::way, all::attack);
            System.out.println(tried + " points, " + all.reached + " reached, " + all.wrong.size() + " wrong; seed "
                    + arguments[2]);
            good = all.wrong.isEmpty() && all.reached.get() > 0;
        }
        System.out.flush();
        Runtime.getRuntime().halt(good ? 0 : 1);
    }

    private record Point(StoreVictim victim, HttpFault fault, int at) {
        String way() {
            return victim + " " + fault;
        }
    }

    private List<Point> points() throws IOException {
        List<Point> all = new ArrayList<>();
        for (StoreVictim victim : VICTIMS) {
            List<String> requests = attack(new Point(victim, HttpFault.NONE, 0));
            System.out.println(victim + ": " + requests.size() + " requests");
            for (int i = 0; i < requests.size(); i++) {
                System.out.println("  " + (i + 1) + " " + requests.get(i));
                for (HttpFault fault : List.of(HttpFault.KILLED, HttpFault.KILLED_AFTER)) {
                    Point point = new Point(victim, fault, i + 1);
                    if (point.way().contains(ONLY)) {
                        all.add(point);
                    }
                }
            }
        }
        return all;
    }

    /// @return the requests that were made
    private List<String> attack(Point point) throws IOException {
        Path at = work.resolve("point-" + points.incrementAndGet());
        Place place = point.victim().prepare(at, base);
        try (KilledProcess agent = new KilledProcess(place, point.victim())) {
            List<String> requests = agent.play(azurite.port(), point.fault(), point.at());
            reached.addAndGet(agent.wasKilled() ? 1 : 0);
            String failure = judged(point, place, agent);
            if (!failure.isEmpty()) {
                String sentence = point + ", which ended: " + agent.ended() + ": " + failure;
                wrong.add(sentence);
                System.out.println("WRONG: " + sentence);
            }
            return requests;
        } finally {
            Workspace.deleteTree(at);
        }
    }

    /// @return empty where all holds
    private String judged(Point point, Place place, KilledProcess agent) throws IOException {
        try {
            StoreVictim.Ended ended = agent.ended();
            if (!agent.wasKilled() && ended.code() != ExitCode.OK) {
                throw new AssertionError("nothing was done to it");
            }
            // when a `run` is told to stop, and so how much it asks, is not the same each time
            if (!agent.wasKilled() && point.fault().kills() && point.victim() != StoreVictim.RUN) {
                throw new AssertionError("it never got there");
            }
            point.victim().judge(place, base, ended);
            return "";
        } catch (RuntimeException | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
