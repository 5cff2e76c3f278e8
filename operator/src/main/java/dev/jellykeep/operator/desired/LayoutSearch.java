package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.settings.Setting;
import dev.jellykeep.operator.api.Layout;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds Jellyfin's folders: what its container is told, else what the policy says, else what is known
/// of the image. What Jellyfin is told and what the policy says must agree: else the agent would save
/// another folder than it uses.
final class LayoutSearch {
    private final JsonNode container;
    private final AppName app;
    private final @Nullable Layout stated;
    private final @Nullable Layout known;
    private final Findings findings;

    private LayoutSearch(JsonNode container, AppName app, @Nullable Layout stated, Findings findings) {
        this.container = container;
        this.app = app;
        this.stated = stated;
        this.known = ImageName.of(container.path("image").asText()).layout();
        this.findings = findings;
    }

    static @Nullable Folders find(JsonNode container, AppName app, @Nullable Layout stated, Findings findings) {
        return new LayoutSearch(container, app, stated, findings).folders();
    }

    private @Nullable Folders folders() {
        Path data = folder(StatedFolder.data(container), Setting.DATA_DIR, "dataDir", Layout::dataDir);
        Path config = folder(StatedFolder.config(container), Setting.CONFIG_DIR, "configDir", Layout::configDir);
        return data == null || config == null ? null : new Folders(data, config);
    }

    private @Nullable Path folder(StatedFolder told, Setting variable, String member, Function<Layout, String> of) {
        String byPolicy = stated == null ? null : of.apply(stated);
        if (told.path() != null) {
            return told(told, told.path(), byPolicy, member);
        }
        if (byPolicy != null) {
            return absolute(byPolicy, "spec.containerApp.layout." + member);
        }
        if (told.secret()) {
            unknown("gets %s from a secret, which isn't read".formatted(told.source()), variable);
            return null;
        }
        if (known == null) {
            unknown("has an image that isn't known, %s, and no %s".formatted(image(), told.source()), variable);
            return null;
        }
        return Path.of(of.apply(known));
    }

    private @Nullable Path told(StatedFolder told, String path, @Nullable String byPolicy, String member) {
        Path folder = absolute(path, told.source() + " of container " + Members.name(container));
        if (folder != null
                && byPolicy != null
                && !folder.equals(Path.of(byPolicy).normalize())) {
            findings.refuse(
                    RefusalReason.LAYOUT_CONTRADICTED,
                    "container %s of %s is told %s by %s, but spec.containerApp.layout.%s is %s"
                            .formatted(Members.name(container), app, path, told.source(), member, byPolicy),
                    "take spec.containerApp.layout out, or make them equal");
        }
        return folder;
    }

    private @Nullable Path absolute(String text, String source) {
        if (text.startsWith("/")
                && text.indexOf('\0') < 0
                && Path.of(text).normalize().getNameCount() > 0) {
            return Path.of(text).normalize();
        }
        findings.refuse(
                RefusalReason.UNKNOWN_LAYOUT,
                "%s is '%s', which is no absolute path below the root".formatted(source, text),
                "write one like /config");
        return null;
    }

    private void unknown(String why, Setting variable) {
        findings.refuse(
                RefusalReason.UNKNOWN_LAYOUT,
                "container %s of %s %s, so that it isn't known where its data is"
                        .formatted(Members.name(container), app, why),
                "write spec.containerApp.layout: {dataDir: /config, configDir: /config/config} with the paths that it"
                        + " uses, or: " + app.az("update", setVariable(variable)));
    }

    private String setVariable(Setting variable) {
        return "--container-name %s --set-env-vars %s=PATH"
                .formatted(ShellWord.of(Members.name(container)), variable.env());
    }

    private String image() {
        return container.path("image").asText();
    }
}
