"""Every encoding is proved or refused; no character is replaced."""

import unicodedata

import pytest

WORDS = "A headline\n\n“Quoted” words – naïve café, £73m, it’s €5 … and more of the same."


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + WORDS.encode(), "utf-8"),
        (WORDS.encode("cp1252"), "cp1252"),
        (WORDS.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16"),
        (WORDS.encode("utf-32"), "utf-32"),
    ],
)
def test_text_is_the_same_in_every_encoding_that_shows_itself(parse, data, encoding) -> None:
    document = parse("a.txt", data)

    assert document.text == WORDS
    assert document.encoding == encoding


def test_latin_1_is_read_as_what_it_is() -> None:
    from quotes.parsing.encodings import decode  # in this process: no file is read

    text, encoding, warnings = decode("Un café à la crème, déjà vu".encode("latin-1"))

    assert (text, encoding) == ("Un café à la crème, déjà vu", "cp1252")
    assert warnings == ("no encoding declared; read as Windows-1252",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        # A byte that UTF-8 never has, in a text that otherwise is UTF-8.
        ("“Quoted” and ".encode() + b"caf\xe9 again and again", "encoding"),
        ("Привет, мир! Это новость.".encode("koi8-r"), "encoding"),
        ("これは日本語の記事です。".encode("shift-jis"), "encoding"),
        ("Zażółć gęślą jaźń, właściwy źródło".encode("iso8859-2"), "encoding"),
        ("Quoted words".encode("utf-16-le"), "binary"),
        (b"One\x00NUL", "nul_character"),
        (b"\xed\xa0\x80 half a pair", "encoding"),
        (b"\xff\xfe\x00\xd8\x41\x00", "encoding"),
        (bytes(range(256)), "nul_character"),
        (bytes(range(1, 256)), "binary"),
        (b"caf\xe9 \x81\x8d", "encoding"),
        (b"   \n\n ", "empty"),
        (b"", "empty"),
    ],
)
def test_what_cannot_be_told_is_refused(parse, data, reason) -> None:
    assert parse.refusal("a.txt", data) == reason


def test_declared_encoding_that_does_not_hold_is_refused(parse) -> None:
    page = '<html><meta charset="utf-8"><p>A café here and there.</p></html>'.encode("latin-1")

    assert parse.refusal("a.html", page) == "encoding"


def test_declared_encoding_is_used(parse) -> None:
    words = "Это слова статьи, и их достаточно много, чтобы это был абзац текста. " * 3
    page = f'<html><meta charset="windows-1251"><body><article><p>{words}</p></article>'

    document = parse("a.html", page.encode("cp1251"))

    assert document.text == words.strip()
    assert (document.encoding, document.language) == ("cp1251", "")


def test_utf_8_under_a_declaration_of_latin_1_is_utf_8_and_said(parse) -> None:
    words = "“The words” of a paragraph that is long enough for any reader of pages. " * 2
    page = f'<html><meta charset="iso-8859-1"><body><article><p>{words}</p></article>'

    document = parse("a.html", page.encode())

    assert document.text == words.strip()
    assert document.warnings == ("declared as iso-8859-1, but it is UTF-8",)


def test_mojibake_is_kept_as_it_came_and_said(parse) -> None:
    broken = "â€œQuotedâ€\u009d"

    document = parse("a.txt", f"{broken} words".encode())

    assert document.text == f"{broken} words"
    assert "wrongly converted" in document.warnings[0]


def test_replacement_characters_are_counted_never_added(parse) -> None:
    document = parse("a.txt", "One \ufffd that came".encode())

    assert document.text.count("\ufffd") == 1
    assert "1 replacement" in document.warnings[0]


def test_text_is_composed_and_astral_characters_count_one(parse) -> None:
    words = "Cafe\u0301 😀 \u202eturned\u202c zero\u200bwidth"

    document = parse("a.txt", words.encode())

    assert document.text == unicodedata.normalize("NFC", words)
    assert document.text.index("\u202e") == 7


def test_line_ends_are_one_character(parse) -> None:
    assert parse("a.txt", b"One\r\n\r\nTwo\rThree").text == "One\n\nTwo\nThree"


def test_references_to_no_character_are_refused(parse) -> None:
    assert parse.refusal("a.html", b"<p>words &#xD800; words</p>") == "encoding"
