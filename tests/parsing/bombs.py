"""Files made to break what reads them. Each is small and made here; none is kept."""

import io
import json
import zipfile
import zlib
from collections.abc import Callable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str | bytes, *, doctype: str = "", members: int = 0) -> bytes:
    """Return a Word file with this inside its body."""
    data = io.BytesIO()
    words = body if isinstance(body, bytes) else body.encode()
    xml = f"<?xml version='1.0' encoding='UTF-8'?>{doctype}<w:document {W}><w:body>".encode()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml + words + b"</w:body></w:document>")
        for number in range(members):
            archive.writestr(f"word/media/{number}.xml", "")
    return data.getvalue()


def paragraph(words: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def pdf(objects: list[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of numbered objects with a right table of where they stand."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d %b >>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        start,
    )
    return bytes(out)


def page_pdf(content: bytes, filters: bytes = b"/FlateDecode", pages: int = 1) -> bytes:
    """Return a PDF whose pages all draw one stream."""
    kids = b" ".join(b"4 0 R" for _ in range(pages))
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count %d /Kids [%b] >>" % (pages, kids),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>",
            b"<< /Length %d /Filter %b >>\nstream\n%b\nendstream"
            % (len(content), filters, content),
        ]
    )


def text_pdf(lines: list[str]) -> bytes:
    """Return a plain PDF that prints lines one below the other."""
    shown = b"".join(
        b"BT /F1 %d Tf 50 %d Td (%b) Tj ET\n" % (18 if n == 0 else 11, 780 - 30 * n, line.encode())
        for n, line in enumerate(lines)
    )
    return page_pdf(zlib.compress(shown))


def many_pages() -> bytes:
    """Return a PDF of 10,000 pages of their own."""
    kids = b" ".join(b"%d 0 R" % (3 + number) for number in range(10_000))
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    pages = b"<< /Type /Pages /Count 10000 /Kids [%b] >>" % kids
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", pages, *[page] * 10_000])


def page_tree_loop() -> bytes:
    return pdf(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>",
        ]
    )


def xref_loop() -> bytes:
    data = pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])
    start = data.index(b"xref\n")
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % start)


def nested_filters() -> bytes:
    stream = b"0" * 50_000_000
    for _ in range(6):
        stream = zlib.compress(stream, 9)
    return page_pdf(stream, b"[%b]" % b" ".join([b"/FlateDecode"] * 6))


def billion_laughs() -> bytes:
    laughs = '<!ENTITY l0 "lol">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)
    )
    return docx("<w:p><w:r><w:t>&l9;</w:t></w:r></w:p>", doctype=f"<!DOCTYPE d [{laughs}]>")


def external_entity() -> bytes:
    outside = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    return docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", doctype=outside)


def deep_html() -> bytes:
    return b"<div>" * 200_000 + b"<p>words</p>"


def deep_docx() -> bytes:
    return docx("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000)


def many_attributes() -> bytes:
    names = b" ".join(b'a%d="x"' % number for number in range(300_000))
    return b"<html><body><p " + names + b">words</p></body></html>"


# These are ended by their limit of time, or of memory before that, so each takes that long.
SLOW = {
    "nested filters pdf",
    "wide table html",
    "operators pdf",
    "attributes html",
    "unclosed tags html",
    "deep arrays pdf",
    "flate pdf",
}
# Name of the file, its bytes, and what it may be refused for ("accepted" where it may be read).
Bomb = tuple[str, Callable[[], bytes], set[str]]
BOMBS: dict[str, Bomb] = {
    "flate pdf": (
        "a.pdf",
        lambda: page_pdf(zlib.compress(b"BT (a) Tj ET " * 80_000_000, 9)),
        {"too_much_memory", "too_slow", "no_text", "damaged"},
    ),
    "operators pdf": (
        "a.pdf",
        lambda: page_pdf(zlib.compress(b"BT /F1 9 Tf (abc) Tj ET " * 4_000_000, 9)),
        {"too_slow", "too_much_memory"},
    ),
    "nested filters pdf": (
        "a.pdf",
        nested_filters,
        {"no_text", "damaged", "too_slow", "too_much_memory"},
    ),
    "xref loop pdf": ("a.pdf", xref_loop, {"no_text", "damaged", "too_deep"}),
    "page tree loop pdf": ("a.pdf", page_tree_loop, {"no_text", "damaged", "too_deep"}),
    "10,000 pages pdf": ("a.pdf", many_pages, {"too_many_pages"}),
    "one page 600 times pdf": (
        "a.pdf",
        lambda: page_pdf(zlib.compress(b"BT ET"), pages=600),
        {"too_many_pages", "no_text"},
    ),
    "deep arrays pdf": (
        "a.pdf",
        lambda: pdf([b"[" * 500_000 + b"]" * 500_000]),
        {"too_deep", "damaged", "no_text", "too_slow"},
    ),
    "deep html": ("a.html", deep_html, {"too_deep"}),
    "unclosed attribute html": (
        "a.html",
        lambda: b'<a x="' * 17_000,
        {"no_text"},
    ),
    "attributes html": ("a.html", many_attributes, {"too_slow", "no_text", "accepted"}),
    "unclosed declarations html": ("a.html", lambda: b"<![" * 100_000, {"no_text"}),
    "unclosed tags html": (
        "a.html",
        lambda: b"<p>a<b><i>" * 200_000,
        {"too_deep", "no_text", "too_slow", "accepted"},
    ),
    "wide table html": (
        "a.html",
        lambda: b"<table>" + b"<tr><td>one<td>two" * 200_000,
        {"too_slow", "no_text", "too_deep", "accepted"},
    ),
    "billion laughs docx": ("a.docx", billion_laughs, {"unsafe_xml"}),
    "external entity docx": ("a.docx", external_entity, {"unsafe_xml"}),
    "zip ratio docx": (
        "a.docx",
        lambda: docx(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 1_500_000),
        {"unsafe_archive"},
    ),
    "10,000 members docx": (
        "a.docx",
        lambda: docx(paragraph("a"), members=10_000),
        {"unsafe_archive"},
    ),
    "deep docx": ("a.docx", deep_docx, {"too_deep"}),
    "long line txt": ("a.txt", lambda: b" " * 1_000_000 + b"a" * 3_000_000, {"accepted"}),
    "marks txt": ("a.txt", lambda: "“".encode() * 1_000_000, {"accepted"}),
    "tags txt": ("a.txt", lambda: b"tags\n" * 900_000, {"accepted"}),
    "deep jsonl": ("a.jsonl", lambda: b"[" * 1_000_000, {"too_deep", "accepted"}),
    "long number jsonl": (
        "a.jsonl",
        lambda: json.dumps({"text": "a"}).encode() + b"\n" + b"9" * 1_000_000,
        {"accepted"},
    ),
    "one cell csv": ("a.csv", lambda: b'text\n"' + b"a" * 12_000_000, {"too_long", "damaged"}),
}
