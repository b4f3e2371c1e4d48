"""A sound collection -> rows. Safe to run again: what an editor changed since is kept.

A row that this loader wrote and nobody touched follows its annotation file; a row whose last change
was someone else's stays as it is and is counted as kept.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from base.history import Recorded, save_as
from people.models import Membership, Organization, Person, PersonName, PersonRedirect
from quotes import codebook, review, stances, versions
from quotes.choices import EntryChange, Status
from quotes.collection.records import (
    AnnotatedArticle,
    AnnotatedQuote,
    CodebookExample,
    Collection,
    TargetEntry,
)
from quotes.intake import similar
from quotes.models import Article, Coder, Outlet, Quote, StanceCoding, Target, Utterance

ACCOUNT = "collection-loader"
WHY = "Loaded from the collection's annotations"


@dataclass
class Report:
    """What a load did, as counts of (what, "added" | "updated" | "kept" | "unchanged")."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, what: str, outcome: str) -> None:
        self.counts[what, outcome] += 1

    @property
    def changed(self) -> bool:
        return any(outcome in ("added", "updated") for _, outcome in self.counts)

    @property
    def updated(self) -> bool:
        return any(outcome == "updated" for _, outcome in self.counts)

    def lines(self) -> list[str]:
        """Return a line for each kind of row, in the order in which they were loaded."""
        kinds = list(dict.fromkeys(what for what, _ in self.counts))
        outcomes = ("added", "updated", "kept", "unchanged")
        words = {"kept": "kept as edited since"}
        return [
            f"{what}: "
            + ", ".join(
                f"{self.counts[what, outcome]} {words.get(outcome, outcome)}"
                for outcome in outcomes
                if self.counts[what, outcome]
            )
            for what in kinds
        ]


@dataclass
class _Rows:
    """The rows that the collection's keys stand for."""

    people: dict[str, Person] = field(default_factory=dict)
    organizations: dict[str, Organization] = field(default_factory=dict)
    outlets: dict[str, Outlet] = field(default_factory=dict)
    coders: dict[str, Coder] = field(default_factory=dict)
    utterances: dict[str, Utterance] = field(default_factory=dict)
    targets: dict[str, Target] = field(default_factory=dict)


def load(collection: Collection) -> Report:
    """Write a collection and return what was done.

    The people, bodies, outlets, targets and coders are one transaction, each document another.
    """
    report = Report()
    by = loader_account()
    with transaction.atomic():
        rows = _load_entries(collection, by, report)
    for article in collection.articles:
        with transaction.atomic():
            _load_article(article, rows, by, report)
    with transaction.atomic():
        if report.updated:
            _record_versions(collection, by)
        _link_examples(collection, rows, by, report)
    return report


def _record_versions(collection: Collection, by: User) -> None:
    """Record what a changed name, headline or label changes of quotes that nobody touched."""
    hashes = [body_hash(article) for article in collection.articles]
    quotes = Quote.objects.published().filter(article__sha256__in=hashes)
    versions.record_each(quotes=quotes.order_by("pk"), by=by, why="The annotation changed")


def loader_account() -> User:
    """Return the account that the history names for loaded rows; nobody can sign in with it."""
    account, made = User.objects.get_or_create(
        username=ACCOUNT, defaults={"is_active": False, "first_name": "Collection loader"}
    )
    if made:
        account.set_unusable_password()
        account.save()
    return account


def touched_since(row: Recorded) -> bool:
    """Say whether someone other than the loader made the last change of a row."""
    last = row.history.order_by("-history_id").first()  # type: ignore[attr-defined]
    return bool(last and last.actor_name != ACCOUNT)


def _sync(row: Recorded, values: Mapping[str, Any], by: User, report: Report, what: str) -> None:
    """Bring one row to the values of its annotation, unless someone else changed it."""
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    if row._state.adding:
        outcome = "added"
    elif not different:
        outcome = "unchanged"
    else:
        outcome = "kept" if touched_since(row) else "updated"
    if outcome in ("added", "updated"):
        for name, value in values.items():
            setattr(row, name, value)
        save_as(row, by=by, why=WHY)
    report.note(what, outcome)


