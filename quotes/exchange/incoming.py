"""A project into the record: first a plan that says what would come, then all of it or nothing."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from base.history import save_as
from people.models import free_slug
from quotes import codebook, review, stances
from quotes.canonical import TextRefusedError, normalise
from quotes.choices import (
    VALUES_BY_KIND,
    CoderKind,
    Confidence,
    DateBasis,
    Kind,
    TargetKind,
)
from quotes.exchange.files import Settings
from quotes.exchange.outgoing import UNPUBLISHED
from quotes.interchange import records
from quotes.interchange.records import ImportRefusedError
from quotes.models import Article, Coder, Outlet, Quote, StanceCoding, Target

MOST_FAULTS = 50
AT_ONCE = 500
METHOD = "import"
Spans = tuple[tuple[int, int], ...]


@dataclass
class Plan:
    """What an import would do. With a fault in it nothing is done."""

    project: records.Project
    replace: bool = False
    new: list[records.Coding] = field(default_factory=list)
    changed: list[tuple[records.Coding, str]] = field(default_factory=list)
    """With the value that is there now."""
    same: int = 0
    faults: list[str] = field(default_factory=list)
    n_faults: int = 0
    texts: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of each document that is coded, its text and the canonical form."""
    documents: dict[str, Article | None] = field(default_factory=dict)
    units: dict[str, Quote | None] = field(default_factory=dict)
    targets: dict[str, Target | None] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    coders: dict[str, Coder | None] = field(default_factory=dict)

    def refuse(self, reason: str) -> None:
        self.n_faults += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(reason)

    def missing(self, name: str) -> list[str]:
        """Return what would be added: of `documents`, `units`, `targets` or `coders`."""
        return [key for key, row in getattr(self, name).items() if row is None]

    @property
    def counts(self) -> dict[str, int]:
        """What is shown before and kept after."""
        return {
            "codings that are new": len(self.new),
            "codings that change": len(self.changed),
            "codings that are there already": self.same,
            "articles added": len(self.missing("documents")),
            "candidates added": len(self.missing("units")),
            "targets added": len(self.missing("targets")),
            "coders added": len(self.missing("coders")),
        }


def plan(project: records.Project, settings: Settings) -> Plan:
    """Say what importing a project would do; nothing is written.

    Each coding needs a quote, a target with that value and a coder. Codings that are there with
    another value are refused unless `settings.replace`; what the record does not have, unless
    `settings.create`. Machine coders are never imported as people.
    """
    found = Plan(project, settings.replace)
    _documents(found, settings)
    _units(found, settings)
    _targets(found, settings)
    _coders(found, settings)
    there = _there(found)
    for coding in project.codings:
        _judge(found, coding, there)
    return found


def apply(found: Plan, *, by: User, why: str) -> dict[str, int]:
    """Do what a plan says, in one transaction, and return its counts.

    Public stances follow the codings; nothing is published by it. Raises ImportRefusedError for a
    plan with faults, or when a step refuses: then nothing is there.
    """
    if found.faults:
        raise ImportRefusedError(found.faults[0])
    counts = found.counts
    try:
        with transaction.atomic():
            articles = {
                key: row or _add_article(found, key, by, why)
                for key, row in found.documents.items()
            }
            units = {unit.id: unit for unit in found.project.units}
            quotes = {
                key: row or _add_quote(units[key], articles, found, by, why)
                for key, row in found.units.items()
            }
            targets = {
                key: row or _add_target(key, found, by, why) for key, row in found.targets.items()
            }
            coders = {key: row or _add_coder(key, why) for key, row in found.coders.items()}
            for coding in [*found.new, *(coding for coding, _now in found.changed)]:
                stances.code(
                    quote=quotes[coding.unit],
                    target=targets[coding.target],
                    coder=coders[coding.coder],
                    value=coding.value,
                    confidence=coding.confidence,
                    memo=coding.memo,
                    by=by,
                    why=why,
                )
    except ValidationError as refusal:
        raise ImportRefusedError(" ".join(refusal.messages)) from refusal
    return counts


def _documents(found: Plan, settings: Settings) -> None:
    """Find the articles of the documents that are coded; the others are of no use here."""
    coded = {coding.unit for coding in found.project.codings}
    used = {unit.document for unit in found.project.units if unit.id in coded}
    hashes: dict[str, str] = {}
    for document in found.project.documents:
        if document.id not in used:
            continue
        try:
            text = normalise(document.text)
        except TextRefusedError as refusal:
            found.refuse(f"{document.title}: its text {refusal}")
            continue
        found.texts[document.id] = (document.text, text)
        hashes[document.id] = hashlib.sha256(text.encode()).hexdigest()
    rows = {
        article.sha256: article
        for part in _parts(hashes.values())
        for article in Article.objects.filter(sha256__in=part)
    }
    for key, sha256 in hashes.items():
        found.documents[key] = rows.get(sha256)
        if sha256 not in rows and not settings.create:
            found.refuse(f"document {key}: the record has no article with this text")


