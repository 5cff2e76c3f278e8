package dev.jellykeep.agent.snapshot;

import dev.jellykeep.agent.data.Presence;
import dev.jellykeep.agent.data.SecondTry;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
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
            if (!Presence.isFile(file)) {
                return Wizard.NO_FILE;
            }
            return SecondTry.of(
                    () -> Files.size(file) > LARGEST ? Wizard.UNREADABLE : wizard(Files.readAllBytes(file)));
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
            XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(decoded(text)));
            Wizard wizard = Wizard.NOT_COMPLETED;
            int depth = 0;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamReader.END_ELEMENT) {
                    depth--;
                } else if (event == XMLStreamReader.START_ELEMENT && depth++ == 1 && isFlag(xml)) {
                    wizard = isTrue(xml.getElementText()) ? Wizard.COMPLETED : Wizard.NOT_COMPLETED;
                    depth--;
                }
            }
            return wizard;
        } catch (XMLStreamException | CharacterCodingException | RuntimeException e) {
            // the JDK's parser lets a few malformed texts end in exceptions of its own
            return Wizard.UNREADABLE;
        }
    }

    /// Given bytes, the parser would print its complaints about them.
    private static String decoded(byte[] text) throws CharacterCodingException {
        boolean wide = text.length > 1 && ((text[0] & 0xFF) == 0xFE || (text[0] & 0xFF) == 0xFF);
        Charset charset = wide ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        String decoded = charset.newDecoder().decode(ByteBuffer.wrap(text)).toString();
        return decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded;
    }

    private static boolean isFlag(XMLStreamReader xml) {
        return xml.getLocalName().equals("IsStartupWizardCompleted");
    }

    /// As .NET reads it: anything else makes Jellyfin fall back to its defaults, with the wizard to be done.
    private static boolean isTrue(String text) {
        String value = text.strip();
        return value.equals("true") || value.equals("1");
    }

    /// The smallest valid file with the wizard completed, for old archives that hold no configuration.
    /// Without it the server would come up open to anyone.
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