def _load_entries(collection: Collection, by: User, report: Report) -> _Rows:
    rows = _Rows()
    for person in collection.people:
        rows.people[person.key] = _load_person(person, by, report)
    for body in collection.organizations:
        found = Organization.objects.filter(slug=body.key).first() or Organization(slug=body.key)
        values = {
            "name": body.name,
            "other_names": list(body.other_names),
            "summary": body.summary,
        }
        _sync(found, values, by, report, "organisations")
        rows.organizations[body.key] = found
    for outlet in collection.outlets:
        paper = Outlet.objects.filter(slug=outlet.key).first() or Outlet(slug=outlet.key)
        _sync(paper, {"name": outlet.name, "url": outlet.url}, by, report, "outlets")
        rows.outlets[outlet.key] = paper
    for utterance in collection.utterances:
        said = Utterance.objects.filter(import_key=utterance.key).first()
        said = said or Utterance(import_key=utterance.key)
        _sync(said, {"title": utterance.title, "note": utterance.note}, by, report, "utterances")
        rows.utterances[utterance.key] = said
    _load_memberships(collection, rows, by, report)
    _load_coders(collection, rows, report)
    for target in collection.targets:
        rows.targets[target.key] = _load_target(target, by, report)
    return rows


def _load_person(entry: Any, by: User, report: Report) -> Person:
    redirect = PersonRedirect.objects.filter(slug=entry.key).select_related("person").first()
    person = redirect.person if redirect else Person.objects.filter(slug=entry.key).first()
    person = person or Person(slug=entry.key)
    values = {"name": entry.name, "summary": entry.summary, "protected": entry.protected}
    if entry.sort_name:
        values["sort_name"] = entry.sort_name
    _sync(person, values, by, report, "people")
    for name in entry.other_names:
        if not person.other_names.filter(name=name).exists():
            save_as(PersonName(person=person, name=name), by=by, why=WHY)
    return person


def _load_memberships(collection: Collection, rows: _Rows, by: User, report: Report) -> None:
    for entry in collection.memberships:
        key = {
            "person": rows.people[entry.person],
            "organization": rows.organizations.get(entry.organization),
            "role": entry.role,
            "start": entry.since,
        }
        row = Membership.objects.filter(**key).first() or Membership(**key)
        _sync(row, {"end": entry.until, "source_note": entry.note}, by, report, "roles")


def _load_coders(collection: Collection, rows: _Rows, report: Report) -> None:
    for entry in collection.coders:
        rows.coders[entry.key], made = Coder.objects.get_or_create(
            slug=entry.key,
            defaults={"name": entry.name, "kind": entry.kind, "note": entry.description},
        )
        report.note("coders", "added" if made else "unchanged")


def _load_target(entry: TargetEntry, by: User, report: Report) -> Target:
    """Add a target, or bring one that nobody touched up to date: a change is a new version.

    One that was merged since stays as it is: what the collection codes for it goes to the survivor.
    """
    target: Target = Target.objects.filter(slug=entry.key).first() or Target(slug=entry.key)
    if target.merged_into_id:
        report.note("targets", "kept")
        return codebook.survivor(target)
    values = {
        "proposition": entry.proposition,
        "brief_definition": entry.brief_definition,
        "full_definition": entry.full_definition,
        "when_to_use": entry.when_to_use,
        "when_not_to_use": entry.when_not_to_use,
        "value_definitions": dict(entry.values),
        "example": _example(entry.example),
        "counter_example": _example(entry.counter_example),
    }
    if target._state.adding:
        made = {**values, "label": entry.label, "kind": entry.kind, "version": entry.version}
        _sync(target, made, by, report, "targets")
        return target
    meaning = entry.version > _meanings_on_record(target)
    wanted = {**values, "label": entry.label}
    if all(getattr(target, name) == value for name, value in wanted.items()):
        report.note("targets", "unchanged")
    elif touched_since(target):
        report.note("targets", "kept")
    else:
        why = (entry.change_reason if meaning else "") or WHY
        codebook.rename(target=target, label=entry.label, by=by, why=why)
        change = EntryChange.MEANING if meaning else EntryChange.WORDING
        codebook.change_entry(target=target, by=by, why=why, change=change, **values)
        report.note("targets", "updated")
    return target


def _meanings_on_record(target: Target) -> int:
    """Return the number that the collection gives an entry: it counts the meanings alone."""
    rows = target.history.order_by("history_id").values_list("version", "meaning_version")
    versions = list(rows)
    return int(versions[0][0]) + len({meaning for _version, meaning in versions}) - 1


def _example(example: CodebookExample) -> str:
    return f"“{example.text}” {example.explanation}"


def body_hash(entry: AnnotatedArticle) -> str:
    """Return the hash of the canonical text; the entry's own is of the file as it came."""
    return hashlib.sha256(entry.body.encode()).hexdigest()


