package dev.jellykeep.agent.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondTryTest {
    private final Deque<IOException> faults = new ArrayDeque<>();
    private int calls;

    private String read() throws IOException {
        calls++;
        IOException fault = faults.poll();
        if (fault != null) {
            throw fault;
        }
        return "content";
    }

    @Test
    void aFaultThatPassesIsNotSeen() throws IOException {
        faults.add(new IOException("Input/output error"));
        assertThat(SecondTry.of(this::read)).isEqualTo("content");
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void aFaultThatStaysIsTold() {
        faults.addAll(List.of(new IOException("first"), new IOException("second")));
        assertThatThrownBy(() -> SecondTry.of(this::read)).hasMessage("second");
        assertThat(calls).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(classes = {NoSuchFileException.class, NotDirectoryException.class, AccessDeniedException.class})
    void whatAnotherTryCannotChangeIsNotTriedAgain(Class<? extends IOException> kind) throws Exception {
        faults.add(kind.getConstructor(String.class).newInstance("x"));
        assertThatThrownBy(() -> SecondTry.of(this::read)).isInstanceOf(kind);
        assertThat(calls).isEqualTo(1);
    }
}
