package dev.jellykeep.contract.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.BlobName;
import dev.jellykeep.contract.layout.RequestKind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the operator asks for is what the agent does: a backup before a rollout that is taken for another is pruned too
/// early.
class TokenRequestTest {
    @ParameterizedTest
    @EnumSource
    void aValueCountsOnceWhoeverAsks(RequestKind kind) {
        TokenRequest request = new TokenRequest(kind, "value");
        assertThat(request.name()).isEqualTo(new TokenRequest(kind, "value", ArchiveKind.PRE_ROLLOUT).name());
        assertThat(request.name()).isNotEqualTo(new TokenRequest(kind, "other").name());
        assertThat(BlobLayout.classify(request.name()))
                .isInstanceOfSatisfying(
                        BlobName.Control.class,
                        control -> assertThat(control.request()).isEqualTo(kind));
    }

    @Test
    void whatABackupIsMadeForIsReadBack() {
        byte[] preRollout = new TokenRequest(RequestKind.BACKUP, "v", ArchiveKind.PRE_ROLLOUT).toBytes();
        assertThat(TokenRequest.archiveOf(preRollout)).contains(ArchiveKind.PRE_ROLLOUT);
        assertThat(TokenRequest.archiveOf(new TokenRequest(RequestKind.BACKUP, "v").toBytes()))
                .isEmpty();
        assertThat(new String(preRollout, StandardCharsets.UTF_8)).contains("\"format\":1", "\"value\":\"v\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "{\"kind\":1}", "{\"kind\":\"final\"}", "{\"kind\":\"hourly\"}"})
    void whatIsNotUnderstoodIsAPlainRequest(String text) {
        assertThat(TokenRequest.archiveOf(text.getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }
}
