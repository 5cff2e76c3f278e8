package dev.jellykeep.agent.restore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Begins to write files to the disk while something else is done with them. It promises nothing: who needs them there
/// forces them again, and waits for less.
final class EarlyForce {
    private EarlyForce() {}

    static void begin(List<Path> files) {
        Thread.ofPlatform().daemon().name("early-force").start(() -> files.forEach(EarlyForce::force));
    }

    private static void force(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        } catch (IOException _) {
            return;
        }
    }
}
