package dev.jellykeep.sandbox.blob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.blob.Admission.Admitted;
import dev.jellykeep.sandbox.blob.Admission.Refused;
import dev.jellykeep.sandbox.identity.Tokens.Finding;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who may do what with a storage account, by token and role.
class AdmissionTest {
    private static final String ACCOUNT = "/subscriptions/s/storageAccounts/family";
    private static final String CONTAINER = ACCOUNT + "/blobServices/default/containers/backups";
    private static final String GOOD = "Bearer good";

    private static final Admission.Inspector TOKENS = (token, audience) -> {
        assertThat(audience).isEqualTo("https://storage.azure.com");
        return token.equals("good") ? new Finding.Valid("me") : new Finding.Invalid("not issued here");
    };

    /// A role that somebody holds: on this scope alone, as the emulator resolves it.
    private record Assigned(String principal, String role, String scope) {}

    @Test
    void a_token_without_a_role_opens_nothing() {
        assertThat(judge("GET", "/family/backups/a", GOOD)).isEqualTo(refused(StorageError.PERMISSION_MISMATCH));
        assertThat(judge("PUT", "/family/backups/a", GOOD)).isEqualTo(refused(StorageError.PERMISSION_MISMATCH));
    }

    @Test
    void somebody_elses_role_is_none() {
        assertThat(judge("GET", "/family/backups/a", GOOD, new Assigned("you", Admission.OWNER, CONTAINER)))
                .isEqualTo(refused(StorageError.PERMISSION_MISMATCH));
    }

    @Test
    void a_reader_reads_and_changes_nothing() {
        var reader = new Assigned("me", Admission.READER, CONTAINER);
        for (var method : Set.of("GET", "HEAD")) {
            assertThat(judge(method, "/family/backups/a", GOOD, reader))
                    .as(method)
                    .isEqualTo(new Admitted());
        }
        for (var method : Set.of("PUT", "POST", "DELETE")) {
            assertThat(judge(method, "/family/backups/a", GOOD, reader))
                    .as(method)
                    .isEqualTo(refused(StorageError.PERMISSION_MISMATCH));
        }
    }

    @Test
    void a_contributor_and_an_owner_change_what_is_in_their_container_alone() {
        for (var role : Set.of(Admission.CONTRIBUTOR, Admission.OWNER)) {
            var held = new Assigned("me", role, CONTAINER);
            assertThat(judge("PUT", "/family/backups/a/b?comp=block", GOOD, held))
                    .as(role)
                    .isEqualTo(new Admitted());
            assertThat(judge("PUT", "/family/others/a", GOOD, held))
                    .as(role)
                    .isEqualTo(refused(StorageError.PERMISSION_MISMATCH));
            assertThat(judge("GET", "/family?comp=list", GOOD, held))
                    .as("the account's own list")
                    .isEqualTo(refused(StorageError.PERMISSION_MISMATCH));
        }
    }

    @Test
    void another_role_than_those_of_blobs_is_none() {
        var other = new Assigned("me", "b24988ac-6180-42a0-ab88-20f7382dd24c", CONTAINER);
        assertThat(judge("GET", "/family/backups/a", GOOD, other)).isEqualTo(refused(StorageError.PERMISSION_MISMATCH));
    }

    @Test
    void a_key_or_a_signature_is_refused_whoever_holds_a_role() {
        var owner = new Assigned("me", Admission.OWNER, CONTAINER);
        for (var authorization : Set.of("SharedKey family:AAAA", "SharedKeyLite family:AAAA", "sharedkey family:A")) {
            assertThat(judge("GET", "/family/backups/a", authorization, owner))
                    .isEqualTo(refused(StorageError.KEY_NOT_PERMITTED));
        }
        for (var query : Set.of("?sig=AAAA", "?sv=1&sig=AAAA")) {
            assertThat(judge("GET", "/family/backups/a" + query, GOOD, owner))
                    .isEqualTo(refused(StorageError.KEY_NOT_PERMITTED));
        }
    }

    @Test
    void without_a_token_or_with_one_that_is_none_nobody_gets_in() {
        var owner = new Assigned("me", Admission.OWNER, CONTAINER);
        assertThat(judge("GET", "/family/backups/a", "", owner)).isEqualTo(refused(StorageError.NO_AUTHENTICATION));
        assertThat(judge("GET", "/family/backups/a", "Bearer forged", owner))
                .isEqualTo(new Refused(StorageError.INVALID_TOKEN, "not issued here"));
    }

    private static Admission judge(String method, String target, String authorization, Assigned... roles) {
        var held = Set.of(roles);
        return Admission.of(
                BlobRequest.of(method, target, authorization, ""),
                ACCOUNT,
                TOKENS,
                (principal, role, scope) -> held.contains(new Assigned(principal, role, scope)));
    }

    private static Refused refused(StorageError why) {
        return new Refused(why, "");
    }
}
