package dev.jellykeep.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RetriedErrorsTest {
    @Test
    void a_policy_is_looked_at_again_after_an_error() {
        assertThatThrownBy(() -> RetriedErrors.of(() -> {
                    throw new NoClassDefFoundError("gone");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("gone");
        assertThat(RetriedErrors.of(() -> "answer")).isEqualTo("answer");
    }
}
