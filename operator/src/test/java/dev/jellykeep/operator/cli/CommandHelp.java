package dev.jellykeep.operator.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What the operator's program says of itself.
public final class CommandHelp {
    private CommandHelp() {}

    /// @param words of the command, none for the program
    public static String of(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        List<String> call = new ArrayList<>(List.of(words));
        call.add("--help");
        new Program(
                        Map.of(),
                        new Invocation.Outside(
                                InputStream.nullInputStream(), stream, stream, InstantSource.system(), _ -> {}))
                .run(call.toArray(String[]::new));
        return out.toString(StandardCharsets.UTF_8);
    }
}
