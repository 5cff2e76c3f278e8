package dev.jellykeep.sandbox.replicas.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubnetTest {
    @Test
    void a_network_of_the_machine_is_not_taken_from_it() {
        assertThat(Subnet.free(List.of("default", "192.0.2.0/24", "10.213.7.0/24"), 7))
                .contains(new Subnet(8));
        assertThat(Subnet.free(List.of("10.213.7.9"), 7)).contains(new Subnet(8));
        assertThat(Subnet.free(List.of("10.213.0.0/17", "fd00::/64"), 7)).contains(new Subnet(128));
    }

    @Test
    void where_all_are_taken_none_is_given() {
        assertThat(Subnet.free(List.of("10.0.0.0/8"), 3)).isEmpty();
        var all = IntStream.range(0, 256).mapToObj(n -> new Subnet(n).route()).toList();
        assertThat(Subnet.free(all, 250)).isEmpty();
    }

    @Test
    void whose_an_interface_is_is_read_as_it_was_written_and_foreign_ones_are_nobodys() {
        var mark = new Mark(new dev.jellykeep.sandbox.process.Owner(7, 42), "pid:[1]");
        assertThat(Mark.parse(mark.text())).contains(mark);
        assertThat(Mark.parse("docker0")).isEmpty();
        assertThat(Mark.parse("jellykeep-sandbox/x/pid:[1]")).isEmpty();
        assertThat(mark.stale("pid:[1]")).isTrue();
        assertThat(mark.stale("pid:[2]")).isFalse();
    }
}
