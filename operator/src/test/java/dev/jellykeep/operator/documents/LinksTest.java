package dev.jellykeep.operator.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Nobody follows a link into nothing.
class LinksTest {
    /// Written apart from these pages.
    private static final Set<String> OUTSIDE = Set.of("http", "https", "mailto");

    @Test
    void everyLinkLeadsToAFileAndAHeading() {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Page page : Page.all()) {
            for (String link : page.links()) {
                links++;
                broken(page, link).ifPresent(why -> broken.add(page.name() + ": " + link + " " + why));
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).as("links that were looked at").isGreaterThan(150);
    }

    @Test
    void everyPageOfTheDocumentationIsOnItsIndex() {
        List<String> listed = Page.of("docs/README.md").links();
        assertThat(Page.all().stream()
                        .map(Page::name)
                        .filter(each -> each.startsWith("docs/"))
                        .filter(each -> !each.startsWith("docs/decisions/") && !each.equals("docs/README.md"))
                        .map(each -> each.substring("docs/".length())))
                .isSubsetOf(listed);
    }

    @Test
    void aLinkIntoNothingIsNoticed() {
        Page page =
                new Page("docs/operator.md", "[a](nowhere.md) [b](alerts.md#no-such-alert) [c](#below)\n\n## Below it");
        assertThat(page.links().stream().flatMap(each -> broken(page, each).stream()))
                .containsExactly("isn't there", "has no such heading", "has no such heading");
    }

    private static Optional<String> broken(Page page, String link) {
        if (OUTSIDE.contains(link.split(":", 2)[0])) {
            return Optional.empty();
        }
        String[] parts = link.split("#", 2);
        Path file = Page.ROOT.resolve(page.name());
        Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target)) {
            return Optional.of("isn't there");
        }
        if (parts.length == 1) {
            return Optional.empty();
        }
        Page there = target.equals(file)
                ? page
                : Page.of(Page.ROOT.relativize(target).toString());
        return there.anchors().contains(parts[1]) ? Optional.empty() : Optional.of("has no such heading");
    }
}
