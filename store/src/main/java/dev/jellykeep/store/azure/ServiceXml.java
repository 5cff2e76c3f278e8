package dev.jellykeep.store.azure;

import com.azure.xml.XmlReader;
import com.azure.xml.XmlToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;

/// Reads the service's XML. It never has a document type; one that has is not read, although the SDK's reader
/// expands no entities and loads nothing from elsewhere. The JDK's own reader limits a document's character
/// references, which a long listing may exceed.
final class ServiceXml {
    private ServiceXml() {}

    /// Reads an element, at whose start the reader is, to its end.
    interface Element<T> {
        T read(XmlReader xml) throws XMLStreamException;
    }

    /// Loads what reads documents.
    static void prepare() {
        read("<Nothing/>".getBytes(StandardCharsets.US_ASCII), "Nothing", _ -> "");
    }

    /// Reads a document.
    ///
    /// @throws UncheckedIOException if it can't be read, or has another root
    static <T> T read(byte[] document, String root, Element<T> element) {
        if (hasDocumentType(document)) {
            throw new UncheckedIOException(new IOException("the service's XML has a document type"));
        }
        try (var xml = XmlReader.fromBytes(document)) {
            return xml.readObject(root, element::read);
        } catch (XMLStreamException | IllegalArgumentException | IllegalStateException e) {
            var why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new UncheckedIOException(new IOException("the service's XML can't be read: " + why, e));
        }
    }

    /// Goes to the next child's start, or to its parent's end. The child before must have been read or skipped.
    static boolean nextChild(XmlReader xml) throws XMLStreamException {
        return xml.nextElement() == XmlToken.START_ELEMENT;
    }

    static String text(XmlReader xml) throws XMLStreamException {
        var text = xml.getStringElement();
        return text == null ? "" : text;
    }

    /// Looks at what comes before the root.
    private static boolean hasDocumentType(byte[] document) {
        for (var i = 0; i + 2 < document.length; i++) {
            if (document[i] == '<' && document[i + 1] != '?' && document[i + 1] != '!') {
                return false;
            }
            if (document[i] == '<' && document[i + 1] == '!' && document[i + 2] != '-') {
                return true;
            }
        }
        return false;
    }
}
