package dev.jellykeep.agent.explorer;

import java.util.Map;

/// Who and what, in a story.
final class Names {
    private Names() {}

    static String of(int replica) {
        return String.valueOf("HNMPQR".charAt(replica));
    }

    static String of(Call call) {
        return switch (call) {
            case Call.Swap(String _, String text, String _) -> "writes " + brief(text);
            case Call.PutIfAbsent(String _, String text) -> "creates " + brief(text);
            case Call.Commit(String name, String text, Map<String, String> _) -> "puts " + name + " with " + text;
            case Call.Delete(String name) -> "deletes " + name;
            default -> call.toString();
        };
    }

    private static String brief(String document) {
        return document.replaceAll("\\s+", "")
                .replaceAll("\"(sha256|lineage|app|format)\":(\"[^\"]*\"|[0-9a-z]+),", "")
                .replaceAll("0{8}-0000-0000-0000-0{11}([0-9])", "$1")
                .replaceAll("backup-2026", "b");
    }
}
