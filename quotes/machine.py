"""How good the machine is here, lately: what it said of candidates against what editors decided."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from people.models import PersonName
from quotes.choices import Kind, RejectReason, Status
from quotes.models import Article, Quote, QuoteSpan
from quotes.spans import join_spans

PERIODS = {"30": "Last 30 days", "90": "Last 90 days", "all": "All time"}
# More decisions than this are not needed to tell how good it is; the newest count.
MOST = 20_000
MOST_LISTED = 100
BANDS = ((0.0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01))
KEPT = (Status.ACCEPTED, Status.PUBLISHED, Status.WITHDRAWN)


@dataclass(frozen=True)
class Difference:
    """One field in which an editor decided otherwise."""

    field: str
    machine: str
    editor: str


@dataclass(frozen=True)
class Reading:
    """One candidate of the machine and what became of it."""

    quote: Quote
    kept: bool
    """An editor took it for a quote."""
    differences: tuple[Difference, ...]

    @property
    def machine_speaker(self) -> str:
        said = self.quote.suggestion
        return said.person.name if said.person else said.name or said.speaker_text

    @property
    def speaker_right(self) -> bool:
        return self.kept and not any(found.field == "speaker" for found in self.differences)

    @property
    def words_right(self) -> bool:
        return self.kept and not any(found.field == "words" for found in self.differences)

    @property
    def right(self) -> bool:
        """A quote, with the words and the speaker that the machine gave it."""
        return self.speaker_right and self.words_right


@dataclass
class Row:
    """Counts of one group of decisions."""

    name: str
    decided: int = 0
    kept: int = 0
    speaker: int = 0
    words: int = 0
    right: int = 0
    confidence: float = 0.0

    def add(self, reading: Reading) -> None:
        self.decided += 1
        self.kept += reading.kept
        self.speaker += reading.speaker_right
        self.words += reading.words_right
        self.right += reading.right
        self.confidence += reading.quote.suggestion.confidence

    def percent(self, count: int) -> float:
        return 100 * count / self.decided if self.decided else 0.0

    @property
    def shares(self) -> list[tuple[int, float]]:
        """Counts and percentages: kept, words right, speaker right, all right."""
        return [(n, self.percent(n)) for n in (self.kept, self.words, self.speaker, self.right)]

    @property
    def said(self) -> float:
        """What the machine itself expected, in percent."""
        return 100 * self.confidence / self.decided if self.decided else 0.0


@dataclass
class Performance:
    """Everything that the machine page shows."""

    decided: int
    waiting: int
    is_cut: bool
    whole: Row
    tables: list[tuple[str, list[Row]]]
    calibration: list[Row]
    rejections: list[tuple[str, int]]
    fields: list[tuple[str, int]]
    differences: list[Reading] = field(default_factory=list)


def performance(*, period: str = "90", now: datetime | None = None) -> Performance:
    """Compare the machine with the editors over a period; four queries however many there are."""
    readings = list(_readings(period, now or timezone.now()))
    whole = Row("All")
    for reading in readings:
        whole.add(reading)
    marked = [reading for reading in readings if reading.quote.suggestion.kind != Kind.INDIRECT]
    return Performance(
        decided=len(readings),
        waiting=_machine_quotes().filter(status=Status.CANDIDATE).count(),
        is_cut=len(readings) == MOST,
        whole=whole,
        tables=[
            ("By rule or model", _grouped(readings, lambda r: r.quote.suggestion.method)),
            ("By kind", _grouped(readings, lambda r: Kind(r.quote.suggestion.kind).label)),
            ("By how the speaker is told", _grouped(readings, _basis)),
            ("By outlet", _grouped(readings, _outlet)),
            ("By month of the decision", _grouped(readings, _month)),
        ],
        calibration=_calibration(marked),
        rejections=_rejections(readings),
        fields=Counter(d.field for r in readings for d in r.differences).most_common(),
        differences=_listed(readings),
    )


def _machine_quotes() -> Any:
    return Quote.objects.filter(suggestion__isnull=False)


def _readings(period: str, now: datetime) -> Iterator[Reading]:
    decided = (
        _machine_quotes()
        .exclude(status=Status.CANDIDATE)
        .select_related("suggestion__person", "speaker", "on_behalf_of", "article__outlet")
        .defer("article__body", "article__boilerplate")
        .order_by("-reviewed_at", "-pk")
    )
    if period != "all":
        decided = decided.filter(reviewed_at__gte=now - timedelta(days=int(period)))
    quotes = list(decided[:MOST])
    spans = _spans(quotes)
    names = _other_names(quotes)
    for quote in quotes:
        kept = quote.status in KEPT
        differences = tuple(_differences(quote, spans, names)) if kept else ()
        yield Reading(quote, kept, differences)


def _spans(quotes: Iterable[Quote]) -> dict[int, list[list[int]]]:
    found: dict[int, list[list[int]]] = {}
    keys = [quote.pk for quote in quotes]
    # A range of keys, not a list: databases limit how many values a question may have.
    rows = QuoteSpan.objects.filter(
        quote_id__gte=min(keys, default=0), quote_id__lte=max(keys, default=0)
    )
    for quote, start, end in rows.order_by("quote", "ordinal").values_list(
        "quote_id", "start", "end"
    ):
        found.setdefault(quote, []).append([start, end])
    return found


def _other_names(quotes: Iterable[Quote]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for person, name in PersonName.objects.values_list("person_id", "name"):
        found.setdefault(person, set()).add(_folded(name))
    return found


def _differences(
    quote: Quote, spans: dict[int, list[list[int]]], names: dict[int, set[str]]
) -> Iterator[Difference]:
    said = quote.suggestion
    if [list(pair) for pair in said.spans] != spans.get(quote.pk, []):
        yield Difference("words", "", quote.text)
    machine = said.person.name if said.person else said.name
    editor = str(quote.speaker or quote.on_behalf_of or "")
    if not _same_person(quote, names):
        yield Difference("speaker", machine or said.speaker_text, editor)
    for name in ("kind", "cue", "basis", "speaker_text"):
        before, after = getattr(said, name), getattr(quote, name)
        if before != after:
            yield Difference(name.replace("_", " "), before, after)


def _same_person(quote: Quote, names: dict[int, set[str]]) -> bool:
    said, speaker = quote.suggestion, quote.speaker
    if speaker is None:
        body = quote.on_behalf_of
        return not said.name or bool(body and _folded(body.name) == _folded(said.name))
    if said.person_id is not None:
        return bool(said.person_id == speaker.pk)
    return _folded(said.name) in {_folded(speaker.name), *names.get(speaker.pk, ())}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def _listed(readings: Iterable[Reading]) -> list[Reading]:
    """Return the newest that an editor changed or rejected, with the words that the machine had."""
    found = [r for r in readings if not r.kept or r.differences][:MOST_LISTED]
    keys = {r.quote.article_id for r in found if not r.words_right and r.kept}
    bodies = dict(Article.objects.filter(pk__in=keys).values_list("pk", "body"))

    def with_words(reading: Reading) -> Reading:
        body, spans = bodies.get(reading.quote.article_id, ""), reading.quote.suggestion.spans
        words = join_spans(body, [(start, end) for start, end in spans]) if body else ""
        filled = tuple(
            replace(each, machine=words) if each.field == "words" else each
            for each in reading.differences
        )
        return replace(reading, differences=filled)

    return [with_words(reading) for reading in found]


def _grouped(readings: Iterable[Reading], key: Callable[[Reading], str]) -> list[Row]:
    rows: dict[str, Row] = {}
    for reading in readings:
        name = key(reading)
        rows.setdefault(name, Row(name)).add(reading)
    return sorted(rows.values(), key=lambda row: (-row.decided, row.name))


def _calibration(readings: Iterable[Reading]) -> list[Row]:
    """Group by how sure the machine was; sound when what it said is what came true."""
    rows = [Row(f"{round(low * 100)} to {min(100, round(high * 100))}%") for low, high in BANDS]
    for reading in readings:
        sure = reading.quote.suggestion.confidence
        at = next(at for at, (low, high) in enumerate(BANDS) if low <= sure < high)
        rows[at].add(reading)
    return [row for row in rows if row.decided]


def _rejections(readings: Iterable[Reading]) -> list[tuple[str, int]]:
    counts = Counter(reading.quote.rejected_as for reading in readings if not reading.kept)
    labels = dict(RejectReason.choices)
    return [(labels.get(name, "In the editor’s words"), n) for name, n in counts.most_common()]


def _basis(reading: Reading) -> str:
    labels = {"named": "By name", "pronoun": "By a pronoun", "role": "By a role"}
    return labels.get(reading.quote.suggestion.basis, "Carried on, or not told")


def _outlet(reading: Reading) -> str:
    outlet = reading.quote.article.outlet
    return outlet.name if outlet else "Outlet not known"


def _month(reading: Reading) -> str:
    moment = reading.quote.reviewed_at
    return f"{moment:%Y-%m}" if moment else "Not known"
