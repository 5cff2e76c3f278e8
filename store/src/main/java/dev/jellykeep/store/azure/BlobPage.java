package dev.jellykeep.store.azure;

import com.azure.xml.XmlReader;
import dev.jellykeep.store.BlobFacts;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/// One page of a listing.
///
/// @param next where the listing goes on; empty at its end
record BlobPage(List<Entry> entries, String next, HttpHeaders headers) {
    /// A blob as a listing shows it.
    ///
    /// @param name with the store's prefix
    /// @param etag as the listing has it: Azure leaves out the quotes there
    /// @param metadata keys in lower case
    record Entry(String name, String length, String etag, String lastModified, Map<String, String> metadata) {
        BlobFacts facts(String prefix) {
            return new BlobFacts(
                    name.substring(prefix.length()),
                    Long.parseLong(length),
                    etag,
                    HttpDate.parse(lastModified),
                    metadata);
        }
    }

    static BlobPage of(Reply reply) {
        return ServiceXml.read(reply.body(), "EnumerationResults", xml -> {
            var entries = new ArrayList<Entry>();
            var next = "";
            while (ServiceXml.nextChild(xml)) {
                switch (xml.getElementLocalName()) {
                    case "Blobs" -> readBlobs(xml, entries);
                    case "NextMarker" -> next = ServiceXml.text(xml);
                    default -> xml.skipElement();
                }
            }
            return new BlobPage(entries, next, reply.headers());
        });
    }

    private static void readBlobs(XmlReader xml, List<Entry> entries) throws XMLStreamException {
        while (ServiceXml.nextChild(xml)) {
            if (xml.elementNameMatches("Blob")) {
                entries.add(readBlob(xml));
            } else {
                xml.skipElement();
            }
        }
    }

    private static Entry readBlob(XmlReader xml) throws XMLStreamException {
        var name = "";
        var length = "";
        var etag = "";
        var lastModified = "";
        var metadata = new HashMap<String, String>();
        while (ServiceXml.nextChild(xml)) {
            switch (xml.getElementLocalName()) {
                case "Name" -> name = readName(xml);
                case "Metadata" -> readMetadata(xml, metadata);
                case "Properties" -> {
                    while (ServiceXml.nextChild(xml)) {
                        switch (xml.getElementLocalName()) {
                            case "Content-Length" -> length = ServiceXml.text(xml);
                            case "Etag" -> etag = ServiceXml.text(xml);
                            case "Last-Modified" -> lastModified = ServiceXml.text(xml);
                            default -> xml.skipElement();
                        }
                    }
                }
                default -> xml.skipElement();
            }
        }
        return new Entry(name, length, etag, lastModified, metadata);
    }

    /// A name with characters that XML can't hold is percent-encoded.
    private static String readName(XmlReader xml) throws XMLStreamException {
        var encoded = xml.getBooleanAttribute(null, "Encoded");
        var name = ServiceXml.text(xml);
        return encoded ? BlobApi.decode(name) : name;
    }

    private static void readMetadata(XmlReader xml, Map<String, String> metadata) throws XMLStreamException {
        while (ServiceXml.nextChild(xml)) {
            var key = xml.getElementLocalName().toLowerCase(Locale.ROOT);
            metadata.put(key, ServiceXml.text(xml));
        }
    }
}
