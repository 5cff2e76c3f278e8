package dev.jellykeep.agent.archive;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Threads that deflate or inflate.
final class WorkerThreads {
    private WorkerThreads() {}

    /// Daemon threads of one name: for numbered ones the JDK makes code at run time, 8 ms of a start.
    static ExecutorService pool(String name, int threads) {
        return Executors.newFixedThreadPool(
                threads, work -> Thread.ofPlatform().daemon().name(name).unstarted(work));
    }
}
