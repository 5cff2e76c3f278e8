package dev.jellykeep.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A store to test, and what tests of stores need.
public abstract class StoreFixture {
    /// Bytes of a block in these tests.
    protected static final int BLOCK = 256 * 1024;

    private final Random random = new Random(20_260_101);

    private BlobStore store;

    /// A store over an empty place, below the prefix `a/b`.
    protected abstract BlobStore newStore() throws IOException;

    /// Another store over the same place, as another process has it.
    protected abstract BlobStore sameStore() throws IOException;

    /// A store over the same container, whose prefix is a sibling with the same beginning.
    protected abstract BlobStore siblingStore() throws IOException;

    @BeforeEach
    void open() throws IOException {
        store = newStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    /// Uploads with a fresh upload of this class's store.
    protected final UploadOutcome upload(String name, byte[] content, Map<String, String> metadata) {
        try (var upload = store.begin(name, BLOCK)) {
            upload.write(content);
            return upload.commit(metadata);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The store under test.
    protected final BlobStore store() {
        return store;
    }

    protected final List<String> names(String namePrefix) {
        return facts(namePrefix).stream().map(BlobFacts::name).toList();
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /// Other bytes each time, the same in each run.
    protected final byte[] random(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    protected final List<BlobFacts> facts(String namePrefix) {
        var facts = new ArrayList<BlobFacts>();
        store.list(namePrefix, facts::add);
        return facts;
    }

    protected final String text(String name) {
        return new String(store.read(name).orElseThrow().content(), UTF_8);
    }

    /// One of several who do the same at once.
    protected interface Racer<T> {
        T run(int number) throws Exception;
    }

    /// Lets several start together.
    ///
    /// @return what each came to, in the order of their numbers
    protected static <T> List<T> race(int count, Racer<T> racer) throws Exception {
        var start = new CyclicBarrier(count);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<Callable<T>>();
            for (var i = 0; i < count; i++) {
                var number = i;
                tasks.add(() -> {
                    start.await();
                    return racer.run(number);
                });
            }
            var outcomes = new ArrayList<T>();
            for (var future : threads.invokeAll(tasks)) {
                outcomes.add(future.get());
            }
            return outcomes;
        }
    }

    protected static int indexOf(List<?> outcomes, Class<?> type) {
        for (var i = 0; i < outcomes.size(); i++) {
            if (type.isInstance(outcomes.get(i))) {
                return i;
            }
        }
        throw new AssertionError("none of " + outcomes + " is a " + type.getSimpleName());
    }
}
