package dev.jellykeep.operator.infra;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// As much of Bicep as `infra/` is written in.
final class Syntax {
    private Syntax() {}

    sealed interface Expression {}

    /// A string: texts and expressions, in order.
    record Text(List<Object> parts) implements Expression {}

    /// A number, a truth value or null.
    record Literal(@Nullable Object value) implements Expression {}

    record Items(List<Expression> values) implements Expression {}

    record Members(Map<Text, Expression> values) implements Expression {}

    record Name(String name) implements Expression {}

    record Member(Expression of, String name) implements Expression {}

    record Index(Expression of, Expression at) implements Expression {}

    /// @param of null for a function
    record Call(@Nullable Expression of, String name, List<Expression> arguments) implements Expression {}

    record Choice(Expression condition, Expression then, Expression otherwise) implements Expression {}

    record Same(Expression left, Expression right) implements Expression {}

    record Not(Expression of) implements Expression {}

    sealed interface Statement {}

    record Parameter(String name, String type, @Nullable Expression byDefault) implements Statement {}

    record Variable(String name, Expression value) implements Statement {}

    record Function(String name, List<String> parameters, Expression body) implements Statement {}

    record Import(List<String> names, String from) implements Statement {}

    /// @param type with its version
    record Resource(
            String name,
            String type,
            boolean existing,
            @Nullable Expression condition,
            Expression body) implements Statement {}

    record Module(String name, String path, @Nullable Expression condition, Expression body) implements Statement {}

    record Output(String name, Expression value) implements Statement {}

    record Scope(String scope) implements Statement {}
}
