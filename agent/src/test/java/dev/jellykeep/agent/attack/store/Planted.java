package dev.jellykeep.agent.attack.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/// What a stranger puts into the store.
enum Planted {
    TARBALL_WITH_A_NEWER_NAME {
        @Override
        void plant(Scene scene) {
            scene.put(NEWER, scene.strange().bytes(), Map.of());
        }
    },
    ANOTHER_LINEAGES_ARCHIVE_WITH_A_NEWER_NAME {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            scene.put(NEWER, strange.bytes(), strange.facts().toMetadata());
        }
    },
    THE_HEADS_METADATA_COPIED_TO_A_NEWER_NAME {
        @Override
        void plant(Scene scene) {
            scene.put(
                    NEWER,
                    scene.strange().bytes(),
                    scene.archive(scene.head()).facts().toMetadata());
        }
    },
    ANOTHER_LINEAGES_ARCHIVE_ON_TOP_OF_THE_HEAD {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            scene.put(NEWER, strange.bytes(), scene.following(strange.facts()));
        }
    },
    NOISE_ON_TOP_OF_THE_HEAD {
        @Override
        void plant(Scene scene) {
            scene.put(
                    NEWER,
                    noise(scene, 100_000),
                    scene.following(scene.strange().facts()));
        }
    },
    THE_HEAD_REPLACED_BY_AN_OLDER_ONE {
        @Override
        void plant(Scene scene) {
            Scene.Archive older =
                    scene.archive(scene.document().history().getFirst().name());
            scene.put(scene.head(), older.bytes(), older.facts().toMetadata());
        }
    },
    THE_HEAD_REPLACED_BY_ANOTHER_LINEAGES {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            scene.put(scene.head(), strange.bytes(), strange.facts().toMetadata());
        }
    },
    THE_HEAD_REPLACED_UNDER_ITS_METADATA {
        @Override
        void plant(Scene scene) {
            Scene.Archive head = scene.archive(scene.head());
            scene.put(head.name(), scene.strange().bytes(), head.facts().toMetadata());
        }
    },
    THE_HEAD_REPLACED_WITH_METADATA_MADE_TO_FIT {
        @Override
        void plant(Scene scene) {
            Scene.Archive head = scene.archive(scene.head());
            Map<String, String> metadata = new java.util.HashMap<>(head.facts().toMetadata());
            metadata.put("sha256", scene.strange().facts().sha256());
            scene.put(head.name(), scene.strange().bytes(), metadata);
        }
    },
    THE_HEAD_REPLACED_BY_A_TARBALL {
        @Override
        void plant(Scene scene) {
            scene.put(scene.head(), scene.strange().bytes(), Map.of());
        }
    },
    THE_HEAD_DELETED {
        @Override
        void plant(Scene scene) {
            var _ = scene.ours().delete(scene.head());
        }
    },
    EVERY_ARCHIVE_DAMAGED {
        @Override
        void plant(Scene scene) {
            scene.document().listed().forEach(listed -> {
                Scene.Archive one = scene.archive(listed.name());
                byte[] bytes = one.bytes().clone();
                bytes[scene.random().nextInt(bytes.length)] ^= 1;
                scene.put(one.name(), bytes, one.facts().toMetadata());
            });
        }
    },
    A_FORK_AND_A_SUSPECT {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            scene.put("forks/" + UUID.randomUUID() + "/" + NEWER, strange.bytes(), scene.following(strange.facts()));
            scene.put("suspect/" + NEWER, strange.bytes(), scene.following(strange.facts()));
        }
    },
    METADATA_THAT_SAY_NOTHING {
        @Override
        void plant(Scene scene) {
            scene.put(NEWER, scene.strange().bytes(), Map.of("jellykeep", "1", "epoch", "99999999999999999999"));
        }
    },
    A_NEWER_FORMAT_ON_TOP_OF_THE_HEAD {
        @Override
        void plant(Scene scene) {
            Map<String, String> metadata =
                    new java.util.HashMap<>(scene.following(scene.strange().facts()));
            metadata.put("jellykeep", "2");
            scene.put(NEWER, scene.strange().bytes(), metadata);
        }
    },
    NUMBERS_THAT_OVERFLOW {
        @Override
        void plant(Scene scene) {
            Map<String, String> metadata =
                    new java.util.HashMap<>(scene.following(scene.strange().facts()));
            metadata.put("sequence", Long.toString(Long.MAX_VALUE));
            metadata.put("bytes", Long.toString(Long.MAX_VALUE));
            metadata.put("entries", "-1");
            scene.put(NEWER, scene.strange().bytes(), metadata);
        }
    },
    A_FOLDER_OF_AN_OLDER_TOOL {
        @Override
        void plant(Scene scene) {
            scene.put("backup-29991231235959/data/jellyfin.db", noise(scene, 4096), Map.of());
            scene.put("backup-29991231235959/config/system.xml", "<a/>");
        }
    },
    THOUSANDS_OF_BLOBS {
        @Override
        void plant(Scene scene) {
            for (int i = 0; i < 2000; i++) {
                scene.put("control/backup-" + "%064x".formatted(i) + ".json", "x");
            }
        }
    },
    REPORTS_THAT_ARE_NONE {
        @Override
        void plant(Scene scene) {
            String holder = String.valueOf(scene.document().holder());
            scene.put("status/" + holder + ".json", noise(scene, 1000), Map.of());
            scene.put("status/x.json", "[".repeat(100_000));
            scene.put("status/proof/last.json", "{\"format\":1}");
        }
    };

    /// Sorts behind all that there is.
    private static final String NEWER = "backup-29991231235958.tar.gz";

    abstract void plant(Scene scene);

    private static byte[] noise(Scene scene, int bytes) {
        byte[] noise = new byte[bytes];
        scene.random().nextBytes(noise);
        return Arrays.copyOf(noise, bytes);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
