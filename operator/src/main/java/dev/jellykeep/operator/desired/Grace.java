package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.settings.DurationText;
import dev.jellykeep.contract.settings.Setting;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The time from SIGTERM to SIGKILL, in which the final backup has to be made.
///
/// @param seconds what the template should say
/// @param former what somebody else last said: a duration, or `none`
record Grace(long seconds, String former) {
    static final String MEMBER = "terminationGracePeriodSeconds";
    static final String NONE = "none";

    private static final long LEAST = 120;

    static Grace of(AppTree app, PolicyName policy) {
        Long live = live(app);
        String former = remembered(app, policy).orElseGet(() -> text(live));
        return new Grace(Math.max(LEAST, live == null ? 0 : live), former);
    }

    static @Nullable Long live(AppTree app) {
        JsonNode live = app.template().path(MEMBER);
        return live.isIntegralNumber() ? live.asLong() : null;
    }

    /// What our variables remember; empty where the live value isn't the one that we have set, since
    /// then somebody has changed it after us.
    static Optional<String> remembered(AppTree app, PolicyName policy) {
        Long live = live(app);
        if (live == null) {
            return Optional.empty();
        }
        Duration now = Duration.ofSeconds(live);
        return Ours.all(app, policy)
                .filter(container -> now.equals(set(container)))
                .flatMap(container -> Optional.ofNullable(Env.value(container, Setting.FORMER_GRACE.env())).stream())
                .filter(former -> former.equals(NONE) || DurationText.parse(former) instanceof ParsedText.Ok<Duration>)
                .findFirst();
    }

    private static @Nullable Duration set(JsonNode container) {
        String text = Env.value(container, Setting.GRACE.env());
        return DurationText.parse(text == null ? Setting.GRACE.defaultText().orElseThrow() : text)
                        instanceof ParsedText.Ok<Duration>(Duration set)
                ? set
                : null;
    }

    private static String text(@Nullable Long seconds) {
        return seconds == null ? NONE : DurationText.format(Duration.ofSeconds(seconds));
    }
}
