"""5: the one FilterSet behind the list, and behind feeds, downloads and the API."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django_filters import Filter, FilterSet

from base import parameters
from people.models import Organization, Person, PersonRedirect
from quotes.choices import Channel, Kind, StanceValue
from quotes.models import Outlet, Quote, Stance, Target
from quotes.permanence import moved_target
from quotes.search import SearchError, parse, search_quotes

SORTS = ("newest", "oldest", "relevance")
DATES_OF = ("either", "said", "published")
CHANNELS = tuple(value for value in Channel.values if value)


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


class ReadingFilter(Filter):
    """A filter over a strict field, which is given ready to be called."""

    def __init__(self, field: Any, **options: Any) -> None:
        self.field_class = field
        super().__init__(**options)


def moved_person(slug: str) -> str | None:
    """Return where a merged person's page is now."""
    rows = PersonRedirect.objects.filter(
        slug=slug, person__in=Person.objects.published().unprotected()
    )
    return rows.values_list("person__slug", flat=True).first()


def people() -> QuerySet[Person]:
    return Person.objects.published().unprotected()


class QuoteFilter(FilterSet):
    """What a reader can ask of the published quotes.

    Check `faults` before `filtered`: a FilterSet with errors filters nothing.
    """

    q = ReadingFilter(SearchField, method="by_words")
    speaker = ReadingFilter(
        partial(parameters.RowsField, rows=people, moved=moved_person), method="by_speaker"
    )
    organization = ReadingFilter(
        partial(parameters.RowsField, rows=lambda: Organization.objects.published()),
        method="by_organization",
    )
    target = ReadingFilter(
        partial(parameters.RowField, rows=lambda: Target.objects.published(), moved=moved_target),
        method="by_target",
    )
    stance = ReadingFilter(
        partial(parameters.WordsOfField, words=StanceValue.values), method="by_stance"
    )
    outlet = ReadingFilter(
        partial(parameters.RowsField, rows=lambda: Outlet.objects.published()), method="by_outlet"
    )
    kind = ReadingFilter(partial(parameters.WordsOfField, words=Kind.values), method="by_word")
    channel = ReadingFilter(partial(parameters.WordsOfField, words=CHANNELS), method="by_word")
    date_of = ReadingFilter(partial(parameters.WordField, words=DATES_OF), method="unchanged")
    date_from = ReadingFilter(parameters.DayField, method="by_first_day")
    date_to = ReadingFilter(partial(parameters.DayField, latest=True), method="by_last_day")
    sort = ReadingFilter(partial(parameters.WordField, words=SORTS), method="unchanged")
    page = ReadingFilter(parameters.PageField, method="unchanged")

    class Meta:
        model = Quote
        fields: list[str] = []

    @property
    def chosen(self) -> dict[str, Any]:
        """The values of a form without faults; only of such a one."""
        if not self.form.is_valid():
            raise ValueError("The parameters have faults.")
        return self.form.cleaned_data

    def faults(self) -> list[parameters.Fault]:
        """Return what is wrong with the request, each with the parameter's name."""
        found = parameters.faults(self.data, self.form)
        if not found:
            found = list(self._contradictions())
        return found

    def _contradictions(self) -> list[parameters.Fault]:
        chosen = self.chosen
        if chosen["sort"] == "relevance" and not chosen["q"]:
            return [parameters.Fault("sort", "Only a search for words has a relevance.")]
        start, end = chosen["date_from"], chosen["date_to"]
        if start and end and start[1] > end[1]:
            return [parameters.Fault("date_to", "The last day is before the first.")]
        return []

    def filtered(self, *, without: Collection[str] = ()) -> QuerySet[Quote]:
        """Return the quotes that meet every filter but those left out."""
        quotes: QuerySet[Quote] = self.queryset
        for name, value in self.chosen.items():
            if value and name not in without:
                quotes = self.filters[name].filter(quotes, value)
        return quotes

    def unchanged(self, quotes: QuerySet[Quote], name: str, value: Any) -> QuerySet[Quote]:
        return quotes

    def by_words(self, quotes: QuerySet[Quote], name: str, words: str) -> QuerySet[Quote]:
        return search_quotes(quotes, words)

    def by_speaker(self, quotes: QuerySet[Quote], name: str, rows: Any) -> QuerySet[Quote]:
        return quotes.filter(speaker__in=rows)

    def by_outlet(self, quotes: QuerySet[Quote], name: str, rows: Any) -> QuerySet[Quote]:
        return quotes.filter(article__outlet__in=rows)

    def by_word(self, quotes: QuerySet[Quote], name: str, words: Any) -> QuerySet[Quote]:
        return quotes.filter(**{f"{name}__in": words})

    def by_organization(self, quotes: QuerySet[Quote], name: str, rows: Any) -> QuerySet[Quote]:
        """Keep what was said for a body, or by someone who held a role in it at the time."""
        return quotes.speaking_for(rows)  # type: ignore[attr-defined]

    def by_target(self, quotes: QuerySet[Quote], name: str, rows: Any) -> QuerySet[Quote]:
        """Keep quotes coded for the target, with one of the chosen values where some are chosen."""
        stances = Stance.objects.filter(quote=OuterRef("pk"), target__in=rows)
        if values := self.chosen["stance"]:
            stances = stances.filter(value__in=values)
        return quotes.filter(Exists(stances))

    def by_stance(self, quotes: QuerySet[Quote], name: str, values: Any) -> QuerySet[Quote]:
        if self.chosen["target"]:
            return quotes  # by_target has seen to it: the value must be that target's
        return quotes.filter(Exists(Stance.objects.filter(quote=OuterRef("pk"), value__in=values)))

    def by_first_day(self, quotes: QuerySet[Quote], name: str, value: Any) -> QuerySet[Quote]:
        """Keep what may have been said on or after a day; a month overlaps with its days."""
        first, last = self._date_columns()
        open_end = Q(**{f"{last}__isnull": True, f"{first}__isnull": False})
        return self._dated(quotes).filter(Q(**{f"{last}__gte": value[1]}) | open_end)

    def by_last_day(self, quotes: QuerySet[Quote], name: str, value: Any) -> QuerySet[Quote]:
        first, last = self._date_columns()
        open_start = Q(**{f"{first}__isnull": True, f"{last}__isnull": False})
        return self._dated(quotes).filter(Q(**{f"{first}__lte": value[1]}) | open_start)

    def _date_columns(self) -> tuple[str, str]:
        if self.chosen["date_of"] == "published":
            return "article__published_earliest", "article__published_latest"
        return "date_earliest", "date_latest"

    def _dated(self, quotes: QuerySet[Quote]) -> QuerySet[Quote]:
        return quotes.exclude(said="") if self.chosen["date_of"] == "said" else quotes
