"""Every style on generated citations: nothing breaks, nothing but italics is markup."""

import html
import re

import pytest
from hypothesis import HealthCheck, given, settings

from quotes.citations.record import Citation, Name
from quotes.citations.styles import STYLES, Form, cite, cite_all
from tests.citations.generated import citations
from tests.citations.items import item

INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ud800-\udfff]")


@settings(max_examples=300, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(citations)
def test_html_says_what_the_plain_text_says_and_holds_only_italics(citation: Citation) -> None:
    for cited in cite_all(citation):
        for text in (cited.in_text, cited.reference):
            assert text.plain
            assert not INVISIBLE.search(text.plain)
            bare = text.html.replace("<i>", "").replace("</i>", "")
            assert "<" not in bare
            assert ">" not in bare
            assert html.unescape(bare) == text.plain
            assert text.html.count("<i>") == text.html.count("</i>")


def test_every_style_names_the_version_of_the_record() -> None:
    for style in STYLES:
        assert (
            "https://quotes.example/q/Q7K3M9P2/v3"
            in cite(item(), style, Form.RECORD).reference.plain
        )


def test_speaker_who_wrote_the_article_is_not_quoted_in_it() -> None:
    citation = item(by=[("Marsh", "Helena")])

    assert cite(citation, "apa").in_text.plain == "(Marsh, 2024)"
    assert cite(citation, "mla").in_text.plain == "(Marsh)"


def test_unknown_style_is_an_error() -> None:
    with pytest.raises(KeyError):
        cite(item(), "none")


def test_article_of_any_title_is_safe() -> None:
    cited = cite(item(headline="<script>alert(1)</script> & “quotes”"), "apa")

    assert "<script>" not in cited.reference.html
    assert "&lt;script&gt;" in cited.reference.html


def test_long_and_right_to_left_names_stay_whole() -> None:
    citation = item(by=[Name("N" * 300, "Ann"), Name("م" * 300, "علي")])

    for style in ("apa", "mla", "oscola"):
        assert "N" * 300 in cite(citation, style).reference.plain
        assert "م" * 300 in cite(citation, style).reference.plain
