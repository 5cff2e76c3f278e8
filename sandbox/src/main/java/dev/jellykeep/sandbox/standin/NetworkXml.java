package dev.jellykeep.sandbox.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The configuration file that says on which port the server listens.
final class NetworkXml {

    private static final Pattern PORT = Pattern.compile("<InternalHttpPort>(\\d{1,5})</InternalHttpPort>");

    private NetworkXml() {}

    static OptionalInt port(Path file) throws IOException {
        if (!Files.exists(file)) {
            return OptionalInt.empty();
        }
        Matcher matcher = PORT.matcher(Files.readString(file));
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    static String text(int port) {
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <NetworkConfiguration xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
                xmlns:xsd="http://www.w3.org/2001/XMLSchema">
                  <BaseUrl />
                  <EnableHttps>false</EnableHttps>
                  <RequireHttps>false</RequireHttps>
                  <InternalHttpPort>%d</InternalHttpPort>
                  <InternalHttpsPort>8920</InternalHttpsPort>
                  <PublicHttpPort>8096</PublicHttpPort>
                  <EnableRemoteAccess>true</EnableRemoteAccess>
                </NetworkConfiguration>
                """.formatted(port);
    }
}
