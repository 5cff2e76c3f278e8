package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.operator.cli.RightsStory.Step;
import dev.jellykeep.operator.cli.RightsStory.Told;
import dev.jellykeep.operator.kube.AuditLog.Call;
import dev.jellykeep.operator.kube.OperatorRights;
import dev.jellykeep.operator.kube.OperatorRights.Right;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The operator has the rights it needs, and no other.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration A_LITTLE = Duration.ofSeconds(2);
    /// Any account may ask what it may do.
    private static final String ASKS_ITSELF = "selfsubjectrulesreviews";

    private Told whole;

    @BeforeAll
    void tellIt() throws IOException {
        whole = RightsStory.tell(OperatorRights.all(), bounds(_ -> LONG));
    }

    private static Map<Step, Duration> bounds(Function<Step, Duration> bound) {
        return Arrays.stream(Step.values()).collect(Collectors.toMap(step -> step, bound));
    }

    static List<Right> rights() {
        return OperatorRights.all().rights();
    }

    @Test
    void withAllItsRightsNothingIsRefused() {
        assertThat(whole.stuck()).as("reached %s", whole.took()).isEmpty();
        assertThat(whole.calls()).noneMatch(Call::refused);
    }

    @Test
    void whatIsAskedIsGrantedByName() {
        assertThat(whole.calls())
                .filteredOn(call -> !call.resource().equals(ASKS_ITSELF))
                .allSatisfy(call -> assertThat(rights()).as("grants").anyMatch(right -> right.allows(call)));
    }

    @Test
    void whatIsGrantedIsUsed() {
        assertThat(rights())
                .filteredOn(right -> whole.calls().stream().noneMatch(right::allows))
                .as("granted and never used, but for what the SDK asks for and never sends")
                .extracting(Right::toString)
                .containsExactly("update leases.coordination.k8s.io jellykeep-operator in jellykeep");
    }

    @ParameterizedTest
    @MethodSource("rights")
    void withoutOneRightTheOperatorDoesNotGetThere(Right right) throws IOException {
        Told told = RightsStory.tell(
                OperatorRights.all().without(right),
                bounds(step ->
                        whole.took().getOrDefault(step, LONG).multipliedBy(3).plus(A_LITTLE)));
        assertThat(told.stuck())
                .as("an operator without the right to %s did all that it should: %s", right, told.took())
                .isPresent();
        if (!right.resource().equals("leases") || right.verb().equals("patch")) {
            // the others the SDK looks for before it starts, and asks nothing
            assertThat(told.calls())
                    .as("refused calls, so that it is this right that was missed")
                    .anyMatch(call -> call.refused() && right.allows(call));
        }
    }
}
