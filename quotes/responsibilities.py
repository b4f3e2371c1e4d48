"""7: who blames, credits or calls upon whom, and for what, as coded of a listing's quotes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from base.visible import visible
from people.models import Organization, Person
from quotes.analysis.formats.graphml import NAMESPACE, NOT_IN_ID, escaped
from quotes.choices import ResponsibilityAct
from quotes.listing import Listing
from quotes.models import Quote, Responsibility

ACTS = tuple(ResponsibilityAct.values)
UNNAMED = "Speaker not named"
EDGE_KEYS = (("act", "string"), ("weight", "int"), ("issues", "string"), ("quotes", "string"))
COLUMNS = (
    *("sender", "sender_label", "act", "addressee", "addressee_label"),
    *("issue", "n", "quote_ids"),
)


@dataclass(frozen=True)
class Actor:
    """Who sends or receives: `key` tells actors apart; `url` is empty where there is no page."""

    key: str
    label: str
    url: str = ""


@dataclass
class Line:
    """Quotes that hold one addressee responsible for one issue in one way, by one sender."""

    sender: Actor
    act: str
    addressee: Actor
    issue: str
    quotes: list[str] = field(default_factory=list)
    reasons: list[tuple[str, str]] = field(default_factory=list)
    """Each quote with the rationale of its coding."""

    @property
    def act_label(self) -> str:
        return str(ResponsibilityAct(self.act).label).lower()


def lines(listing: Listing, acts: Iterable[str] = ()) -> list[Line]:
    """Return what the quotes of a listing say, most frequent first; three queries."""
    rows = Responsibility.objects.published()
    if listing.selected:
        rows = rows.filter(quote__in=listing.filter.filtered().order_by().values("pk"))
    if acts:
        rows = rows.filter(act__in=acts)
    found: dict[tuple[str, str, str, str], Line] = {}
    rows = rows.select_related(
        *("quote__speaker", "quote__on_behalf_of", "addressee_person", "addressee_organization")
    ).defer("quote__text", "quote__prefix", "quote__suffix")
    public = _Public()
    for row in rows.order_by("quote__date_earliest", "quote_id", "pk"):
        sender, addressee = _sender(row.quote), public.actor(row.addressee)
        key = (sender.key, row.act, addressee.key, row.issue)
        line = found.setdefault(key, Line(sender, row.act, addressee, row.issue))
        line.quotes.append(str(row.quote.public_id))
        line.reasons.append((str(row.quote.public_id), row.rationale))
    return sorted(
        found.values(),
        key=lambda one: (-len(one.quotes), one.sender.label, one.addressee.label, one.issue),
    )


class _Public:
    """Which people and bodies have pages: only they are linked. Two queries, and only if asked."""

    def __init__(self) -> None:
        self._slugs: dict[str, set[str]] = {}

    def _has_page(self, row: Person | Organization) -> bool:
        kind = type(row).__name__
        if kind not in self._slugs:
            addressed = type(row)._default_manager.filter(held_responsible__isnull=False)
            published = addressed.published()
            self._slugs[kind] = set(published.values_list("slug", flat=True))
        return row.slug in self._slugs[kind]

    def actor(self, row: Person | Organization | str) -> Actor:
        if isinstance(row, str):
            return Actor(f"group:{row}", visible(row))
        if isinstance(row, Person) and row.protected:
            return Actor(f"role:{row.public_role}", visible(row.public_role))
        kind = "person" if isinstance(row, Person) else "organization"
        url = row.get_absolute_url() if self._has_page(row) else ""
        return Actor(f"{kind}:{row.slug}", visible(row.name), url)


def _sender(quote: Quote) -> Actor:
    """Return who speaks, as the quote's own page has it; they are in public by speaking."""
    person, body = quote.speaker, quote.on_behalf_of
    if person and person.protected:
        return Actor(f"role:{person.public_role}", visible(person.public_role))
    if person:
        return Actor(f"person:{person.slug}", visible(person.name), person.get_absolute_url())
    if body:
        return Actor(f"organization:{body.slug}", visible(body.name), body.get_absolute_url())
    return Actor("", UNNAMED)


def graphml(rows: list[Line]) -> Iterator[str]:
    """Yield a directed GraphML: an edge for each sender, act and addressee, with issues and quotes.

    Raises NotWritableError for a name with a character that XML cannot hold.
    """
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="{NAMESPACE}">\n'
    yield '<key id="label" for="node" attr.name="label" attr.type="string"/>\n'
    for name, kind in EDGE_KEYS:
        yield f'<key id="{name}" for="edge" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="G" edgedefault="directed">\n'
    actors = {actor.key: actor for row in rows for actor in (row.sender, row.addressee)}
    for key, actor in sorted(actors.items()):
        yield f'<node id="{_id(key)}"><data key="label">{escaped(actor.label)}</data></node>\n'
    for number, (row, issues, ids) in enumerate(arrows(rows), start=1):
        yield (
            f'<edge id="e{number}" source="{_id(row.sender.key)}"'
            f' target="{_id(row.addressee.key)}">'
            f'<data key="act">{row.act}</data><data key="weight">{len(ids)}</data>'
            f'<data key="issues">{escaped("; ".join(issues))}</data>'
            f'<data key="quotes">{" ".join(ids)}</data></edge>\n'
        )
    yield "</graph>\n</graphml>\n"


def arrows(rows: Iterable[Line]) -> list[tuple[Line, list[str], list[str]]]:
    """Return for each sender, act and addressee one line of theirs, the issues and the quotes."""
    found: dict[tuple[str, str, str], tuple[Line, list[str], list[str]]] = {}
    for row in rows:
        key = (row.sender.key, row.act, row.addressee.key)
        _row, issues, ids = found.setdefault(key, (row, [], []))
        issues.append(row.issue)
        ids += [one for one in row.quotes if one not in ids]
    return list(found.values())


def _id(key: str) -> str:
    return "n" + NOT_IN_ID.sub(lambda match: f"_{ord(match.group()):x}_", key)


def table(rows: Iterable[Line]) -> Iterator[list[Any]]:
    """Yield the rows of the CSV file, its head first."""
    yield list(COLUMNS)
    for row in rows:
        yield [
            *(row.sender.key, row.sender.label, row.act, row.addressee.key, row.addressee.label),
            *(row.issue, len(row.quotes), " ".join(row.quotes)),
        ]
