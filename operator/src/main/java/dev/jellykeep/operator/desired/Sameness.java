package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Whether ARM shows what was sent, in its own words: numbers in other forms, words of enumerations in
/// other case, members that it has filled in.
final class Sameness {
    private static final Set<String> ENUMERATIONS = Set.of("type", "scheme");

    private Sameness() {}

    static boolean shows(JsonNode live, JsonNode sent) {
        return shows(live, sent, "");
    }

    private static boolean shows(JsonNode live, JsonNode sent, String member) {
        if (sent.isObject()) {
            return sent.propertyStream()
                    .allMatch(each -> shows(live.path(each.getKey()), each.getValue(), each.getKey()));
        }
        if (sent.isArray()) {
            List<JsonNode> one = live.valueStream().toList();
            List<JsonNode> other = sent.valueStream().toList();
            return one.size() == other.size()
                    && IntStream.range(0, one.size()).allMatch(i -> shows(one.get(i), other.get(i), member));
        }
        if (sent.isNumber()) {
            return live.isNumber() && live.decimalValue().compareTo(sent.decimalValue()) == 0;
        }
        return ENUMERATIONS.contains(member)
                ? live.asText().equalsIgnoreCase(sent.asText())
                : live.asText().equals(sent.asText());
    }
}
