package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/// Attacks each HTTP request that `backup`, `restore` and `prune` make to a real Azurite, in each way, and prints what
/// was
/// tried.
/// Arguments: as of {@link StoreAttackMain}.
public final class HttpAttackMain {
    private static final String ONLY = System.getProperty("attack.only", "");
    private static final List<StoreVictim> VICTIMS =
            List.of(StoreVictim.FIRST, StoreVictim.BACKUP, StoreVictim.RESTORE, StoreVictim.REBUILD, StoreVictim.PRUNE);

    private static final String SECRET = "Eby8vdM02xNO";

    private final Path work;
    private final int most;
    private final Random random;
    private final int lanes;
    private final Azurite azurite;
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger points = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    private HttpAttackMain(Path work, int most, long seed, int lanes, Azurite azurite) {
        this.work = work;
        this.most = most;
        this.random = new Random(seed);
        this.lanes = lanes;
        this.azurite = azurite;
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of(arguments[0]));
        List<String> wrong;
        try (Azurite azurite = Azurite.start()) {
            HttpAttackMain all = new HttpAttackMain(
                    work,
                    Integer.parseInt(arguments[1]),
                    Long.parseLong(arguments[2]),
                    Integer.parseInt(arguments[3]),
                    azurite);
            int tried = all.run();
            wrong = all.wrong;
            System.out.println(tried + " points, " + wrong.size() + " wrong, " + all.refused
                    + " told by an exit code and a reason; seed " + arguments[2]);
        }
        System.out.flush();
        Runtime.getRuntime().halt(wrong.isEmpty() ? 0 : 1);
    }

    private record Point(StoreVictim victim, HttpFault fault, int at) {
        String way() {
            return victim + " " + fault;
        }
    }

    private int run() throws Exception {
        Base base = Base.make(work.resolve("base"), new HttpPlaces(azurite), HttpPlaces.LARGE);
        List<Point> all = new ArrayList<>();
        for (StoreVictim victim : VICTIMS) {
            List<String> requests = attack(new Point(victim, HttpFault.NONE, 0), base);
            System.out.println(victim + ": " + requests.size() + " requests");
            for (int i = 0; i < requests.size(); i++) {
                System.out.println("  " + (i + 1) + " " + requests.get(i));
            }
            for (HttpFault fault : HttpFault.ofOneThatLives()) {
                for (int at = 1; at <= requests.size(); at++) {
                    if ((victim + " " + fault).contains(ONLY)) {
                        all.add(new Point(victim, fault, at));
                    }
                }
            }
        }
        return new Lanes(lanes).go(Lanes.some(all, most, random), Point::way, point -> attack(point, base));
    }

    private List<String> attack(Point point, Base base) throws IOException {
        Path at = work.resolve("point-" + points.incrementAndGet());
        Place place = point.victim().prepare(at, base);
        try (HttpFront front = HttpFront.before(azurite.port(), point.fault(), point.at())) {
            StoreOptions options = patience(point.fault());
            Cli.Answer answer = point.victim().act(place, usual -> {
                usual.close();
                return HttpPlaces.open(place, front.port(), options);
            });
            String failure = judged(point, place, base, answer, front.requests().size());
            if (!failure.isEmpty()) {
                String request =
                        point.at() > 0 && point.at() <= front.requests().size()
                                ? front.requests().get(point.at() - 1)
                                : "-";
                String sentence = point + " (" + request + "), which ended: " + answer.code() + " "
                        + answer.err().strip() + ": " + failure;
                wrong.add(sentence);
                System.out.println(sentence);
            }
            return front.requests();
        } finally {
            Workspace.deleteTree(at);
        }
    }

    private static StoreOptions patience(HttpFault fault) {
        return !fault.lasts() && !fault.waits()
                ? HttpPlaces.PATIENT
                : new StoreOptions(
                        Duration.ofSeconds(fault.lasts() ? 1 : 40), Duration.ofSeconds(fault.waits() ? 5 : 120), 2);
    }

    /// @return empty where all holds
    private String judged(Point point, Place place, Base base, Cli.Answer answer, int requests) throws IOException {
        try {
            if (answer.code() != ExitCode.OK) {
                requireReason(point.fault(), answer);
                refused.incrementAndGet();
            }
            if (point.at() > requests) {
                throw new AssertionError("it never got there");
            }
            if ((answer.out() + answer.err()).contains(SECRET)) {
                throw new AssertionError("the account's key is told");
            }
            point.victim().judge(place, base, StoreVictim.Ended.of(answer));
            return "";
        } catch (RuntimeException | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void requireReason(HttpFault fault, Cli.Answer answer) {
        if (answer.code() != fault.failure()) {
            throw new AssertionError("should end with OK or " + fault.failure());
        }
        List<String> reasons = switch (answer.code()) {
            case STORE_UNREACHABLE -> List.of(" UNREACHABLE: Can't ");
            case ACCESS_DENIED -> List.of(" FORBIDDEN: Can't ", " UNAUTHORIZED: Can't ");
            default -> List.of(" NO_CONTAINER: Can't ", " INVALID: Can't ");
        };
        if (reasons.stream().noneMatch(answer.err()::contains)) {
            throw new AssertionError("no reason is given out of " + reasons);
        }
    }
}
