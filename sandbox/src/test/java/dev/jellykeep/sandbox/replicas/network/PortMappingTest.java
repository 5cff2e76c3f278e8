package dev.jellykeep.sandbox.replicas.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortMappingTest {
    private final PortMapping mapping = new PortMapping(Map.of(8096, 20001, 8097, 20002));

    @ParameterizedTest
    @CsvSource({
        "URL, http://127.0.0.1:8096/health, http://127.0.0.1:20001/health",
        "URL, http://localhost:8096, http://localhost:20001",
        "LISTEN, 0.0.0.0:8097, 0.0.0.0:20002",
        "LISTEN, [::]:8097, [::]:20002",
        "LISTEN, http://+:8096;http://*:8097, http://+:20001;http://*:20002",
        "JELLYKEEP_MANAGEMENT_PORT, 8097, 20002",
        "PORT, 8096, 20001",
        "STANDIN_OPTIONS, --users 2 --port 8096, --users 2 --port 20001",
        "OPTIONS, --health-port=8097, --health-port=20002",
    })
    void a_port_of_the_replica_becomes_one_of_this_machine(String name, String value, String mapped) {
        assertThat(mapping.environment(Map.of(name, value))).containsEntry(name, mapped);
    }

    @ParameterizedTest
    @CsvSource({
        "JELLYKEEP_MANAGEMENT_PORT, 0",
        "PORT, 9000",
        "COUNT, 8096",
        "SUPPORT, 8096",
        "URL, http://10.0.0.1:8096/",
        "URL, http://other.localhost:8096/",
        "URL, http://127.0.0.1:80960/",
        "LISTEN, 127.0.0.1:8096.5",
        "OPTIONS, --users 8096 --portable 8096",
    })
    void any_other_number_is_left_alone(String name, String value) {
        assertThat(mapping.environment(Map.of(name, value))).containsEntry(name, value);
    }

    @Test
    void a_flag_and_its_value_may_be_two_words_of_a_command_line() {
        assertThat(mapping.commandLine(List.of("serve", "--port", "8096", "--users", "8096", "--mgmt-port=8097")))
                .containsExactly("serve", "--port", "20001", "--users", "8096", "--mgmt-port=20002");
    }

    @Test
    void without_ports_nothing_is_mapped() {
        assertThat(PortMapping.NONE.commandLine(List.of("--port", "8096"))).containsExactly("--port", "8096");
    }
}
