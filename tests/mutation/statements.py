"""Mutations of whole conditions and statements: negated, and dropped."""

from __future__ import annotations

from collections.abc import Iterator

from expressions import Change
from parsed_source import Kind, Node, ParsedSource, Token

HOLDS_STATEMENTS = {
    Kind.COMPOUND_STMT,
    Kind.IF_STMT,
    Kind.WHILE_STMT,
    Kind.DO_STMT,
    Kind.FOR_STMT,
    Kind.CXX_FOR_RANGE_STMT,
    Kind.CASE_STMT,
    Kind.DEFAULT_STMT,
}
# A statement that is no block begins behind one of these.
BEFORE_STATEMENT = {"{", "}", ";", ")", "else", "do", ":"}
BODIES = {
    Kind.FUNCTION_DECL,
    Kind.CXX_METHOD,
    Kind.CONSTRUCTOR,
    Kind.DESTRUCTOR,
    Kind.LAMBDA_EXPR,
    Kind.FUNCTION_TEMPLATE,
    Kind.CONVERSION_FUNCTION,
}


def statement_changes(
    source: ParsedSource, negated: set[tuple[int, int]]
) -> Iterator[Change]:
    """All of them, but for the conditions that a change in `negated` already turns round."""
    for change in [*condition_changes(source), *ternary_changes(source), *return_changes(source)]:
        if without_parentheses(source, *change.negates) not in negated:
            yield change
    for node in source.nodes:
        yield from dropped_statement(source, node)


def without_parentheses(source: ParsedSource, start: int, end: int) -> tuple[int, int]:
    tokens = source.tokens_between(start, end)
    while (
        len(tokens) > 2
        and tokens[0].spelling == "("
        and source.closer.get(tokens[0].index) == tokens[-1].index
    ):
        tokens = tokens[1:-1]
    return (tokens[0].start, tokens[-1].end) if tokens else (start, end)


def negation(source: ParsedSource, start: int, end: int) -> Change:
    return Change(start, end, f"!({source.text(start, end)})", "negation", (start, end))


def condition_changes(source: ParsedSource) -> Iterator[Change]:
    """The conditions of `if`, `while` and `for`."""
    declared = {
        node.start: node.cursor.spelling for node in source.nodes if node.kind == Kind.VAR_DECL
    }
    for token in source.tokens:
        if token.spelling not in ("if", "while", "for"):
            continue
        condition = condition_of(source, token)
        if condition is None:
            continue
        start, end = condition
        if start not in declared:
            yield negation(source, start, end)
        elif token.spelling == "if":
            new = f"{source.text(start, end)}; !({declared[start]})"
            yield Change(start, end, new, "negation", (start, end))


def condition_of(source: ParsedSource, keyword: Token) -> tuple[int, int] | None:
    """What stands between the parentheses, without what a `for` or `if` does before or after."""
    if keyword.index + 1 >= len(source.tokens):
        return None
    opening = source.tokens[keyword.index + 1]
    closing = source.closer.get(opening.index)
    # `if constexpr` is compile time's business.
    if opening.spelling != "(" or closing is None:
        return None
    inside = source.tokens[opening.index + 1 : closing]
    ends = [token for token in inside if token.spelling == ";" and token.opener == opening.index]
    if keyword.spelling == "for":
        if len(ends) != 2:
            return None
        inside = source.tokens[ends[0].index + 1 : ends[1].index]
    elif ends:
        inside = source.tokens[ends[-1].index + 1 : closing]
    return (inside[0].start, inside[-1].end) if inside else None


def ternary_changes(source: ParsedSource) -> Iterator[Change]:
    for node in source.nodes:
        if node.kind != Kind.CONDITIONAL_OPERATOR:
            continue
        first = source.token_at(node.start)
        if first is None:
            continue
        before = []
        for token in source.tokens[first.index :]:
            if token.spelling == "?" and token.opener == first.opener:
                break
            before.append(token)
        if before and before[-1].end <= node.end:
            yield negation(source, before[0].start, before[-1].end)


def return_changes(source: ParsedSource) -> Iterator[Change]:
    """Each `return` of a truth value."""
    for node in source.nodes:
        if node.kind != Kind.RETURN_STMT:
            continue
        value = next(node.cursor.get_children(), None)
        end = source.end_of_statement(node.start)
        if value is None or end is None or value.type.get_canonical().spelling != "bool":
            continue
        inside = source.tokens_between(node.start, end)[1:-1]
        if inside:
            yield negation(source, inside[0].start, inside[-1].end)


def dropped_statement(source: ParsedSource, node: Node) -> Iterator[Change]:
    """The statement without its text; its `;` stays."""
    if node.parent is None or node.parent.kind not in HOLDS_STATEMENTS:
        return
    if not (node.kind.is_expression() or leaves_block(source, node)):
        return
    first = source.token_at(node.start)
    end = source.end_of_statement(node.start)
    if first is None or end is None or first.index == 0 or first.opener is None:
        return
    if source.tokens[first.opener].spelling != "{":
        return
    if source.tokens[first.index - 1].spelling in BEFORE_STATEMENT:
        yield Change(node.start, end - 1, "", "statement")


def leaves_block(source: ParsedSource, node: Node) -> bool:
    """`break`, `continue`, or a `return` without a value that is not its function's last word."""
    if node.kind in (Kind.BREAK_STMT, Kind.CONTINUE_STMT):
        return True
    if node.kind != Kind.RETURN_STMT or next(node.cursor.get_children(), None) is not None:
        return False
    end = source.end_of_statement(node.start)
    bodies = {other.end for other in source.nodes if other.kind in BODIES}
    return end is None or all(
        token.end not in bodies or token.spelling != "}"
        for token in source.tokens_between(end, len(source.content))[:1]
    )
