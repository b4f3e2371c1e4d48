"""The columns of every download, in one list: header, JSON keys, data dictionary and API read it.

An allow-list: what has no row here is in no download. Every value comes from the recorded version
of a quote (`quotes.versions.snapshot`), so a download says what `/q/ID/vN.json` says.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import Any

from base.dates import bounds

# The sign of a stance, for counting. Mixed, neutral and asking positions are 0; a coder who found
# no stance, or could not tell, gave no position at all.
NUMBERS: Mapping[str, int] = {
    **dict.fromkeys(("supports", "asserts"), 1),
    **dict.fromkeys(("criticises", "denies"), -1),
    **dict.fromkeys(("mixed", "neutral", "questions", "reports"), 0),
}


@dataclass(frozen=True, slots=True)
class Record:
    """One version of one quote, and what has been said of it since."""

    shown: Mapping[str, Any]
    number: int
    recorded: datetime
    added: datetime
    address: str
    """Of the version: the quote's own address and /vN."""
    dispute: str = ""
    notices: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Column:
    """One column: its name in every format, its type in JSON, what it holds and where from.

    `cell` writes a list as one CSV cell; anything else is written as it is.
    """

    name: str
    type: str
    source: str
    get: Callable[[Record], Any]
    description: str
    cell: Callable[[Any], str] | None = None