def _units(found: Plan, settings: Settings) -> None:
    """Find each unit's quote: by its id, or by its place in an article that is here."""
    wanted = dict.fromkeys(coding.unit for coding in found.project.codings)
    named = {unit.id: unit for unit in found.project.units}
    known = _quotes_by_id(list(wanted))
    placed = _quotes_by_place(found)
    for key in wanted:
        unit, quote = named.get(key), known.get(key)
        if unit is None:
            if quote is None:
                found.refuse(f"{key}: there is no quote of this id")
            found.units[key] = quote
            continue
        if unit.document not in found.texts:
            continue  # its document was refused
        article = found.documents[unit.document]
        try:
            spans = canonical_spans(*found.texts[unit.document], unit.spans)
        except ImportRefusedError as refusal:
            found.refuse(f"{key}: {refusal}")
            continue
        if quote is not None and article is not None:
            here = tuple((span.start, span.end) for span in quote.spans.all())
            if quote.article_id != article.pk or here != spans:
                found.refuse(f"{key}: the quote of this id stands elsewhere, or has other words")
                continue
        else:
            quote = placed.get((article.pk, spans)) if article else None
        found.units[key] = quote
        if quote is None and not settings.create:
            found.refuse(f"{key}: the record has no quote at this place")


def canonical_spans(text: str, canonical: str, spans: Spans) -> Spans:
    """Return spans of a text as spans of its canonical form, with the same words in them."""
    if canonical == text:
        return spans
    moved = tuple((len(normalise(text[:a])), len(normalise(text[:b]))) for a, b in spans)
    for (start, end), (first, last) in zip(spans, moved, strict=True):
        if canonical[first:last] != normalise(text[start:end]):
            raise ImportRefusedError("it cuts a letter off from its accent")
    return moved


def _quotes_by_id(keys: Collection[str]) -> dict[str, Quote]:
    rows = [key.removeprefix(UNPUBLISHED) for key in keys if key.startswith(UNPUBLISHED)]
    numbers = [int(row) for row in rows if row.isascii() and row.isdigit() and len(row) <= 18]
    quotes = Quote.objects.prefetch_related("spans")
    found: dict[str, Quote] = {}
    for part in _parts(keys):
        found |= {str(quote.public_id): quote for quote in quotes.filter(public_id__in=part)}
    for part in _parts(numbers):
        found |= {f"{UNPUBLISHED}{quote.pk}": quote for quote in quotes.filter(pk__in=part)}
    return found


def _quotes_by_place(found: Plan) -> dict[tuple[int, Spans], Quote]:
    keys = [article.pk for article in found.documents.values() if article]
    rows: dict[tuple[int, Spans], Quote] = {}
    for part in _parts(keys):
        for quote in Quote.objects.filter(article__in=part).prefetch_related("spans"):
            spans = tuple((span.start, span.end) for span in quote.spans.all())
            rows.setdefault((quote.article_id, spans), quote)
    return rows


def _targets(found: Plan, settings: Settings) -> None:
    every = list(Target.objects.select_related("merged_into").order_by("pk"))
    by_label = {target.label: target for target in every if not target.merged_into_id}
    by_slug = {target.slug: codebook.survivor(target) for target in every}
    for key in dict.fromkeys(coding.target for coding in found.project.codings):
        target = by_slug.get(key) or by_label.get(key)
        found.targets[key] = target
        used = {coding.value for coding in found.project.codings if coding.target == key}
        found.kinds[key] = target.kind if target else _kind_of(used)
        if target is None and not settings.create:
            found.refuse(f"there is no target “{key}”")
        elif not found.kinds[key]:
            found.refuse(f"“{key}”: its values {', '.join(sorted(used))} are of no kind of target")
    slugs = [target.pk for target in found.targets.values() if target]
    for double in {pk for pk in slugs if slugs.count(pk) > 1}:
        names = [key for key, row in found.targets.items() if row and row.pk == double]
        found.refuse(f"{' and '.join(names)} are one target here")


def _kind_of(values: set[str]) -> str:
    for kind in (TargetKind.CLAIM, TargetKind.SUBJECT):
        if values <= set(VALUES_BY_KIND[kind]):
            return str(kind)
    return ""


