"""From a version's record to a citation: what is known, and what is a gap."""

import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from quotes.citations.builder import build
from quotes.citations.dates import parse_edtf
from quotes.citations.record import Citation, Dated, Name, PartialDate, Site, SourceKind
from quotes.citations.styles import cite, cite_all

SITE = Site("On the Record", "https://quotes.example/")
ARTICLE = {
    "id": "A1B2C3D4",
    "headline": "Ministers split over river clean-up deadline",
    "byline": "By A. Okafor and Per Lindqvist, Political Editor",
    "url": "https://northerncourier.example/river",
    "outlet": "The Northern Courier",
    "published": "2024-03-14",
    "date_basis": "printed",
    "date_note": "",
    "language": "en-GB",
    "sha256": "0" * 64,
}


def snapshot(**values: Any) -> dict[str, Any]:
    article = ARTICLE | values.pop("article", {})
    return {
        "id": "Q7K3M9P2",
        "text": "We will not miss the 2030 deadline.",
        "spans": [[10, 45, "We will not miss the 2030 deadline."]],
        "prefix": "Ms Marsh said: “",
        "suffix": "” The",
        "speaker": {"name": "Helena Marsh", "slug": "helena-marsh"},
        "on_behalf_of": None,
        "speaker_text": "Ms Marsh",
        "speaker_role": "Environment Secretary",
        "basis": "named",
        "article": article,
        "stances": [{"target": "deadline", "label": "The 2030 deadline", "value": "supports"}],
        **values,
    }


def built(**values: Any) -> Citation:
    return build(snapshot(**values), site=SITE, version=3)


def test_complete_record_has_no_gaps() -> None:
    citation = built()

    assert citation.gaps == ()
    assert citation.permalink == "https://quotes.example/q/Q7K3M9P2/v3"
    assert citation.speaker == Name("Marsh", "Helena")
    assert citation.authors == (Name("Okafor", "A."), Name("Lindqvist", "Per"))
    assert citation.kind == SourceKind.NEWSPAPER
    assert citation.published == Dated(PartialDate(2024, 3, 14), edtf="2024-03-14")
    assert cite(citation, "apa").in_text.plain == "(Marsh, as cited in Okafor & Lindqvist, 2024)"


def test_missing_things_are_named_gaps() -> None:
    bare = dict.fromkeys(("byline", "url", "outlet", "published", "date_basis"), "")

    citation = built(article=bare, speaker=None, speaker_text="")

    assert citation.gaps == ("speaker", "author", "date", "outlet", "address")
    for cited in cite_all(citation):
        text = cited.in_text.plain + cited.reference.plain
        assert "None" not in text
        assert ",," not in text
        assert "()" not in text
        assert "  " not in text


@pytest.mark.parametrize(
    ("values", "speaker"),
    [
        ({"speaker": {"name": "a relative", "slug": ""}}, Name(literal="a relative")),
        ({"speaker": {"name": "Close Friend", "slug": ""}}, Name(literal="Close Friend")),
        (
            {"speaker": None, "on_behalf_of": {"name": "Haven", "slug": "haven"}},
            Name(literal="Haven"),
        ),
        ({"speaker": None, "speaker_text": "a spokesman"}, Name(literal="a spokesman")),
        ({"speaker": None, "speaker_text": "he", "basis": "pronoun"}, None),
    ],
)
def test_speaker_is_the_person_else_the_body_else_the_words(
    values: dict[str, Any], speaker: Name | None
) -> None:
    assert built(**values).speaker == speaker


def test_inferred_date_is_marked_in_every_style() -> None:
    citation = built(article={"published": "2009-03-11", "date_basis": "inferred"})

    for cited in cite_all(citation):
        assert "[" in cited.reference.plain.replace("[Internet]", "").replace("[cited", "")


def test_context_and_addresses_are_kept_in_bounds() -> None:
    citation = built(prefix="x" * 999, suffix="y" * 999, article={"url": "javascript:alert(1)"})

    assert (len(citation.prefix), len(citation.suffix), citation.url) == (200, 200, "")


def test_stated_kind_and_copy_are_used() -> None:
    article = {
        "kind": "blog",
        "archive_url": "https://archive.example/1",
        "archived": "2024-03-15T10:00:00Z",
        "pages": "5",
    }

    citation = built(article=article)

    assert citation.kind == SourceKind.BLOG
    assert citation.archived == date(2024, 3, 15)


@pytest.mark.parametrize(
    ("edtf", "dated"),
    [
        ("", Dated()),
        ("nonsense", Dated()),
        ("2024", Dated(PartialDate(2024))),
        ("2024-03?", Dated(PartialDate(2024, 3), uncertain=True)),
        ("2024-03-14~", Dated(PartialDate(2024, 3, 14), uncertain=True)),
        ("2024-21", Dated(PartialDate(2024, season=1))),
        ("198X", Dated(PartialDate(1980), PartialDate(1989), uncertain=False)),
        ("2024-XX", Dated(PartialDate(2024))),
        ("2024-03-14/2024-03-16", Dated(PartialDate(2024, 3, 14), PartialDate(2024, 3, 16))),
        ("2024/..", Dated(PartialDate(2024), uncertain=True)),
        ("../2024", Dated(PartialDate(2024), uncertain=True)),
        ("0000", Dated()),
        ("2024-13", Dated(PartialDate(2024))),
    ],
)
def test_edtf_is_read(edtf: str, dated: Dated) -> None:
    found = parse_edtf(edtf)

    assert (found.start, found.end, found.uncertain) == (dated.start, dated.end, dated.uncertain)


def test_citing_needs_no_django() -> None:
    code = (
        "import sys, quotes.citations.builder, quotes.citations.exports, quotes.citations.styles;"
        "print([name for name in sys.modules if name.startswith('django')])"
    )

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout == "[]\n"
