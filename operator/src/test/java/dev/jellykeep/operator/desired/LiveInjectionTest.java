package dev.jellykeep.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import org.junit.jupiter.api.Test;

class LiveInjectionTest {
    @Test
    void the_lineage_of_a_live_template_is_found_so_that_no_second_one_is_created() {
        assertThat(LiveInjection.of(Cases.injected())).hasValueSatisfying(live -> {
            assertThat(live.presence()).isEqualTo(Presence.WHOLE);
            assertThat(live.policy()).isEqualTo("media/family");
            assertThat(live.lineage()).isEqualTo(LineageId.ofApp(new AppResourceId(Cases.APP)));
            assertThat(live.image()).isEqualTo("ghcr.io/jellykeep/agent:1.0.0");
        });
    }

    @Test
    void it_is_found_in_either_half() {
        ObjectNode app = Cases.injected();
        Cases.template(app).putNull("containers");
        assertThat(LiveInjection.of(app)).hasValueSatisfying(live -> {
            assertThat(live.presence()).isEqualTo(Presence.RESTORE_ONLY);
            assertThat(live.lineage()).isNotNull();
        });
    }

    @Test
    void data_on_azure_files_does_not_go_with_the_replica() {
        ObjectNode app = Cases.injected();
        assertThat(LiveInjection.of(app).orElseThrow().onEmptyDir()).isTrue();
        ((ObjectNode) app.at("/properties/template/volumes/0")).put("storageType", "AzureFile");
        assertThat(LiveInjection.of(app).orElseThrow().onEmptyDir()).isFalse();
    }

    @Test
    void an_app_without_an_injection_has_none() {
        assertThat(LiveInjection.of(Cases.app())).isEmpty();
    }
}
