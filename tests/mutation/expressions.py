"""Mutations inside of expressions: operators, constants, enumerators, and the texts of tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from parsed_source import Kind, Node, ParsedSource, cindex

# A limit is moved by one, and the comparison is turned round.
RELATIONAL = {
    "==": ["!="],
    "!=": ["=="],
    "<": ["<=", ">="],
    "<=": ["<", ">"],
    ">": [">=", "<="],
    ">=": [">", "<"],
}
LOGICAL = {"&&": ["||"], "||": ["&&"]}
ARITHMETIC = {
    "+": ["-"],
    "-": ["+"],
    "*": ["/"],
    "/": ["*"],
    "%": ["*"],
    "&": ["|"],
    "|": ["&"],
    "^": ["&"],
    "<<": [">>"],
    ">>": ["<<"],
}
ASSIGNING = {
    "+=": ["-="],
    "-=": ["+="],
    "*=": ["/="],
    "/=": ["*="],
    "|=": ["&="],
    "&=": ["|="],
    "<<=": [">>="],
    ">>=": ["<<="],
}
STEPPING = {"++": ["--"], "--": ["++"]}
BINARY = RELATIONAL | LOGICAL | ARITHMETIC | ASSIGNING
# As a class's own operator these mean something else: output, or what a pointer points to.
OVERLOADED = {**RELATIONAL, **STEPPING, "+": ["-"], "-": ["+"], "+=": ["-="], "-=": ["+="]}
NUMBER = re.compile(r"(0[xX])?([0-9][0-9a-fA-F']*)(.*)", re.DOTALL)
DECIMAL = re.compile(r"([0-9][0-9']*)(.*)", re.DOTALL)
# Put behind a text of a table, so that it is no other entry's text.
TEXT_MARK = "~"


@dataclass(frozen=True)
class Change:
    """New text for some bytes, before it is a mutant."""

    start: int
    end: int
    new: str
    kind: str
    # The bytes of a condition that this change turns into its opposite.
    negates: tuple[int, int] | None = None


def expression_changes(source: ParsedSource, root: Path) -> Iterator[Change]:
    """All changes inside of expressions; enumerators are those that are declared under `root`."""
    labels = [case_label(node) for node in source.nodes if node.kind == Kind.CASE_STMT]
    tables = [(node.start, node.end) for node in source.nodes if is_table(source, node)]
    for node in source.nodes:
        # Another label would stand in the same `switch` twice.
        if any(first <= node.start and node.end <= last for first, last in labels):
            continue
        yield from operator_changes(source, node)
        yield from constant_changes(source, node)
        yield from enumerator_changes(source, node, root)
        if node.kind == Kind.STRING_LITERAL:
            if any(first <= node.start and node.end <= last for first, last in tables):
                yield from text_changes(source, node)


def case_label(node: Node) -> tuple[int, int]:
    label = next(node.cursor.get_children(), None)
    return (node.start, label.extent.end.offset if label else node.start)


def is_table(source: ParsedSource, node: Node) -> bool:
    """A variable outside of functions with a list of values."""
    return (
        node.kind == Kind.VAR_DECL
        and node.cursor.semantic_parent is not None
        and node.cursor.semantic_parent.kind in (Kind.NAMESPACE, Kind.TRANSLATION_UNIT)
        and "{" in source.text(node.start, node.end)
    )


def operator_changes(source: ParsedSource, node: Node) -> Iterator[Change]:
    if node.kind in (Kind.BINARY_OPERATOR, Kind.COMPOUND_ASSIGNMENT_OPERATOR):
        yield from binary_changes(source, node)
    elif node.kind == Kind.UNARY_OPERATOR:
        yield from unary_changes(source, node)
    elif node.cursor.spelling.startswith("operator") and node.kind in (
        Kind.DECL_REF_EXPR,
        Kind.UNEXPOSED_EXPR,
        Kind.MEMBER_REF_EXPR,
    ):
        yield from overloaded_changes(source, node)


def binary_changes(source: ParsedSource, node: Node) -> Iterator[Change]:
    children = list(node.cursor.get_children())
    if len(children) != 2:
        return
    between = source.tokens_between(children[0].extent.end.offset, children[1].extent.start.offset)
    for token in between:
        for new in BINARY.get(token.spelling, []):
            turned = is_opposite(token.spelling, new)
            yield Change(
                token.start,
                token.end,
                new,
                kind_of(token.spelling),
                (node.start, node.end) if turned else None,
            )


def overloaded_changes(source: ParsedSource, node: Node) -> Iterator[Change]:
    token = source.token_at(node.start)
    if token is None or token.end != node.end:
        return
    # Texts can be put together, and not taken from each other.
    is_text = "basic_string" in node.cursor.type.get_canonical().spelling
    if is_text and token.spelling in ("+", "+="):
        return
    whole = None
    if node.parent is not None and node.parent.extent.start.file:
        whole = (node.parent.extent.start.offset, node.parent.extent.end.offset)
    for new in OVERLOADED.get(token.spelling, []):
        turned = is_opposite(token.spelling, new)
        yield Change(
            token.start, token.end, new, kind_of(token.spelling), whole if turned else None
        )


def unary_changes(source: ParsedSource, node: Node) -> Iterator[Change]:
    first = source.token_at(node.start)
    if first is None:
        return
    if first.spelling == "!":
        yield Change(first.start, first.end, "", "negation", (node.start, node.end))
    elif first.spelling == "-":
        yield Change(first.start, first.end, "", "arithmetic")
    within = source.tokens_between(node.start, node.end)
    for token in (within[0], within[-1]):
        for new in STEPPING.get(token.spelling, []):
            yield Change(token.start, token.end, new, "arithmetic")


def kind_of(operator: str) -> str:
    if operator in RELATIONAL:
        return "relational"
    return "logical" if operator in LOGICAL else "arithmetic"


def is_opposite(old: str, new: str) -> bool:
    return {old, new} in ({"==", "!="}, {"<", ">="}, {">", "<="})


def constant_changes(source: ParsedSource, node: Node) -> Iterator[Change]:
    token = source.token_at(node.start)
    if token is None:
        return
    if node.kind == Kind.CXX_BOOL_LITERAL_EXPR:
        new = {"true": "false", "false": "true"}.get(token.spelling)
        if new:
            yield Change(token.start, token.end, new, "constant", (token.start, token.end))
    elif node.kind == Kind.INTEGER_LITERAL or (
        node.kind == Kind.CALL_EXPR and node.cursor.spelling.startswith('operator""')
    ):
        new = next_number(token.spelling)
        if new:
            yield Change(token.start, token.end, new, "constant")


def next_number(spelling: str) -> str | None:
    """`0` and `1` become each other, another number the next one; what is none becomes nothing."""
    hexadecimal = spelling[:2] in ("0x", "0X")
    match = NUMBER.fullmatch(spelling) if hexadecimal else DECIMAL.fullmatch(spelling)
    if match is None or (not hexadecimal and re.match(r"[.eE]", match.groups()[-1])):
        return None
    digits, suffix = match.groups()[-2:]
    value = int(digits.replace("'", ""), 16 if hexadecimal else 10)
    changed = {0: 1, 1: 0}.get(value, value + 1)
    return (f"0x{changed:x}" if hexadecimal else str(changed)) + suffix


def enumerator_changes(source: ParsedSource, node: Node, root: Path) -> Iterator[Change]:
    if node.kind != Kind.DECL_REF_EXPR:
        return
    referenced = node.cursor.referenced
    if referenced is None or referenced.kind != Kind.ENUM_CONSTANT_DECL:
        return
    declared_in = referenced.location.file
    if declared_in is None or not Path(declared_in.name).resolve().is_relative_to(root.resolve()):
        return
    names = source.tokens_between(node.start, node.end)
    if not names or names[-1].spelling != referenced.spelling:
        return
    new = other_enumerator(referenced)
    if new:
        yield Change(names[-1].start, names[-1].end, new, "enumerator")


def other_enumerator(constant: cindex.Cursor) -> str | None:
    """The one that is declared behind it; the first, behind the last."""
    all_of_them = [
        child
        for child in constant.semantic_parent.get_children()
        if child.kind == Kind.ENUM_CONSTANT_DECL
    ]
    index = [child.spelling for child in all_of_them].index(constant.spelling)
    for other in all_of_them[index + 1 :] + all_of_them[:index]:
        if other.enum_value != constant.enum_value:
            return other.spelling
    return None


def text_changes(source: ParsedSource, node: Node) -> Iterator[Change]:
    token = source.token_at(node.start)
    if token is not None and token.spelling.startswith('"'):
        yield Change(token.end - 1, token.end - 1, TEXT_MARK, "text")
