"""The canonical text of a document."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.canonical import TextRefusedError, canonical_text, normalise
from tests.hard import times


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        (b"\r\r\n\n", "\n\n\n"),
        ("cafe\u0301".encode(), "caf\u00e9"),
        (b"\xef\xbb\xbfmarked", "marked"),
        ("no\u00a0break “kept” \U0001f4f0".encode(), "no\u00a0break “kept” \U0001f4f0"),
        (b"", ""),
    ],
)
def test_canonical_text_settles_line_ends_composition_and_byte_order_mark(
    data: bytes, text: str
) -> None:
    assert canonical_text(data) == text


def test_canonical_text_refuses_other_encodings_and_says_where() -> None:
    with pytest.raises(TextRefusedError, match=r"not UTF-8: byte 0x93 at offset 4"):
        canonical_text(b"one \x93two\x94")


def test_canonical_text_refuses_utf_16() -> None:
    with pytest.raises(TextRefusedError, match="not UTF-8"):
        canonical_text("text".encode("utf-16"))


def test_normalise_refuses_nul() -> None:
    with pytest.raises(TextRefusedError, match="NUL character at offset 2"):
        normalise("ab\x00c")


def test_normalise_refuses_half_a_character() -> None:
    with pytest.raises(TextRefusedError, match="half a character at offset 1"):
        normalise("a\ud83d")


STORABLE = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


@pytest.mark.hard
@settings(max_examples=times(100, 10_000), deadline=None)
@given(STORABLE)
def test_normalise_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert "\r" not in once
    assert unicodedata.is_normalized("NFC", once)


@given(STORABLE)
def test_canonical_text_of_its_own_output_is_the_same(text: str) -> None:
    once = canonical_text(text.encode())
    assert canonical_text(once.encode()) == once
