package dev.jellykeep.agent.attack.store;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.store.BlobStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// A small blob that says what nobody of ours wrote.
final class Poison {
    private static final List<String> PLACES = List.of(
            Scene.DOCUMENT,
            "control/restore.json",
            "control/suspend.json",
            "control/accept.json",
            "control/rollout.json",
            "control/app.json",
            "control/backup-" + "a".repeat(64) + ".json",
            "control/drill-" + "b".repeat(64) + ".json",
            "control/yield-" + "c".repeat(64) + ".json",
            "status/proof/last.json");

    private static final List<String> TEXTS = List.of(
            "\"../../../etc/passwd\"",
            "\"/\"",
            "\"\"",
            "\"a\\u0000b\"",
            "\"" + "x".repeat(3000) + "\"",
            "\"lineage.json\"",
            "\"status\"",
            "\"backup-29991231235958.tar.gz\"",
            "9223372036854775807",
            "-1",
            "1e400",
            "null",
            "true",
            "[]",
            "{}",
            "[[[[[[]]]]]]");

    private Poison() {}

    /// @param places how many of the places are poisoned
    /// @return their names
    static Set<String> pour(Scene scene, int places) {
        Random random = scene.random();
        String pin = pin(scene);
        List<String> shuffled = new ArrayList<>(PLACES);
        Collections.shuffle(shuffled, random);
        List<String> chosen = shuffled.subList(0, places);
        for (String place : chosen) {
            byte[] text = scene.ours()
                    .read(place)
                    .map(there -> there.content())
                    .orElseGet(() -> pin.getBytes(StandardCharsets.UTF_8));
            scene.put(place, random.nextInt(4) == 0 ? whole(random) : changed(text, random), Map.of());
        }
        return Set.copyOf(chosen);
    }

    /// The document alone, in a way in which it can be read.
    static Set<String> turn(Scene scene) {
        scene.put(Scene.DOCUMENT, LineageText.print(turned(scene.document(), scene.random())), Map.of());
        return Set.of(Scene.DOCUMENT);
    }

    private static String pin(Scene scene) {
        return "{\"format\":1,\"archive\":\"" + scene.head()
                + "\",\"token\":\"t\",\"request\":\"r\",\"name\":\"n\",\"suspend\":true,\"archives\":[\"x\"]}";
    }

    private static byte[] whole(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> "[".repeat(200_000).getBytes(StandardCharsets.UTF_8);
            case 2 -> "{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8);
            case 3 -> new byte[BlobStore.SMALL + 1];
            case 4 -> {
                byte[] noise = new byte[random.nextInt(2000)];
                random.nextBytes(noise);
                yield noise;
            }
            default -> ("{\"format\":" + random.nextLong() + "}").getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] changed(byte[] from, Random random) {
        String text = new String(from, StandardCharsets.UTF_8);
        if (random.nextInt(3) == 0 && LineageText.parse(from) instanceof LineageText.Parsed.Readable(var document)) {
            return LineageText.print(turned(document, random));
        }
        for (int i = 0; i <= random.nextInt(3); i++) {
            text = random.nextBoolean() ? withValue(text, random) : withNoise(text, random);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// One value of the text replaced by another.
    private static String withValue(String text, Random random) {
        List<java.util.regex.MatchResult> values = java.util.regex.Pattern.compile(
                        "(?<=[:\\[,])(\"[^\"]*\"(?!:)|[0-9]+|true|false|null)")
                .matcher(text)
                .results()
                .toList();
        if (values.isEmpty()) {
            return withNoise(text, random);
        }
        var value = values.get(random.nextInt(values.size()));
        return text.substring(0, value.start()) + TEXTS.get(random.nextInt(TEXTS.size())) + text.substring(value.end());
    }

    private static String withNoise(String text, Random random) {
        if (text.isEmpty()) {
            return "{";
        }
        int at = random.nextInt(text.length());
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + (char) random.nextInt(128) + text.substring(at + 1);
            default -> text.substring(0, at) + text.substring(random.nextInt(text.length()));
        };
    }

    /// A document that can be read, of another history.
    private static LineageDocument turned(LineageDocument document, Random random) {
        List<Listed> history = new ArrayList<>(document.history());
        switch (random.nextInt(5)) {
            case 0 -> Collections.reverse(history);
            case 1 -> history.addAll(document.history());
            case 2 -> history.clear();
            case 3 ->
                history.replaceAll(each -> new Listed(each.name(), "0".repeat(64), Long.MAX_VALUE, Long.MAX_VALUE));
            default -> history.add(new Listed("control/../lineage.json", "0".repeat(64), 1, 1));
        }
        List<String> deleting = new ArrayList<>(List.of("status", "", "//", "lineage.json"));
        if (random.nextBoolean()) {
            // what is listed stays, whatever else is said of it
            history.forEach(each -> deleting.add(each.name()));
        }
        return new LineageDocument(
                document.lineage(),
                document.app(),
                random.nextBoolean() ? Long.MAX_VALUE : document.epoch(),
                document.holder(),
                random.nextBoolean(),
                history,
                document.forks(),
                random.nextBoolean(),
                List.of("..", "status"),
                deleting,
                "pin",
                null);
    }
}
