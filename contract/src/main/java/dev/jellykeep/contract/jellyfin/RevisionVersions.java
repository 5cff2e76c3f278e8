package dev.jellykeep.contract.jellyfin;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.layout.BlobLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `control/app.json`: which version of Jellyfin each revision of the app runs. A revision never changes, so what is
/// written of one is never outdated, as a variable in the template would be after somebody had changed the image.
///
/// @param versions by the name of the revision
public record RevisionVersions(Map<String, String> versions) {
    private static final int FORMAT = 1;
    private static final int MOST = 20;

    public RevisionVersions {
        versions = Map.copyOf(versions);
    }

    public static RevisionVersions none() {
        return new RevisionVersions(Map.of());
    }

    public Optional<JellyfinVersion> of(String revision) {
        return JellyfinVersion.parse(versions.get(revision));
    }

    /// With what is known of more revisions; of the others the first in order of name are forgotten.
    public RevisionVersions with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        List<String> others = new ArrayList<>(versions.keySet());
        others.sort(java.util.Comparator.reverseOrder());
        for (String revision : others) {
            if (all.size() < MOST) {
                all.putIfAbsent(revision, versions.getOrDefault(revision, ""));
            }
        }
        return new RevisionVersions(all);
    }

    public byte[] toBytes() {
        List<JsonFields> rows = versions.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> new JsonFields().put("revision", each.getKey()).put("version", each.getValue()))
                .toList();
        return new JsonFields().put("format", FORMAT).put("revisions", rows).toBytes();
    }

    /// Nothing is known where it can't be read: it is information, never a reason to fail.
    public static RevisionVersions parse(byte[] text) {
        try {
            JsonObject json = JsonObject.parse(text, BlobLayout.APP);
            if (json.format() > FORMAT) {
                return none();
            }
            Map<String, String> versions = new LinkedHashMap<>();
            for (JsonObject row : json.objects("revisions")) {
                versions.put(row.text("revision"), row.text("version"));
            }
            return new RevisionVersions(versions);
        } catch (JsonFormatException e) {
            return none();
        }
    }
}
