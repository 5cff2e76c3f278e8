package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.RequestKind;
import dev.jellykeep.contract.lineage.Accept;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.contract.request.TokenRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a stranger puts into the store, and what a restore gives then: the head's data wherever the head itself wasn't
/// touched, and an older archive's only where it was.
enum Planted {
    TARBALL_WITH_A_NEWER_NAME(Base.OLD) {
        @Override
        void plant(Scene scene) {
            scene.put(NEWER, scene.strange().bytes(), Map.of());
        }
    },
    ANOTHER_LINEAGES_ARCHIVE_WITH_A_NEWER_NAME(Base.OLD) {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            scene.put(NEWER, strange.bytes(), strange.facts().toMetadata());
        }
    },
    THE_HEADS_METADATA_COPIED_TO_A_NEWER_NAME(Base.OLD) {
        @Override
        void plant(Scene scene) {
            scene.put(
                    NEWER,
                    scene.strange().bytes(),
                    scene.archive(scene.head()).facts().toMetadata());
        }
    },
    ANOTHER_LINEAGES_ARCHIVE_ON_TOP_OF_THE_HEAD(Base.OLD) {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            scene.put(NEWER, strange.bytes(), scene.following(strange.facts()));
        }
    },
    NOISE_ON_TOP_OF_THE_HEAD(Base.OLD) {
        @Override
        void plant(Scene scene) {
            scene.put(
                    NEWER,
                    noise(scene, 100_000),
                    scene.following(scene.strange().facts()));
        }
    },
    THE_HEAD_REPLACED_BY_AN_OLDER_ONE(Base.FIRST) {
        @Override
        void plant(Scene scene) {
            Scene.Archive older =
                    scene.archive(scene.document().history().getFirst().name());
            scene.put(scene.head(), older.bytes(), older.facts().toMetadata());
        }
    },
    THE_HEAD_REPLACED_BY_ANOTHER_LINEAGES(Base.NOTHING, Base.FIRST) {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            scene.put(scene.head(), strange.bytes(), strange.facts().toMetadata());
        }
    },
    THE_HEAD_REPLACED_UNDER_ITS_METADATA(Base.FIRST) {
        @Override
        void plant(Scene scene) {
            Scene.Archive head = scene.archive(scene.head());
            scene.put(head.name(), scene.strange().bytes(), head.facts().toMetadata());
        }
    },
    THE_HEAD_REPLACED_WITH_METADATA_MADE_TO_FIT(Base.FIRST) {
        @Override
        void plant(Scene scene) {
            Scene.Archive head = scene.archive(scene.head());
            Map<String, String> metadata = new java.util.HashMap<>(head.facts().toMetadata());
            metadata.put("sha256", scene.strange().facts().sha256());
            scene.put(head.name(), scene.strange().bytes(), metadata);
        }
    },
    THE_HEAD_REPLACED_BY_A_TARBALL(Base.FIRST) {
        @Override
        void plant(Scene scene) {
            scene.put(scene.head(), scene.strange().bytes(), Map.of());
        }
    },
    THE_HEAD_DELETED(Base.FIRST) {
        @Override
        void plant(Scene scene) {
            var _ = scene.ours().delete(scene.head());
        }
    },
    EVERY_ARCHIVE_DAMAGED(Base.NOTHING) {
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
    A_FORK_AND_A_SUSPECT(Base.OLD) {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            scene.put("forks/" + UUID.randomUUID() + "/" + NEWER, strange.bytes(), scene.following(strange.facts()));
            scene.put("suspect/" + NEWER, strange.bytes(), scene.following(strange.facts()));
        }
    },
    METADATA_THAT_SAY_NOTHING(Base.OLD) {
        @Override
        void plant(Scene scene) {
            scene.put(NEWER, scene.strange().bytes(), Map.of("jellykeep", "1", "epoch", "99999999999999999999"));
        }
    },
    A_NEWER_FORMAT_ON_TOP_OF_THE_HEAD(Base.OLD) {
        @Override
        void plant(Scene scene) {
            Map<String, String> metadata =
                    new java.util.HashMap<>(scene.following(scene.strange().facts()));
            metadata.put("jellykeep", "2");
            scene.put(NEWER, scene.strange().bytes(), metadata);
        }
    },
    NUMBERS_THAT_OVERFLOW(Base.OLD) {
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
    A_SEQUENCE_THAT_CANT_BE_FOLLOWED(Base.OLD) {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            Map<String, String> metadata = scene.following(strange.facts());
            metadata.put("sequence", Long.toString(Long.MAX_VALUE));
            scene.put(NEWER, strange.bytes(), metadata);
        }
    },
    AN_EPOCH_BELOW_ZERO(Base.OLD) {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            Map<String, String> metadata = scene.following(strange.facts());
            metadata.put("epoch", "-1");
            scene.put(NEWER, strange.bytes(), metadata);
        }
    },
    THE_LAST_NAME_OF_ALL(Base.OLD) {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            scene.put("backup-99991231235959.tar.gz", strange.bytes(), scene.following(strange.facts()));
        }
    },
    A_FOLDER_OF_AN_OLDER_TOOL(Base.OLD) {
        @Override
        void plant(Scene scene) {
            scene.put("backup-29991231235959/data/jellyfin.db", noise(scene, 4096), Map.of());
            scene.put("backup-29991231235959/config/system.xml", "<a/>");
        }
    },
    THOUSANDS_OF_BLOBS(Base.OLD) {
        @Override
        void plant(Scene scene) {
            for (int i = 0; i < 2000; i++) {
                scene.put("control/backup-" + "%064x".formatted(i) + ".json", "x");
            }
        }
    },
    REPORTS_THAT_ARE_NONE(Base.OLD) {
        @Override
        void plant(Scene scene) {
            String holder = String.valueOf(scene.document().holder());
            scene.put("status/" + holder + ".json", noise(scene, 1000), Map.of());
            scene.put("status/x.json", "[".repeat(100_000));
            scene.put("status/proof/last.json", "{\"format\":1}");
        }
    },
    A_PIN_THAT_NAMES_ANOTHER_LINEAGES_ARCHIVE(Base.NOTHING, Base.OLD) {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            scene.put(NEWER, strange.bytes(), strange.facts().toMetadata());
            pin(scene, NEWER);
        }
    },
    /// The archive is rolled forward, so that the document lists it.
    A_PIN_THAT_NAMES_WHAT_FOLLOWS_THE_HEAD(Base.NOTHING, Base.OLD) {
        @Override
        void plant(Scene scene) {
            ANOTHER_LINEAGES_ARCHIVE_ON_TOP_OF_THE_HEAD.plant(scene);
            pin(scene, NEWER);
        }
    },
    A_PIN_THAT_NAMES_A_SUSPECT(Base.NOTHING, Base.OLD) {
        @Override
        void plant(Scene scene) {
            A_FORK_AND_A_SUSPECT.plant(scene);
            pin(scene, SUSPECT);
        }
    },
    A_PIN_THAT_NAMES_THE_REPLACED_HEAD(Base.NOTHING, Base.FIRST) {
        @Override
        void plant(Scene scene) {
            pin(scene, scene.head());
            THE_HEAD_REPLACED_UNDER_ITS_METADATA.plant(scene);
        }
    },
    A_SUSPECT_THAT_IS_TO_BE_ACCEPTED(Base.OLD) {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            scene.put(SUSPECT, strange.bytes(), scene.following(strange.facts()));
            accept(scene);
        }

        @Override
        String met() {
            return ACCEPTED;
        }
    },
    /// As if nothing had to be saved beside it.
    A_SUSPECT_LIKE_THE_HEAD_THAT_IS_TO_BE_ACCEPTED(Base.OLD) {
        @Override
        void plant(Scene scene) {
            ArchiveFacts head = scene.archive(scene.head()).facts();
            scene.put(SUSPECT, scene.strange().bytes(), scene.following(head));
            accept(scene);
        }

        @Override
        String met() {
            return ACCEPTED;
        }
    },
    A_SUSPECT_OF_ANOTHER_REPLICA_THAT_IS_TO_BE_ACCEPTED(Base.OLD) {
        @Override
        void plant(Scene scene) {
            Scene.Archive strange = scene.strange();
            scene.put(SUSPECT, strange.bytes(), strange.facts().toMetadata());
            accept(scene);
        }

        @Override
        String met() {
            return "a suspect was not accepted";
        }
    },
    A_REQUEST_TO_YIELD(Base.OLD) {
        @Override
        void plant(Scene scene) {
            LineageDocument document = scene.document();
            String holder = document.holder() == null
                    ? scene.archive(scene.head()).facts().owner()
                    : document.holder();
            TokenRequest request = new TokenRequest(RequestKind.YIELD, holder);
            scene.put(request.name(), request.toBytes(), Map.of());
        }

        @Override
        String met() {
            return "this replica was asked to yield";
        }

        // Whoever may write there may ask for it: then the replica goes on beside the line.
        @Override
        boolean endsBeside() {
            return true;
        }
    };

    /// Sorts behind all that there is.
    private static final String NEWER = "backup-29991231235958.tar.gz";

    private static final String SUSPECT = "suspect/" + NEWER;
    private static final String ACCEPTED = "a refused snapshot was accepted";

    private final String restored;
    private final String between;

    /// @param restored what a restore then gives; {@link Base#NOTHING}: a reason
    Planted(String restored) {
        this(restored, restored);
    }

    /// @param between what a restore gives whose listing was made before
    Planted(String restored, String between) {
        this.restored = restored;
        this.between = between;
    }

    abstract void plant(Scene scene);

    String restored() {
        return restored;
    }

    String between() {
        return between;
    }

    /// Whether it asks for something, and touches nothing that is saved.
    boolean asks() {
        return !met().isEmpty() || (restored.equals(Base.NOTHING) && between.equals(Base.OLD));
    }

    /// What an agent that runs says where it has met it; empty: it need not.
    String met() {
        return "";
    }

    /// Whether an agent that runs may leave the line to others then, and save what it has beside it.
    boolean endsBeside() {
        return false;
    }

    /// With all that a person may overrule overruled.
    private static void pin(Scene scene, String name) {
        List<String> all = Arrays.stream(Reason.values())
                .filter(reason -> reason.acceptable())
                .map(Reason::acceptName)
                .toList();
        scene.put(BlobLayout.RESTORE, new Pin(name, "a stranger's", all).toBytes(), Map.of());
    }

    private static void accept(Scene scene) {
        scene.put(BlobLayout.ACCEPT, new Accept(SUSPECT).toBytes(), Map.of());
    }

    private static byte[] noise(Scene scene, int bytes) {
        byte[] noise = new byte[bytes];
        scene.random().nextBytes(noise);
        return Arrays.copyOf(noise, bytes);
    }
}
