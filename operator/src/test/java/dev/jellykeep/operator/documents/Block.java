package dev.jellykeep.operator.documents;

import java.util.List;

/// A fenced block.
///
/// @param line of its first line, from 1
/// @param info what stands behind the fence, such as `sh live`
/// @param text without the indentation of its fence, ending with a newline
public record Block(String page, int line, String info, String text) {
    String language() {
        return info.split(" ", 2)[0];
    }

    /// Where it may be run: "" here; `live` with a subscription, an account or a cluster; `build` in a checkout.
    public String mark() {
        String[] words = info.split(" ", 2);
        return words.length == 1 ? "" : words[1];
    }

    /// How other pages name it: by its first command.
    String firstLine() {
        return text.lines()
                .map(String::strip)
                .filter(each -> !each.isEmpty() && !each.startsWith("#"))
                .findFirst()
                .orElse("");
    }

    List<ShellCommand> commands() {
        return ShellCommand.allOf(text);
    }

    String at() {
        return page + ":" + line;
    }
}
