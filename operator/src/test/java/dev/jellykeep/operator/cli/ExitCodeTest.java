package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.arm.ArmException;
import dev.jellykeep.operator.decide.Progress;
import dev.jellykeep.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTest {
    @Test
    void a_number_that_pipelines_go_by_never_changes() {
        assertThat(Arrays.stream(ExitCode.values()).collect(Collectors.toMap(Enum::name, ExitCode::number)))
                .isEqualTo(Map.ofEntries(
                        Map.entry("OK", 0),
                        Map.entry("NOT_PROTECTED", 1),
                        Map.entry("USAGE", 2),
                        Map.entry("CHANGES", 3),
                        Map.entry("REFUSED", 4),
                        Map.entry("NOT_YET", 5),
                        Map.entry("UNREACHABLE", 6),
                        Map.entry("ACCESS_DENIED", 7),
                        Map.entry("NO_APP", 8),
                        Map.entry("CHECK_FAILED", 9),
                        Map.entry("ROLLOUT_FAILED", 10),
                        Map.entry("UNEXPECTED", 70)));
    }

    @ParameterizedTest
    @CsvSource({
        "STALLED, InvalidTarget, NO_APP",
        "STALLED, Unauthorized, ACCESS_DENIED",
        "STALLED, InvalidSpec, REFUSED",
        "STALLED, ScopeDenied, REFUSED",
        "STALLED, UnsavedDataWouldBeLost, REFUSED",
        "STALLED, PatchRejected, REFUSED",
        "STALLED, RolloutFailed, ROLLOUT_FAILED",
        "RECONCILING, ProgressingWithRetry, UNREACHABLE",
        "RECONCILING, Throttled, UNREACHABLE",
        "RECONCILING, WaitingForIdle, NOT_YET"
    })
    void how_a_reconcile_ended_is_told_by_the_number(Progress.State state, String reason, ExitCode code) {
        assertThat(ExitCode.of(new Progress(state, reason, "why"))).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(ArmException.Kind.class)
    void what_may_pass_is_worth_another_try_and_nothing_else(ArmException.Kind kind) {
        boolean again = kind == ArmException.Kind.THROTTLED || kind == ArmException.Kind.UNREACHABLE;
        assertThat(ExitCode.of(kind) == ExitCode.UNREACHABLE).isEqualTo(again);
        assertThat(ExitCode.of(kind)).isIn(ExitCode.UNREACHABLE, ExitCode.ACCESS_DENIED, ExitCode.USAGE);
    }

    @ParameterizedTest
    @EnumSource(StoreException.Kind.class)
    void no_trouble_with_blob_is_taken_for_a_bug_or_for_success(StoreException.Kind kind) {
        assertThat(ExitCode.of(kind)).isIn(ExitCode.UNREACHABLE, ExitCode.ACCESS_DENIED, ExitCode.USAGE);
    }

    private static void throwing(Supplier<? extends Throwable> thrown) {
        var err = new ByteArrayOutputStream();
        InputStream in = new InputStream() {
            @Override
            public int read() {
                throw ExitCodeTest.<RuntimeException>sneaky(thrown.get());
            }

            @Override
            public int read(byte[] into, int from, int most) {
                return read();
            }
        };
        var outside = new Invocation.Outside(
                in,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InstantSource.system(),
                _ -> {});
        ExitCode code = new Program(Map.of(OperatorOptions.AGENT_IMAGE, "registry.example/agent:1"), outside)
                .run("plan", "-f", "-");
        assertThat(code).isEqualTo(ExitCode.UNEXPECTED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("please report this", "    at ", "plan: unexpected " + thrown.get());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // whatever is thrown, thrown as it is
    private static <E extends Throwable> E sneaky(Throwable thrown) throws E {
        throw (E) thrown;
    }

    @Test
    void a_bug_is_not_taken_for_data_that_is_not_protected() {
        throwing(() -> new IllegalStateException("no such state"));
        throwing(() -> new StackOverflowError("too deep"));
    }
}
