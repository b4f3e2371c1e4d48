from collections.abc import Iterator

import pytest

from quotes.parsing import (
    ParsedDocument,
    ReadOptions,
    RefusedError,
    RefusedRow,
    Sandbox,
    parse_bytes,
)


class Parse:
    """Parse bytes as a file of a name, in one process for all tests."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def __call__(self, name: str, data: bytes, **options) -> ParsedDocument:
        (item,) = self.rows(name, data, **options)
        assert isinstance(item, ParsedDocument), item
        return item

    def rows(self, name: str, data: bytes, **options) -> list[ParsedDocument | RefusedRow]:
        return list(parse_bytes(self.sandbox, name, data, ReadOptions(**options)))

    def refusal(self, name: str, data: bytes, **options) -> str:
        with pytest.raises(RefusedError) as refused:
            self.rows(name, data, **options)
        return refused.value.reason


@pytest.fixture(scope="session")
def parse() -> Iterator[Parse]:
    with Sandbox(preload=("txt", "html", "pdf", "docx", "tables")) as sandbox:
        yield Parse(sandbox)
