"""The format's words and lengths are those that the database keeps."""

from typing import Any

import pytest
from django.db.models import Model

from people.models import Membership, Organization, Person
from quotes import choices
from quotes.citations.record import SourceKind
from quotes.collection import fields
from quotes.models import Article, Outlet, Quote, Target, Utterance


@pytest.mark.parametrize(
    ("words", "stored"),
    [
        (fields.KINDS, choices.Kind),
        (fields.BASES, choices.Basis),
        (fields.ARTICLE_KINDS, choices.ArticleKind),
        (fields.ARTICLE_KINDS, SourceKind),
        (fields.CHANNELS, choices.Channel),
        (fields.DATE_BASES, choices.DateBasis),
        (fields.RIGHTS, choices.Rights),
        (fields.TARGET_KINDS, choices.TargetKind),
        (fields.CONFIDENCES, choices.Confidence),
        (fields.CODER_KINDS, choices.CoderKind),
        (fields.NON_VALUES, choices.NON_VALUES),
    ],
)
def test_format_words_are_the_stored_words(words: tuple[str, ...], stored: Any) -> None:
    # The empty word is written by leaving the field out.
    values = [str(choice) for choice in stored if str(choice)]
    assert sorted(words) == sorted(values)


def test_format_stance_values_are_the_stored_values_of_each_kind() -> None:
    stored = {str(k): tuple(map(str, values)) for k, values in choices.VALUES_BY_KIND.items()}
    assert stored == fields.STANCE_VALUES


@pytest.mark.parametrize(
    ("table", "model"),
    [
        ("people", Person),
        ("organizations", Organization),
        ("memberships", Membership),
        ("outlets", Outlet),
        ("targets", Target),
        ("utterances", Utterance),
        ("article", Article),
        ("quotes", Quote),
    ],
)
def test_format_lets_no_text_in_that_the_database_would_cut(table: str, model: type[Model]) -> None:
    kept = {c.name: getattr(c, "max_length", None) or 20_000 for c in model._meta.fields}
    too_long = {
        name: (field.longest, kept[name])
        for name, field in fields.TABLES[table].items()
        if field.type == "text" and not field.choices and field.longest > kept.get(name, 20_000)
    }
    assert too_long == {}
