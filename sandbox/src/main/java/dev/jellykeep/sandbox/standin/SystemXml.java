package dev.jellykeep.sandbox.standin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The server's main configuration file, of which one flag matters: it decides between login and setup wizard.
final class SystemXml {

    private static final Pattern COMPLETED =
            Pattern.compile("<IsStartupWizardCompleted>\\s*true\\s*</IsStartupWizardCompleted>");

    private SystemXml() {}

    /// Whether the wizard was completed; a missing file means that it was not.
    static boolean wizardCompleted(Path file) throws IOException {
        return Files.exists(file) && COMPLETED.matcher(Files.readString(file)).find();
    }

    /// Writes the file in place, as the server does.
    static void write(Path file, JellyfinEra era, boolean wizardCompleted) throws IOException {
        Files.writeString(file, """
                <?xml version="1.0" encoding="utf-8"?>
                <ServerConfiguration xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
                xmlns:xsd="http://www.w3.org/2001/XMLSchema">
                  <LogFileRetentionDays>3</LogFileRetentionDays>
                  <IsStartupWizardCompleted>%s</IsStartupWizardCompleted>
                  <PreviousVersion>%s</PreviousVersion>
                  <EnableMetrics>false</EnableMetrics>
                  <EnableCaseSensitiveItemIds>true</EnableCaseSensitiveItemIds>
                  <MetadataPath />
                  <PreferredMetadataLanguage>en</PreferredMetadataLanguage>
                  <MetadataCountryCode>US</MetadataCountryCode>
                  <ServerName>stand-in</ServerName>
                  <UICulture>en-US</UICulture>
                  <QuickConnectAvailable>true</QuickConnectAvailable>
                  <ActivityLogRetentionDays>30</ActivityLogRetentionDays>
                </ServerConfiguration>
                """.formatted(wizardCompleted, era.version() + ".0"));
    }
}
