"""A C++ file as libclang sees it: its tokens, its syntax tree, and what stays as it is."""

from __future__ import annotations

import bisect
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = "python3-clang-14"

try:
    import clang.cindex as cindex
except ImportError:
    # Another Python than Debian's own finds Debian's modules here; this one is pure Python.
    sys.path.append("/usr/lib/python3/dist-packages")
    try:
        import clang.cindex as cindex
    except ImportError:
        sys.exit(f"mutate: clang for Python was not found: apt-get install {PACKAGE}")

Kind = cindex.CursorKind
OPENING = {"(": ")", "[": "]", "{": "}"}
# What is not mutated: it is compile time's business, or not a spelling of this file.
UNTOUCHED_KINDS = {
    Kind.STATIC_ASSERT,
    Kind.MACRO_INSTANTIATION,
    Kind.MACRO_DEFINITION,
    Kind.INCLUSION_DIRECTIVE,
}


@dataclass(frozen=True)
class Token:
    """One token: its bytes, its spelling, and the token of the bracket that it stands in."""

    start: int
    end: int
    spelling: str
    index: int
    opener: int | None


@dataclass(frozen=True)
class Node:
    """A cursor of libclang's whose spelling stands in the file itself."""

    cursor: cindex.Cursor
    parent: cindex.Cursor | None
    start: int
    end: int

    @property
    def kind(self) -> cindex.CursorKind:
        return self.cursor.kind


class ParsedSource:
    """`path`, parsed with the compiler's `arguments`."""

    def __init__(self, path: Path, arguments: list[str]) -> None:
        self.path = path
        self.content = path.read_bytes()
        language = ["-x", "c++"] if path.suffix == ".hpp" else []
        try:
            self._unit = cindex.Index.create().parse(
                str(path),
                language + arguments,
                options=cindex.TranslationUnit.PARSE_DETAILED_PROCESSING_RECORD,
            )
        except cindex.LibclangError as error:
            sys.exit(f"mutate: {error} Install it with: apt-get install libclang1-14 {PACKAGE}")
        self.errors = [
            str(diagnostic)
            for diagnostic in self._unit.diagnostics
            if diagnostic.severity >= cindex.Diagnostic.Error
        ]
        self._line_starts = [0] + [i + 1 for i, b in enumerate(self.content) if b == ord("\n")]
        self.tokens = list(self._read_tokens())
        self._token_starts = [token.start for token in self.tokens]
        self.closer = self._match_brackets()
        self.nodes = list(self._walk(self._unit.cursor))
        self._untouched = [
            (node.start, node.end) for node in self.nodes if node.kind in UNTOUCHED_KINDS
        ]

    def text(self, start: int, end: int) -> str:
        return self.content[start:end].decode()

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a byte, both from 1."""
        line = bisect.bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_text(self, line: int) -> str:
        ends = self._line_starts[1:] + [len(self.content) + 1]
        return self.text(self._line_starts[line - 1], ends[line - 1] - 1).strip()

    def is_untouched(self, start: int, end: int) -> bool:
        """Whether these bytes stand in a macro's use, a directive or a static_assert."""
        return any(first <= start and end <= last for first, last in self._untouched)

    def token_at(self, offset: int) -> Token | None:
        """The token that begins at this byte."""
        index = bisect.bisect_left(self._token_starts, offset)
        if index < len(self.tokens) and self.tokens[index].start == offset:
            return self.tokens[index]
        return None

    def tokens_between(self, start: int, end: int) -> list[Token]:
        first = bisect.bisect_left(self._token_starts, start)
        return self.tokens[first : bisect.bisect_left(self._token_starts, end)]

    def end_of_statement(self, start: int) -> int | None:
        """The byte behind the `;` that ends the statement beginning at `start`."""
        first = self.token_at(start)
        if first is None:
            return None
        for token in self.tokens[first.index :]:
            if token.spelling == ";" and token.opener == first.opener:
                return token.end
            if token.opener is not None and token.spelling in OPENING.values():
                if first.opener is not None and token.index == self.closer.get(first.opener):
                    return None
        return None

    def _read_tokens(self) -> Iterator[Token]:
        file = self._unit.get_file(str(self.path))
        extent = cindex.SourceRange.from_locations(
            cindex.SourceLocation.from_offset(self._unit, file, 0),
            cindex.SourceLocation.from_offset(self._unit, file, len(self.content)),
        )
        open_brackets: list[int] = []
        index = 0
        for token in self._unit.get_tokens(extent=extent):
            if token.kind == cindex.TokenKind.COMMENT:
                continue
            spelling = token.spelling
            opener = open_brackets[-1] if open_brackets else None
            start = token.extent.start.offset
            yield Token(start, start + len(spelling.encode()), spelling, index, opener)
            if spelling in OPENING:
                open_brackets.append(index)
            elif spelling in OPENING.values() and open_brackets:
                open_brackets.pop()
            index += 1

    def _match_brackets(self) -> dict[int, int]:
        """The index of each closing bracket, by that of its opening one."""
        return {
            token.opener: token.index
            for token in self.tokens
            if token.opener is not None
            and token.spelling == OPENING.get(self.tokens[token.opener].spelling)
        }

    def _walk(self, top: cindex.Cursor) -> Iterator[Node]:
        pending = [
            (child, None)
            for child in top.get_children()
            if child.location.file and child.location.file.name == str(self.path)
        ]
        while pending:
            cursor, parent = pending.pop()
            extent = cursor.extent
            if extent.start.file and extent.start.file.name == str(self.path):
                yield Node(cursor, parent, extent.start.offset, extent.end.offset)
            pending.extend((child, cursor) for child in cursor.get_children())
