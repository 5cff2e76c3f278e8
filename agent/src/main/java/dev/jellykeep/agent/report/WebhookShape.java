package dev.jellykeep.agent.report;

import dev.jellykeep.contract.json.JsonFields;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// How a service takes a sentence. Told from its address; what isn't known takes plain text, as ntfy does.
enum WebhookShape {
    /// The body is the message.
    PLAIN,
    /// `{"content": …}`
    DISCORD,
    /// `{"text": …}`; Mattermost and Rocket.Chat take the same.
    SLACK;

    private static final List<String> DISCORDS = List.of("discord.com", "discordapp.com");
    /// Discord's limit is 2000.
    private static final int LONGEST = 1500;

    static WebhookShape of(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        String path = url.getPath() == null ? "" : url.getPath();
        boolean discord = DISCORDS.stream().anyMatch(each -> host.equals(each) || host.endsWith("." + each));
        if (discord || path.startsWith("/api/webhooks/")) {
            return path.endsWith("/slack") ? SLACK : DISCORD;
        }
        return host.equals("hooks.slack.com") || path.startsWith("/services/") || path.startsWith("/hooks/")
                ? SLACK
                : PLAIN;
    }

    String contentType() {
        return this == PLAIN ? "text/plain; charset=utf-8" : "application/json";
    }

    /// One sentence, cut where it is too long, that mentions nobody.
    String body(String sentence) {
        String text = sentence.replaceAll("\\p{Cntrl}", " ");
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return switch (this) {
            case PLAIN -> cut;
            case SLACK -> json(new JsonFields().put("text", cut.replace("<!", "< !")));
            case DISCORD ->
                json(new JsonFields()
                        .put("content", cut)
                        .put("allowed_mentions", new JsonFields().put("parse", List.<String>of())));
        };
    }

    private static String json(JsonFields fields) {
        return new String(fields.toBytes(), StandardCharsets.UTF_8);
    }
}
