package dev.jellykeep.agent.snapshot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Jellyfin's `system.xml`, as far as the wizard's flag goes.
public final class SystemXml {
    /// State of the setup wizard.
    public enum Wizard {
        COMPLETED,
        /// The flag is there and says no, or isn't there: Jellyfin takes that as no.
        NOT_COMPLETED,
        NO_FILE,
        UNREADABLE
    }

    private static final long LARGEST = 4L << 20;

    private SystemXml() {}

    public static Wizard wizard(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Wizard.NO_FILE;
            }
            return Files.size(file) > LARGEST ? Wizard.UNREADABLE : wizard(Files.readAllBytes(file));
        } catch (IOException e) {
            return Wizard.UNREADABLE;
        }
    }

    /// @param text the file's bytes; external entities and DTDs are not followed
    public static Wizard wizard(byte[] text) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader xml = factory.createXMLStreamReader(new ByteArrayInputStream(text));
            Wizard wizard = Wizard.NOT_COMPLETED;
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamReader.START_ELEMENT
                        && xml.getLocalName().equals("IsStartupWizardCompleted")) {
                    wizard = xml.getElementText().strip().equalsIgnoreCase("true")
                            ? Wizard.COMPLETED
                            : Wizard.NOT_COMPLETED;
                }
            }
            return wizard;
        } catch (XMLStreamException e) {
            return Wizard.UNREADABLE;
        }
    }

    /// The smallest valid file with the wizard completed, for old archives that hold no configuration. Without
    /// it the
    /// server would come up open to anyone.
    public static byte[] completed() {
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <ServerConfiguration xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
                xmlns:xsd="http://www.w3.org/2001/XMLSchema">
                  <IsStartupWizardCompleted>true</IsStartupWizardCompleted>
                </ServerConfiguration>
                """.getBytes(StandardCharsets.UTF_8);
    }
}
