package dev.jellykeep.store.azure;

import com.azure.xml.XmlReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/// A piece of a blob.
///
/// @param id in Base64
/// @param length bytes
record Block(String id, long length) {
    /// The body of Put Block List.
    static String xml(List<Block> blocks) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><BlockList>");
        blocks.forEach(block -> xml.append("<Latest>").append(block.id).append("</Latest>"));
        return xml.append("</BlockList>").toString();
    }

    /// The blocks that a blob has, in order, from the reply to Get Block List.
    static List<Block> committed(Reply reply) {
        return ServiceXml.read(reply.body(), "BlockList", xml -> {
            var blocks = new ArrayList<Block>();
            while (ServiceXml.nextChild(xml)) {
                if (xml.elementNameMatches("CommittedBlocks")) {
                    while (ServiceXml.nextChild(xml)) {
                        blocks.add(of(xml));
                    }
                } else {
                    xml.skipElement();
                }
            }
            return blocks;
        });
    }

    private static Block of(XmlReader xml) throws XMLStreamException {
        var id = "";
        var length = 0L;
        while (ServiceXml.nextChild(xml)) {
            switch (xml.getElementLocalName()) {
                case "Name" -> id = ServiceXml.text(xml);
                case "Size" -> length = xml.getLongElement();
                default -> xml.skipElement();
            }
        }
        return new Block(id, length);
    }
}
