package dev.jellykeep.sandbox.replicas.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LoopbackNetworkTest {
    private static final Set<Integer> PORTS = Set.of(8096, 8097);

    @Test
    void two_replicas_never_share_a_port_not_even_those_of_two_sandboxes() {
        try (var one = new LoopbackNetwork();
                var other = new LoopbackNetwork()) {
            var all = new HashSet<Integer>();
            for (var network : new LoopbackNetwork[] {one, one, other, other}) {
                all.addAll(network.attach("a").mapping(PORTS).ports().values());
            }
            assertThat(all).hasSize(8);
        }
    }

    @Test
    void a_port_stays_the_same_for_all_containers_and_for_whoever_asks_from_outside() {
        try (var network = new LoopbackNetwork();
                var replica = network.attach("a")) {
            var first = replica.mapping(PORTS).ports();
            assertThat(replica.mapping(PORTS).ports()).isEqualTo(first);
            assertThat(replica.at(8096).getPort()).isEqualTo(first.get(8096));
            assertThat(replica.at(8096).getAddress().isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void a_port_on_which_somebody_listens_is_passed_over() throws IOException {
        var free = new FreePorts();
        var first = free.take();
        try (var _ = new ServerSocket(first + 1)) {
            assertThat(free.take()).isNotEqualTo(first + 1);
        }
    }

    @Test
    void ports_are_given_back_at_a_replicas_end() {
        var free = new FreePorts();
        var taken = free.take();
        free.release(taken);
        free.release(taken);
        var again = new HashSet<Integer>();
        for (var i = 0; i < 12_000 && !again.contains(taken); i++) {
            var port = free.take();
            free.release(port);
            again.add(port);
        }
        assertThat(again).contains(taken);
    }
}
