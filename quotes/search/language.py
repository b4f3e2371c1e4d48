"""What a reader typed -> a tree of conditions. Plain Python: no rows, no SQL.

    minister -resign "media pressure" (audit OR review) speaker:balls date:2008-11..2009-03

docs/search.md has the language with examples. Side by side means AND, which binds tighter than OR
(as PostgreSQL's websearch_to_tsquery and most databases for research read it). Whatever can't be
read is a SearchError with the nearest text that can; nothing is ignored but punctuation.
"""

from quotes.search.scanning import LONGEST, MARKS, MOST_TERMS, Scanner, Token, without
from quotes.search.tree import And, Leaf, Node, Not, Or, Query, SearchError
from quotes.search.words import words

MOST_DEPTH = 6
MOST_REPAIRS = 10


def parse(text: str) -> Query:
    """Return what a search means. Raises SearchError, whose `repaired` can always be parsed."""
    try:
        return _parse(text)
    except SearchError as error:
        error.repaired = _settled(error.repaired)
        raise


def _settled(text: str) -> str:
    """Return a repaired text when nothing is wrong with it any more; else its words alone."""
    for _ in range(MOST_REPAIRS):
        try:
            _parse(text)
        except SearchError as error:
            if not error.repaired:
                return ""
            text = error.repaired
        else:
            return text
    return " ".join(word.folded for word in words(text)[:MOST_TERMS])


def _parse(text: str) -> Query:
    text = " ".join(text.translate(MARKS).split())
    if len(text) > LONGEST:
        message = f"A search can be {LONGEST} characters long."
        raise SearchError("too-long", message, text[:LONGEST].rstrip())
    tokens = list(Scanner(text).tokens())
    if not any(isinstance(token.leaf, Leaf) for token in tokens):
        raise SearchError("no-word", "There is no word to search for.")
    return Query(text, _Parser(text, tokens).root())


class _Parser:
    """Tokens -> tree, by recursive descent; the depth is bounded."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.at = 0

    def root(self) -> Node:
        node = self._any(0)
        if self.at < len(self.tokens):  # only a bracket can be left
            self._refuse("unopened-bracket", "A bracket is closed that was not opened.")
        return node

    @property
    def _kind(self) -> str:
        return self.tokens[self.at].kind if self.at < len(self.tokens) else ""

    def _refuse(self, code: str, message: str, token: Token | None = None) -> None:
        token = token or self.tokens[self.at]
        raise SearchError(code, message, without(self.text, token.start, token.end))

    def _any(self, depth: int) -> Node:
        parts = [self._all(depth)]
        while self._kind == "OR":
            self.at += 1
            parts.append(self._all(depth, after=self.tokens[self.at - 1]))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _all(self, depth: int, after: Token | None = None) -> Node:
        parts = [self._one(depth, after)]
        while self._kind not in ("", ")", "OR"):
            before = None
            if self._kind == "AND":
                before = self.tokens[self.at]
                self.at += 1
            parts.append(self._one(depth, before))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _one(self, depth: int, after: Token | None = None) -> Node:
        """Read one condition; `after` is the operator or bracket that needs one."""
        negated = False
        while self._kind in ("-", "NOT"):
            after, negated = self.tokens[self.at], not negated
            self.at += 1
        kind = self._kind
        if kind == "(":
            node = self._bracket(depth)
        elif kind == "leaf":
            node = self.tokens[self.at].leaf  # type: ignore[assignment]
            self.at += 1
        elif after and after.kind != "(":
            self._refuse("dangling-operator", f"“{after.kind}” needs a word after it.", after)
        elif kind in ("AND", "OR"):
            self._refuse("dangling-operator", f"“{kind}” needs a word before it.")
        elif after:
            self._refuse("empty-bracket", "There is nothing in the brackets.", after)
        else:
            self._refuse("unopened-bracket", "A bracket is closed that was not opened.")
        return Not(node) if negated else node

    def _bracket(self, depth: int) -> Node:
        opened = self.tokens[self.at]
        if depth >= MOST_DEPTH:
            message = f"Brackets can stand in brackets {MOST_DEPTH} deep."
            plain = without(self.text.replace("(", " ").replace(")", " "), 0, 0)
            raise SearchError("too-deep", message, plain)
        self.at += 1
        if self._kind == ")":
            token = self.tokens[self.at]
            repaired = without(self.text, opened.start, token.end)
            raise SearchError("empty-bracket", "There is nothing in the brackets.", repaired)
        node = self._any(depth + 1) if self._kind else None
        if node is None or self._kind != ")":
            repaired = f"{self.text})"
            if node is None or len(repaired) > LONGEST:
                repaired = without(self.text, opened.start, opened.end)
            raise SearchError("unclosed-bracket", "A bracket is not closed.", repaired)
        self.at += 1
        return node
