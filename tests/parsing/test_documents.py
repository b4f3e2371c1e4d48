"""Word documents, PDFs and collections."""

import csv
import io
import json
import zipfile
import zlib

from quotes.parsing import RefusedRow
from tests.parsing import bombs

PROSE = "Speaker A told the committee on Monday: “We will count every boat.”"


def test_docx_gives_paragraphs_and_its_title(parse) -> None:
    inside = (
        bombs.paragraph("A title", "Title")
        + bombs.paragraph("")
        + "<w:p><w:r><w:t>One &amp; </w:t></w:r><w:r><w:t>two</w:t><w:br/>"
        + "<w:t>three</w:t></w:r></w:p>"
        + '<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins w:id="1"><w:r>'
        + "<w:t>kept</w:t></w:r></w:ins></w:p>"
        + "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )

    document = parse("a.docx", bombs.docx(inside))

    assert document.text == "A title\n\nOne & two\nthree\n\nkept"
    assert document.headline == "A title"


def test_docx_that_is_another_zip_is_refused(parse) -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("a.txt", "words")

    assert parse.refusal("a.docx", empty.getvalue()) == "unsupported_format"
    assert parse.refusal("a.docx", empty.getvalue()[:-30]) == "damaged"
    assert parse.refusal("a.docx", b"\xd0\xcf\x11\xe0 old word") == "unsupported_format"


def test_pdf_gives_paragraphs_and_the_heading_in_large_letters(parse) -> None:
    lines = ["A heading", "Words of a first para-", "graph, and a paragraph more.", "Last words."]

    document = parse("a.pdf", bombs.text_pdf(lines))

    assert document.headline == "A heading"
    assert document.text == (
        "A heading\n\nWords of a first para-\n\ngraph, and a paragraph more.\n\nLast words."
    )


def test_pdf_divided_words_are_joined_as_the_document_writes_them() -> None:
    from quotes.parsing.pdf import _join, _whole_words  # layout itself needs no test of ours

    words = _whole_words(["a paragraph", "self-made"])

    assert _join(["one para-", "graph"], words) == "one paragraph"
    assert _join(["one self-", "made"], words) == "one self-made"
    assert _join(["one un-", "heard"], words) == "one un-heard"


def test_pdf_without_text_is_refused(parse) -> None:
    assert parse.refusal("a.pdf", bombs.page_pdf(zlib.compress(b"BT ET"))) == "no_text"
    assert parse.refusal("a.pdf", b"not a pdf at all") == "damaged"


def test_csv_is_read_by_its_column_names(parse) -> None:
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["Title", "Body", "Date", "Publication", "URL"])
    writer.writerow(["A title", f"{PROSE}\n\nMore.", "11 March 2009", "Gazette", "http://e.org/1"])
    writer.writerow(["Another", "", "2009", "", ""])
    writer.writerow(["Third", "Words", "03/04/2009", "", "javascript:x"])

    first, second, third = parse.rows("a.csv", b"\xef\xbb\xbf" + table.getvalue().encode())

    assert (first.source, first.headline, first.outlet) == ("a.csv#1", "A title", "Gazette")
    assert (first.published, first.published_words) == ("2009-03-11", "11 March 2009")
    assert first.text == f"{PROSE}\n\nMore."
    assert (second.source, second.reason) == ("a.csv#2", "bad_row")
    assert (third.published, third.url) == ("", "")
    assert third.warnings == ("its date could not be read",)


def test_jsonl_is_read_by_a_map_of_columns(parse) -> None:
    rows = [
        {"content": PROSE, "when": "2009-03", "who": ["Reporter A", "Reporter B"]},
        {"content": 5},
        {"text": "no such column"},
        ["not an object"],
    ]
    data = "\n".join(json.dumps(row) for row in rows) + '\nnot json\n{"content": "\\ud800"}\n'

    found = parse.rows(
        "a.jsonl",
        data.encode(),
        columns={"text": "content", "published": "when", "byline": "who"},
    )

    assert (found[0].published, found[0].byline) == ("2009-03", "Reporter A, Reporter B")
    assert [getattr(item, "reason", "") for item in found] == [
        "",
        "",
        "bad_column",
        "bad_row",
        "bad_row",
        "encoding",
    ]
    assert next(item.source for item in found if isinstance(item, RefusedRow)) == "a.jsonl#3"


def test_unknown_field_of_a_map_is_refused(parse) -> None:
    assert parse.refusal("a.jsonl", b"{}", columns={"body": "x"}) == "bad_column"


def test_csv_in_windows_1252_is_read(parse) -> None:
    (row,) = parse.rows("a.csv", "text;title\n“Quoted” words;Café\n".encode("cp1252"))

    assert (row.text, row.headline) == ("“Quoted” words", "Café")
