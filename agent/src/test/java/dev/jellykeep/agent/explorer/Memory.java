package dev.jellykeep.agent.explorer;

import dev.jellykeep.agent.run.Sidecar;
import dev.jellykeep.contract.replica.ReplicaReport;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All that a sidecar knows between two turns, as text: two with the same text go on alike. Read from its fields, so
/// that one that is added counts by itself.
///
/// @param data of the replica
record Memory(Sidecar sidecar, Sidecar.Tools tools, PlayedData data) {
    /// Times by a clock that makes everything due in each turn.
    private static final Set<String> TIMES = Set.of("due", "since", "polledAtNanos", "lastUpload");

    /// What it works with, which stays the same.
    private static final Set<String> GIVEN = Set.of("tools", "ending");

    String text() {
        Map<String, String> all = new TreeMap<>();
        add(all, "", sidecar);
        for (Field field : tools.requests().getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getName().equals("store")) {
                Object value = get(field, tools.requests());
                all.put(
                        "requests." + field.getName(),
                        value instanceof Set<?> set ? new TreeSet<>(set).toString() : String.valueOf(value));
            }
        }
        all.put("report", report(tools.board().current()));
        all.put("index", data.index().toString());
        return all.toString();
    }

    /// What it is made of is looked into.
    private static void add(Map<String, String> all, String prefix, Object of) {
        for (Field field : of.getClass().getDeclaredFields()) {
            String name = field.getName();
            if (Modifier.isStatic(field.getModifiers())
                    || (TIMES.contains(name) && !isPart(field.getType()))
                    || GIVEN.contains(name)
                    || name.startsWith("$")) {
                continue;
            }
            Object value = get(field, of);
            if (isPart(field.getType()) && value != null) {
                add(all, prefix + name + ".", value);
            } else if (prefix.isEmpty() || mayChange(field)) {
                all.put(prefix + name, String.valueOf(value));
            }
        }
    }

    private static boolean isPart(Class<?> type) {
        return type.getPackageName().equals(Sidecar.class.getPackageName())
                && !type.isInterface()
                && !type.isRecord()
                && !type.isEnum();
    }

    private static boolean mayChange(Field field) {
        return !Modifier.isFinal(field.getModifiers())
                || Objects.equals(field.getType().getPackageName(), "java.util");
    }

    /// Of what it says of itself, what it looks at itself.
    private static String report(ReplicaReport report) {
        ReplicaReport.Archive last = report.lastBackup();
        ReplicaReport.Refused refused = report.refused();
        return String.join(
                " ",
                report.phase(),
                last == null ? "-" : last.name(),
                String.valueOf(report.unsavedSince() != null),
                refused == null ? "-" : refused.sentence(),
                report.answers().toString(),
                report.problems().toString());
    }

    private static @Nullable Object get(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Classes that keep nothing between two turns, which is why they aren't looked at.
    static boolean keepsNothing(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .filter(field -> !field.getName().startsWith("$"))
                .noneMatch(Memory::mayChange);
    }
}
