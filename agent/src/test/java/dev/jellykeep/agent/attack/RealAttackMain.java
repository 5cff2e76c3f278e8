package dev.jellykeep.agent.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `tools/attack-processes`: ends with 1 if anything does not hold. Arguments: a folder to work in, how many of each
/// command's calls are tried (0: all), how many random times, and the seed that chooses both.
final class RealAttackMain {
    private RealAttackMain() {}

    public static void main(String[] arguments) throws IOException {
        Path work = Files.createDirectories(Path.of(arguments[0]));
        long seed = Long.parseLong(arguments[3]);
        RealAttack attack = new RealAttack(work, seed, System.out::println);
        attack.atCalls(Integer.parseInt(arguments[1]));
        int times = Integer.parseInt(arguments[2]);
        if (times > 0) {
            attack.atTimes(times);
        }
        System.out.println(attack.points() + " plays, " + attack.wrong().size() + " wrong; seed " + seed);
        System.exit(attack.wrong().isEmpty() ? 0 : 1);
    }
}