def moment(when: datetime) -> str:
    """Return a moment as UTC in ISO 8601, to the microsecond in which it was recorded."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class _Kept:
    """Gets what a version keeps under a name, as it stands there."""

    name: str
    of_article: bool = False

    def __call__(self, record: Record) -> Any:
        return (record.shown["article"] if self.of_article else record.shown)[self.name]


def _shown(name: str) -> _Kept:
    return _Kept(name)


def _article(name: str) -> _Kept:
    return _Kept(name, of_article=True)


def _of(name: str, part: str) -> Callable[[Record], Any]:
    return lambda record: (record.shown[name] or {}).get(part, "")


def _day(last: bool) -> Callable[[Record], str]:
    def get(record: Record) -> str:
        found = bounds(record.shown["said"] or record.shown["article"]["published"])
        day: date | None = found.latest if last else found.earliest
        return day.isoformat() if day else ""

    return get


def stances(record: Record) -> list[dict[str, Any]]:
    """Return the stances of a record with their sign; None where there is no position."""
    return [{**row, "number": NUMBERS.get(row["value"])} for row in record.shown["stances"]]


def _joined(parts: Sequence[str]) -> str:
    return "|".join(parts)


def _spans_cell(spans: Sequence[Sequence[Any]]) -> str:
    return _joined([f"{start}-{end}" for start, end, _words in spans])


def _stances_cell(rows: Sequence[Mapping[str, Any]]) -> str:
    return _joined([f"{row['target']}={row['value']}" for row in rows])


def _numbers(record: Record) -> str:
    return _joined(
        [f"{row['target']}={row['number']}" for row in stances(record) if row["number"] is not None]
    )


def _notices_cell(rows: Sequence[Mapping[str, Any]]) -> str:
    return _joined([f"{row['kind']} {row['dated']}" for row in rows])


TEXT, NUMBER, LIST = "string", "integer", "array"
DAY, MOMENT, ADDRESS = "date", "date-time", "uri"
QUOTE, VERSION, ARTICLE = "quote", "version", "article"
WHO, STANCE, NOTICE = "speaker", "stance", "reply or correction"

COLUMNS: tuple[Column, ...] = (
    Column("id", TEXT, QUOTE, _shown("id"), "The quote's permanent id."),
    Column("version", NUMBER, VERSION, lambda r: r.number, "The version that this row is."),
    Column("address", ADDRESS, VERSION, lambda r: r.address, "Its address for ever: cite this."),
    Column(
        "text",
        TEXT,
        QUOTE,
        _shown("text"),
        "The words as printed. “ […] ” stands where the reporter interrupts, a line break where a "
        "paragraph ends.",
    ),
    Column(
        "kind",
        TEXT,
        QUOTE,
        _shown("kind"),
        "direct (in quotation marks), mixed (partly), indirect (the reporter's own words: never "
        "put these in quotation marks).",
    ),
    Column(
        "speaker",
        TEXT,
        WHO,
        _of("speaker", "name"),
        "Who says it, as we resolved it; of a protected person the role. Empty: nobody in "
        "particular, see speaker_text.",
    ),
    Column("speaker_id", TEXT, WHO, _of("speaker", "slug"), "The end of /people/…; empty: none."),
    Column(
        "speaker_text",
        TEXT,
        WHO,
        _shown("speaker_text"),
        "The article's own words for the speaker.",
    ),
    Column(
        "speaker_role",
        TEXT,
        WHO,
        _shown("speaker_role"),
        "The speaker's role then, in the document's words.",
    ),
    Column(
        "on_behalf_of",
        TEXT,
        WHO,
        _of("on_behalf_of", "name"),
        "The body that speaks, or that is spoken for.",
    ),
    Column(
        "on_behalf_of_id",
        TEXT,
        WHO,
        _of("on_behalf_of", "slug"),
        "The end of /organizations/….",
    ),
    Column(
        "basis",
        TEXT,
        WHO,
        _shown("basis"),
        "How the article says who speaks: named, pronoun, role, implicit.",
    ),
    Column("cue", TEXT, QUOTE, _shown("cue"), "The reporting words: said, told, according to."),
    Column(
        "said",
        TEXT,
        QUOTE,
        _shown("said"),
        "When it was said, as EDTF (2009-03, 2009-03-05?); empty when that is not known.",
    ),
    Column("said_basis", TEXT, QUOTE, _shown("said_basis"), "printed, or inferred."),
    Column("said_note", TEXT, QUOTE, _shown("said_note"), "When inferred: from what."),
    Column(
        "date_earliest",
        DAY,
        QUOTE,
        _day(last=False),
        "First day that “said” can mean, else that the article's date can: what lists sort by.",
    ),
    Column("date_latest", DAY, QUOTE, _day(last=True), "Last day that it can mean."),
    Column(
        "channel",
        TEXT,
        QUOTE,
        _shown("channel"),
        "Where it was first said: interview, speech, blog and so on; empty when not known.",
    ),
    Column("note", TEXT, QUOTE, _shown("note"), "What a reader must know of the occasion."),
    Column("prefix", TEXT, QUOTE, _shown("prefix"), "The public words directly before."),
    Column("suffix", TEXT, QUOTE, _shown("suffix"), "The public words directly after."),
    Column(
        "spans",
        LIST,
        QUOTE,
        _shown("spans"),
        "Where the words stand: [start, end, words], code points of the article's text from 0. "
        "In CSV start-end, parts separated by |.",
        _spans_cell,
    ),
    Column(
        "utterance",
        TEXT,
        QUOTE,
        lambda r: r.shown["utterance"] or "",
        "Id of the utterance, where several articles report one; the end of /utterances/….",
    ),
    Column("article_id", TEXT, ARTICLE, _article("id"), "The end of /articles/…."),
    Column("headline", TEXT, ARTICLE, _article("headline"), "As printed."),
    Column("byline", TEXT, ARTICLE, _article("byline"), "The reporters as printed."),
    Column("outlet", TEXT, ARTICLE, _article("outlet"), "Who published the article."),
    Column("url", ADDRESS, ARTICLE, _article("url"), "Where it was published."),
    Column("published", TEXT, ARTICLE, _article("published"), "When, as EDTF."),
    Column(
        "published_basis",
        TEXT,
        ARTICLE,
        _article("date_basis"),
        "printed, or inferred.",
    ),
    Column("published_note", TEXT, ARTICLE, _article("date_note"), "When inferred: from what."),
    Column("language", TEXT, ARTICLE, _article("language"), "Language tag: en, en-GB."),
    Column(
        "article_sha256",
        TEXT,
        ARTICLE,
        _article("sha256"),
        "SHA-256 of the article's canonical text, which the spans count in.",
    ),
    Column(
        "stances",
        LIST,
        STANCE,
        stances,
        "What position the words take on each target: target, label, value, number, basis, "
        "rationale, codebook_version. In CSV target=value, parts separated by |.",
        _stances_cell,
    ),
    Column(
        "stance_numbers",
        TEXT,
        STANCE,
        _numbers,
        "The same as signs, target=number: 1 supports or asserts, -1 criticises or denies, 0 "
        "between. No stance and unclear have none.",
    ),
    Column(
        "dispute",
        TEXT,
        NOTICE,
        lambda r: r.dispute,
        "disputed by the speaker, corrected or retracted by the outlet; empty when none.",
    ),
    Column(
        "notices",
        LIST,
        NOTICE,
        lambda r: list(r.notices),
        "Replies and corrections: kind, label, text, dated, url. In CSV kind and day.",
        _notices_cell,
    ),
    Column("added", MOMENT, QUOTE, lambda r: moment(r.added), "When the quote was published here."),
    Column("recorded", MOMENT, VERSION, lambda r: moment(r.recorded), "When this version was."),
)


NAMES = tuple(column.name for column in COLUMNS)


def _reader() -> Callable[[Record], tuple[Any, ...]]:
    """Return what reads all columns of a record; those that stand in it in one step."""
    kept = [column.get for column in COLUMNS if isinstance(column.get, _Kept)]
    made = [column.get for column in COLUMNS if not isinstance(column.get, _Kept)]
    own = [get for get in kept if not get.of_article]
    of_article = [get for get in kept if get.of_article]
    read_own = itemgetter(*[get.name for get in own])
    read_article = itemgetter(*[get.name for get in of_article])
    as_read = [*own, *of_article, *made]
    in_order = itemgetter(*[as_read.index(column.get) for column in COLUMNS])

    def values(record: Record) -> tuple[Any, ...]:
        shown = record.shown
        others = [get(record) for get in made]
        found: tuple[Any, ...] = in_order(
            (*read_own(shown), *read_article(shown["article"]), *others)
        )
        return found

    return values


values = _reader()


def as_data(record: Record) -> dict[str, Any]:
    """Return a record as JSON has it, every column by its name."""
    return dict(zip(NAMES, values(record), strict=True))
