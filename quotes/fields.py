"""What each parameter of the list may be: strict fields over what the public may see."""

import re
from functools import partial
from typing import Any

from base import parameters
from people.models import Organization, Person, PersonRedirect
from quotes.choices import StanceValue
from quotes.models import Article, Outlet, Quote, Target
from quotes.paging import Cursor
from quotes.permanence import moved_target
from quotes.querysets import public_role
from quotes.search import SearchError, parse

_ROLE = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff]{1,200}")
_LANGUAGE = re.compile(r"[A-Za-z0-9-]{2,20}")
_YEAR = re.compile(r"(?!0000)[0-9]{4}")


class SearchField(parameters.WordsField):
    """Words that the search can read; its own complaints become the parameter's."""

    def to_python(self, value: str | None) -> str:
        words = super().to_python(value)
        if words:
            try:
                parse(words)
            except SearchError as error:
                mended = [error.repaired] if error.repaired else []
                raise parameters.refusal(str(error), repaired=mended) from error
        return words


class TextsField(parameters.ManyField):
    """Texts of a form, among those that published quotes have."""

    def read(self, values: list[str]) -> tuple[str, ...]:
        fit = [value for value in values if self.pattern.fullmatch(value)]
        known = self.known(fit) if fit else set()
        for value in values:
            if value not in known:
                raise parameters.refusal(
                    f"There is no “{parameters.shown(value)}” here.",
                    repaired=[other for other in values if other in known],
                )
        return tuple(values)

    pattern: re.Pattern[str]

    def known(self, values: list[str]) -> set[str]:
        raise NotImplementedError


class RolesField(TextsField):
    """Roles as articles print them."""

    pattern = _ROLE

    def known(self, values: list[str]) -> set[str]:
        rows = Quote.objects.published().filter(public_role())
        return {value for value in values if rows.filter(speaker_role=value).exists()}


class LanguagesField(TextsField):
    """Language tags of articles."""

    pattern = _LANGUAGE

    def known(self, values: list[str]) -> set[str]:
        rows = Article.objects.published()
        return {value for value in values if rows.filter(language=value).exists()}


class YearsField(TextsField):
    """Years of four digits, whether or not anything was said in them."""

    pattern = _YEAR

    def known(self, values: list[str]) -> set[str]:
        return set(values)


class StancesField(parameters.ManyField):
    """Stance values, each of any target (`denies`) or of one (`media-pressure:denies`)."""

    def read(self, values: list[str]) -> tuple[str, ...]:
        slugs = {slug for slug, dots, _ in (v.partition(":") for v in values) if dots}
        fit = [slug for slug in slugs if re.fullmatch(r"[-\w]{1,80}", slug)]
        rows = Target.objects.published().filter(slug__in=fit) if fit else ()
        known = {row.slug: set(row.values) for row in rows}
        good = [value for value in values if _is_stance(value, known)]
        for value in values:
            if value not in good:
                raise parameters.refusal(
                    f"“{parameters.shown(value)}” is none of: {', '.join(StanceValue.values)}; "
                    "nor one of these after the name of a target and a colon.",
                    repaired=good,
                )
        return tuple(values)


def _is_stance(value: str, known: dict[str, set[StanceValue]]) -> bool:
    slug, dots, of_target = value.partition(":")
    return of_target in known.get(slug, ()) if dots else value in StanceValue.values


class CursorField(parameters.Parameter):
    """Where a page begins: the key and the id of a quote, as `Cursor` writes them."""

    def to_python(self, value: str | None) -> Cursor | None:
        if not value:
            return None
        cursor = Cursor.read(value)
        if cursor is None:
            raise parameters.refusal(f"“{parameters.shown(value)}” is not a place in this list.")
        return cursor


def moved_person(slug: str) -> str | None:
    """Return where a merged person's page is now."""
    rows = PersonRedirect.objects.filter(
        slug=slug, person__in=Person.objects.published().unprotected()
    )
    return rows.values_list("person__slug", flat=True).first()


def _rows(model: Any) -> Any:
    return partial(parameters.RowsField, rows=lambda: model.objects.published())


people = partial(
    parameters.RowsField,
    rows=lambda: Person.objects.published().unprotected(),
    moved=moved_person,
)
targets = partial(parameters.RowsField, rows=lambda: Target.objects.published(), moved=moved_target)
organizations, outlets = _rows(Organization), _rows(Outlet)
