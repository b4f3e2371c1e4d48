"""docs/intake.md says what is true."""

from argparse import ArgumentParser
from pathlib import Path

import pytest

from quotes.management.commands.ingest import Command
from quotes.parsing import SENTENCES, Reason
from quotes.parsing.formats import SUFFIXES
from quotes.parsing.tables import NAMES

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", list(Reason))
def test_reason_is_documented_and_has_a_sentence(reason: Reason) -> None:
    assert f"| `{reason}` |" in PAGE
    assert SENTENCES[reason].endswith(".")


@pytest.mark.parametrize("words", [*SUFFIXES, *NAMES])
def test_ending_and_field_is_documented(words: str) -> None:
    assert f"`{words}`" in PAGE


def test_option_is_documented() -> None:
    parser = ArgumentParser()
    Command().add_arguments(parser)

    options = [action.option_strings[0] for action in parser._actions if action.option_strings]

    assert [option for option in options if f"`{option}" not in PAGE] == ["-h"]
