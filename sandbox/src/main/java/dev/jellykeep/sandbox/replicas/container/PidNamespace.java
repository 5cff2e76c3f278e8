package dev.jellykeep.sandbox.replicas.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A space of process numbers, by what `/proc` calls it; empty for one that has ended.
record PidNamespace(String id) {

    /// The one that a process is in.
    static PidNamespace of(ProcessHandle process) {
        return new PidNamespace(idOf(process));
    }

    /// The processes in it now; none where it is this process's own.
    List<ProcessHandle> members() {
        return id.equals(idOf(ProcessHandle.current())) ? List.of() : all();
    }

    /// The processes in it now.
    List<ProcessHandle> all() {
        if (id.isEmpty()) {
            return List.of();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> idOf(process).equals(id))
                .toList();
    }

    private static String idOf(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/ns/pid"))
                    .toString();
        } catch (IOException _) {
            return "";
        }
    }
}
