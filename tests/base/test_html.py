"""Pieces of HTML: what is put in is escaped, once."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from base.html import joined, piece

HOSTILE = "\"><script>alert('x')</script>&amp;"


def test_values_are_escaped_as_django_does():
    made = piece('<a href="{}">{name}</a>', HOSTILE, name=HOSTILE)
    assert made == format_html('<a href="{}">{name}</a>', HOSTILE, name=HOSTILE)
    assert "<script" not in made
    assert isinstance(made, SafeString)


def test_pieces_in_pieces_are_escaped_once():
    inner = piece("<b>{}</b>", "a < b")
    assert piece("<p>{}</p>", joined([inner, inner])) == "<p><b>a &lt; b</b><b>a &lt; b</b></p>"


def test_what_only_looks_like_a_string_is_escaped_too():
    class Text(str):
        __slots__ = ()

    assert piece("{}{}", Text("<i>"), 3) == "&lt;i&gt;3"
