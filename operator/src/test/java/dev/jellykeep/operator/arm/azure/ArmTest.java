package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.jellykeep.operator.arm.ArmException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/// For faults that only a scripted ARM has.
@TestInstance(Lifecycle.PER_CLASS)
abstract class ArmTest {
    static final JsonNode PATCH = JsonNodeFactory.instance
            .objectNode()
            .set(
                    "properties",
                    JsonNodeFactory.instance.objectNode().set("template", JsonNodeFactory.instance.objectNode()));

    WireMockArm arm;
    Arms arms;

    @BeforeAll
    void start() {
        arm = new WireMockArm();
    }

    @AfterAll
    void stop() {
        arm.close();
    }

    @BeforeEach
    void connect() {
        arm.reset();
        arms = new Arms(arm.url());
    }

    @AfterEach
    void disconnect() {
        arms.close();
    }

    /// What a call throws, checked to be one sentence without the token.
    static ArmException refusal(ArmException.Kind kind, ThrowingCallable call) {
        var thrown = catchThrowableOfType(ArmException.class, call);
        assertThat(thrown).isNotNull();
        assertThat(thrown.kind()).as(thrown.getMessage()).isEqualTo(kind);
        assertThat(thrown.getMessage())
                .startsWith("Can't ")
                .endsWith(".")
                .doesNotContain(Arms.TOKEN)
                .doesNotContain("\n");
        return thrown;
    }
}