def _load_article(entry: AnnotatedArticle, rows: _Rows, by: User, report: Report) -> None:
    article = Article.objects.filter(sha256=body_hash(entry)).first()
    article = article or Article(sha256=body_hash(entry), body=entry.body)
    values = {
        "headline": entry.headline,
        "outlet": rows.outlets[entry.outlet] if entry.outlet else None,
        "outlet_note": entry.outlet_note,
        "byline": entry.byline,
        "url": entry.url,
        "kind": entry.kind,
        "pages": entry.pages,
        "archive_url": entry.archive_url,
        "archived": entry.archived,
        "published": entry.published,
        "date_basis": entry.date_basis if entry.published else "",
        "date_note": entry.date_note,
        "language": entry.language,
        "rights": entry.rights,
        "boilerplate": [[part.start, part.end] for part in entry.boilerplate],
        "source_file": entry.file,
    }
    _sync(article, values, by, report, "articles")
    if not article.shingles.exists():
        # So that a copy of it is known for one when it is taken in.
        similar.link(article)
    for quote in entry.quotes:
        _load_quote(article, quote, rows, by, report)


def _load_quote(
    article: Article, entry: AnnotatedQuote, rows: _Rows, by: User, report: Report
) -> None:
    """Add, code and publish a quote, or bring one that nobody touched up to date."""
    attribution = _attribution(entry, rows)
    spans = [(span.start, span.end) for span in entry.spans]
    quote = Quote.objects.filter(article=article, import_key=entry.key).first()
    if quote is None:
        quote = review.add_candidate(
            article=article, spans=spans, by=by, why=WHY, import_key=entry.key, **attribution
        )
        review.accept(quote=quote, by=by, why="Hand-checked annotation")
        # Coded before it is published, so that version 1 is the whole record.
        _load_stances(quote, entry, rows, by, report)
        review.publish(quote=quote, by=by, why=WHY)
        report.note("quotes", "added")
        return
    here = [(span.start, span.end) for span in quote.spans.all()]
    same = here == spans and all(getattr(quote, k) == v for k, v in attribution.items())
    if same or touched_since(quote) or quote.status != Status.PUBLISHED:
        report.note("quotes", "unchanged" if same else "kept")
    else:
        review.correct(quote=quote, by=by, why="The annotation changed", spans=spans, **attribution)
        report.note("quotes", "updated")
    _load_stances(quote, entry, rows, by, report)


def _attribution(entry: AnnotatedQuote, rows: _Rows) -> dict[str, Any]:
    """Return the fields of a quote that its annotation decides."""
    return {
        "kind": entry.kind,
        "speaker": rows.people[entry.speaker] if entry.speaker else None,
        "on_behalf_of": rows.organizations[entry.on_behalf_of] if entry.on_behalf_of else None,
        "speaker_text": entry.speaker_text,
        "speaker_role": entry.role,
        "cue": entry.cue,
        "basis": entry.basis,
        "channel": entry.channel,
        "said": entry.said,
        "said_basis": entry.said_basis if entry.said else "",
        "said_note": entry.said_note,
        "note": entry.note,
        "utterance": rows.utterances[entry.utterance] if entry.utterance else None,
    }


def _load_stances(
    quote: Quote, entry: AnnotatedQuote, rows: _Rows, by: User, report: Report
) -> None:
    for stance in entry.stances:
        target, coder = rows.targets[stance.target], rows.coders[stance.coder]
        evidence = [(span.start, span.end) for span in stance.evidence]
        wanted = (stance.value, stance.confidence, [list(span) for span in evidence])
        coding = StanceCoding.objects.filter(quote=quote, target=target, coder=coder).first()
        if coding is None:
            outcome = "added"
        elif (*wanted, stance.rationale) == (
            coding.value,
            coding.confidence,
            coding.evidence,
            coding.memo,
        ):
            outcome = "unchanged"
        else:
            outcome = "kept" if touched_since(coding) else "updated"
        if outcome in ("added", "updated"):
            stances.code(
                quote=quote,
                target=target,
                coder=coder,
                value=stance.value,
                confidence=stance.confidence,
                evidence=evidence,
                memo=stance.rationale,
                by=by,
                why=WHY,
            )
        report.note("codings", outcome)


def _link_examples(collection: Collection, rows: _Rows, by: User, report: Report) -> None:
    """Point the codebook's examples at the quotes that they are taken from."""
    hashes = {article.key: body_hash(article) for article in collection.articles}
    for entry in collection.targets:
        target = rows.targets[entry.key]
        if target.slug != entry.key:
            continue  # merged: its examples are not the survivor's
        links = {
            name: Quote.objects.published()
            .filter(article__sha256=hashes[example.article], import_key=example.quote)
            .first()
            for name, example in (
                ("example_quote", entry.example),
                ("counter_example_quote", entry.counter_example),
            )
        }
        if {name: getattr(target, name) for name in links} == links or touched_since(target):
            continue
        _sync(target, links, by, report, "codebook examples")