def _coders(found: Plan, settings: Settings) -> None:
    every = list(Coder.objects.order_by("pk"))
    by_slug, by_name = {row.slug: row for row in every}, {row.name: row for row in every}
    for key in dict.fromkeys(coding.coder for coding in found.project.codings):
        coder = by_slug.get(key) or by_name.get(key)
        found.coders[key] = coder
        if coder is None and not settings.create:
            found.refuse(f"there is no coder “{key}”")
        elif coder is None and len(key) > 150:
            found.refuse(f"“{key[:40]}…” is too long for a coder's name")
        elif coder is not None and coder.kind == CoderKind.MACHINE:
            found.refuse(f"“{key}” is a machine: its codings are made here, never imported")


def _there(found: Plan) -> dict[tuple[int, int, int], StanceCoding]:
    quotes = [quote.pk for quote in found.units.values() if quote]
    return {
        (row.quote_id, row.target_id, row.coder_id): row
        for part in _parts(quotes)
        for row in StanceCoding.objects.filter(quote__in=part)
    }


def _judge(
    found: Plan, coding: records.Coding, there: dict[tuple[int, int, int], StanceCoding]
) -> None:
    where = f"{coding.coder} on {coding.unit}, {coding.target}"
    kind = found.kinds.get(coding.target)
    if kind and coding.value not in VALUES_BY_KIND[kind]:
        allowed = ", ".join(VALUES_BY_KIND[kind])
        found.refuse(f"{where}: “{coding.value}” is none of its values: {allowed}")
        return
    if coding.confidence not in Confidence.values:
        found.refuse(f"{where}: “{coding.confidence}” is no confidence: high, medium or low")
        return
    quote, target = found.units.get(coding.unit), found.targets.get(coding.target)
    coder = found.coders.get(coding.coder)
    row = there.get((quote.pk, target.pk, coder.pk)) if quote and target and coder else None
    if row is None:
        found.new.append(coding)
    elif (row.value, row.confidence, row.memo) == (coding.value, coding.confidence, coding.memo):
        found.same += 1
    elif row.value == coding.value and not coding.confidence and not coding.memo:
        found.same += 1  # a wide table carries values only
    elif found.replace:
        found.changed.append((coding, row.value))
    else:
        found.refuse(f"{where}: coded already, “{row.value}”; a coder has one coding of a quote")


def _add_article(found: Plan, key: str, by: User, why: str) -> Article:
    document = next(one for one in found.project.documents if one.id == key)
    body = found.texts[key][1]
    outlet = (
        Outlet.objects.filter(name__iexact=document.outlet).first() if document.outlet else None
    )
    day = document.published.isoformat() if document.published else ""
    article = Article(
        headline=document.title[:500] or body[:80],
        byline=document.author[:300],
        outlet=outlet,
        outlet_note=""
        if outlet or not document.outlet
        else f"In the file: {document.outlet}"[:300],
        published=day,
        date_basis=DateBasis.INFERRED if day else DateBasis.UNKNOWN,
        date_note="From the imported file" if day else "",
        language="und",
        body=body,
        sha256=hashlib.sha256(body.encode()).hexdigest(),
    )
    article.full_clean(
        exclude=["outlet", "published_earliest", "published_latest"], validate_unique=False
    )
    return save_as(article, by=by, why=why)


def _add_quote(
    unit: records.Unit, articles: dict[str, Article], found: Plan, by: User, why: str
) -> Quote:
    """Add a candidate. Of a stretch that a coder marked nobody says that it is a verbatim quote."""
    return review.add_candidate(
        article=articles[unit.document],
        spans=list(canonical_spans(*found.texts[unit.document], unit.spans)),
        kind=Kind.INDIRECT,
        by=by,
        why=why,
        method=METHOD,
        speaker_text=unit.speaker[:300],
    )


def _add_target(key: str, found: Plan, by: User, why: str) -> Target:
    kind = found.kinds[key]
    target = Target(
        label=key[:200],
        slug=free_slug(Target, key[:80]),
        kind=kind,
        proposition=key if kind == TargetKind.CLAIM else "",
    )
    return codebook.add(target=target, by=by, why=why)


def _add_coder(key: str, why: str) -> Coder:
    base = slugify(key)[:70] or "coder"
    slug, number = base, 1
    while Coder.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    coder = Coder(slug=slug, name=key, note=why)
    coder.full_clean()
    coder.save()
    return coder


def _parts(keys: Any) -> Iterator[list[Any]]:
    rows = list(keys)
    for at in range(0, len(rows), AT_ONCE):
        yield rows[at : at + AT_ONCE]
