package dev.jellykeep.agent.explorer;

import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.ConditionalRead;
import dev.jellykeep.store.DeleteOutcome;
import dev.jellykeep.store.PutOutcome;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoredBlob;
import dev.jellykeep.store.SwapOutcome;
import dev.jellykeep.store.UploadOutcome;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// The store as the agent's code sees it: every call is a question to the explorer.
final class AskedStore implements BlobStore {
    static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final Played played;

    AskedStore(Played played) {
        this.played = played;
    }

    private Reply ask(Call call) {
        Reply reply = played.ask(call);
        if (reply instanceof Reply.Fails(StoreException.Kind kind)) {
            throw new StoreException(kind, "the store can't be reached", null);
        }
        return reply;
    }

    private static StoredBlob blob(Reply.Text text) {
        return new StoredBlob(
                text.text().getBytes(StandardCharsets.UTF_8), text.etag(), NOW, NOW.minus(text.age()), Map.of());
    }

    private static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<StoredBlob> read(String name) {
        return ask(new Call.Read(name)) instanceof Reply.Text text ? Optional.of(blob(text)) : Optional.empty();
    }

    @Override
    public ConditionalRead readIfChanged(String name, String etag) {
        return switch (ask(new Call.ReadIfChanged(name, etag))) {
            case Reply.Unchanged() -> new ConditionalRead.Unchanged(NOW);
            case Reply.Text text -> new ConditionalRead.Changed(blob(text));
            default -> new ConditionalRead.Absent();
        };
    }

    @Override
    public Optional<BlobFacts> facts(String name) {
        return ask(new Call.Facts(name)) instanceof Reply.Archives(Shelf shelf, boolean _)
                ? shelf.find(name).map(each -> each.facts(name))
                : Optional.empty();
    }

    @Override
    public void list(String namePrefix, Consumer<BlobFacts> each) {
        if (ask(new Call.Listing(namePrefix)) instanceof Reply.Archives(Shelf shelf, boolean pinned)) {
            shelf.facts().stream()
                    .filter(blob -> blob.name().startsWith(namePrefix))
                    .forEach(each);
            if (pinned) {
                each.accept(new BlobFacts("control/restore.json", 1, "pin", NOW, Map.of()));
            }
        }
    }

    @Override
    public InputStream open(String name, long offset, long length) {
        if (ask(new Call.Open(name)) instanceof Reply.Text text) {
            return new ByteArrayInputStream(text.text().getBytes(StandardCharsets.UTF_8));
        }
        throw new StoreException(StoreException.Kind.NOT_FOUND, name + " is not there", null);
    }

    @Override
    public PutOutcome putIfAbsent(String name, byte[] content, Map<String, String> metadata) {
        return ask(new Call.PutIfAbsent(name, text(content))) instanceof Reply.Taken
                ? new PutOutcome.AlreadyExists()
                : new PutOutcome.Created("");
    }

    @Override
    public SwapOutcome compareAndSwap(String name, byte[] content, String etag) {
        return switch (ask(new Call.Swap(name, text(content), etag))) {
            case Reply.Taken() -> new SwapOutcome.Conflict();
            case Reply.Lost() -> new SwapOutcome.Unknown("the reply was lost");
            default -> new SwapOutcome.Swapped("");
        };
    }

    @Override
    public String put(String name, byte[] content, Map<String, String> metadata) {
        ask(new Call.Put(name));
        return "";
    }

    @Override
    public DeleteOutcome delete(String name) {
        return ask(new Call.Delete(name)) instanceof Reply.Absent ? DeleteOutcome.ABSENT : DeleteOutcome.DELETED;
    }

    @Override
    public BlobUpload begin(String name, int blockBytes) {
        StringBuilder text = new StringBuilder();
        return new BlobUpload() {
            @Override
            public void write(int b) {
                text.append((char) b);
            }

            @Override
            public UploadOutcome commit(Map<String, String> metadata) {
                return ask(new Call.Commit(name, text.toString(), Map.copyOf(metadata))) instanceof Reply.Taken
                        ? new UploadOutcome.AlreadyExists()
                        : new UploadOutcome.Committed("", text.length());
            }

            @Override
            public long written() {
                return text.length();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Instant serviceTime() {
        return NOW;
    }

    @Override
    public String describe() {
        return "the store";
    }

    @Override
    public void close() {}
}
