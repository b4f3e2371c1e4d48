"""Everything an editor can do to published quotes, in any order, as a Hypothesis state machine.

After each sequence every address that was public at any time is asked for once. Used by
tests/quotes/test_permanence.py with a few hundred sequences, and with ten thousand by
benchmarks/permanence.py.
"""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from people.models import Person, PersonMerge
from quotes import merging, review, speakers, stances
from quotes.choices import Status, WithdrawalReason
from quotes.models import Article, Quote, QuoteSplit, QuoteVersion, Stance, Target, Utterance
from tests import factories

WORDS = ("We will count", "every boat.", "The chair thanked her.", "And then,", "count them")
SPANS = st.lists(st.sampled_from(range(len(WORDS))), min_size=1, max_size=3, unique=True).map(
    sorted
)
PICK = st.integers(0, 40)
NAMES = st.sampled_from(["Ann Bell", "Ben Carr", "Cleo Dunn", "Di Eames"])
Row = TypeVar("Row")


@dataclass(frozen=True)
class World:
    """Rows that every sequence starts from; each sequence is rolled back."""

    by: Any
    articles: tuple[Article, ...]
    target: Target
    utterance: Utterance

    @classmethod
    def make(cls) -> "World":
        return cls(
            by=factories.user(),
            articles=(factories.article(), factories.article()),
            target=factories.target(),
            utterance=Utterance.objects.create(title="One thing said once"),
        )


def pick(rows: Any, number: int) -> Any:
    """Return one of the rows, or None when there is none."""
    found = list(rows)
    return found[number % len(found)] if found else None


def public_now() -> set[str]:
    """Return the address of each page that a reader could open at this moment."""
    found: set[str] = set()
    for quote in Quote.objects.published().for_cards():
        found |= {f"/q/{quote.public_id}", f"/articles/{quote.article.public_id}"}
        found.add(f"/outlets/{quote.article.outlet.slug}")
        if quote.speaker and not quote.speaker.protected:
            page = f"/people/{quote.speaker.slug}"
            found |= {page, f"{page}/positions.csv"}
        if quote.utterance:
            found.add(f"/utterances/{quote.utterance.public_id}")
        for stance in quote.stances.all():
            page = f"/targets/{stance.target.slug}"
            found |= {page, f"{page}/sides.csv"}
    versions = QuoteVersion.objects.filter(quote__status=Status.PUBLISHED)
    for public_id, number in versions.values_list("quote__public_id", "number"):
        found |= {f"/q/{public_id}/v{number}", f"/q/{public_id}/history"}
    return found


def broken(client: Client, addresses: set[str]) -> list[str]:
    """Return "address: what is wrong" for each that is not 200, 410, or 301 to one of these."""
    faults = []
    for address in sorted(addresses):
        answer = client.get(address)
        if answer.status_code == 301:
            answer = client.get(answer.headers["Location"])
            if answer.status_code in (200, 410):
                continue
            faults.append(f"{address}: 301, then {answer.status_code}")
        elif answer.status_code not in (200, 410):
            faults.append(f"{address}: {answer.status_code}")
    return faults


class Editors(RuleBasedStateMachine):
    """Editors at work on one world; `machine` names which."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self) -> None:
        try:
            assert broken(Client(), self.addresses) == []
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def quote(self, number: int, status: str = Status.PUBLISHED) -> Quote | None:
        return pick(Quote.objects.filter(status=status).order_by("pk"), number)

    def look(self) -> None:
        self.addresses |= public_now()

    @initialize(name=NAMES)
    def begin(self, name: str) -> None:
        self.publish(spans=[0], name=name, where=0)

    @rule(spans=SPANS, name=NAMES, where=PICK)
    def publish(self, spans: list[int], name: str, where: int) -> None:
        article = self.world.articles[where % len(self.world.articles)]
        speaker = Person.objects.filter(name=name, protected=False).first()
        quote = review.add_candidate(
            article=article,
            spans=factories.spans(article.body, *(WORDS[at] for at in spans)),
            kind="direct",
            by=self.world.by,
            speaker=speaker or factories.person(name),
            speaker_text="Speaker A",
        )
        review.accept(quote=quote, by=self.world.by)
        review.publish(quote=quote, by=self.world.by)
        self.look()

    @rule(number=PICK, name=NAMES, spans=SPANS, said=st.booleans())
    def edit(self, number: int, name: str, spans: list[int], said: bool) -> None:
        if quote := self.quote(number):
            body = quote.article.body
            review.correct(
                quote=quote,
                by=self.world.by,
                why="Looked again",
                spans=factories.spans(body, *(WORDS[at] for at in spans)),
                speaker=Person.objects.filter(name=name).first() or quote.speaker,
                utterance=self.world.utterance if said else None,
            )
            self.look()

    @rule(number=PICK, tagged=st.booleans())
    def tag(self, number: int, tagged: bool) -> None:
        quote = self.quote(number)
        if quote and tagged:
            stances.tag(quote=quote, target=self.world.target, value="supports", by=self.world.by)
        elif quote and (stance := Stance.objects.filter(quote=quote).first()):
            stances.untag(stance=stance, by=self.world.by, why="Not so")
        self.look()

    @rule(number=PICK, other=PICK)
    def merge(self, number: int, other: int) -> None:
        quote, into = self.quote(number), self.quote(other)
        if quote and into and quote != into:
            merging.merge(quote=quote, into=into, by=self.world.by, why="Same")
            self.look()

    @rule(number=PICK)
    def unmerge(self, number: int) -> None:
        if quote := self.quote(number, Status.MERGED):
            merging.unmerge(quote=quote, by=self.world.by, why="Not the same")
            self.look()

    @rule(number=PICK, at=st.integers(1, 4))
    def split(self, number: int, at: int) -> None:
        quote = self.quote(number)
        spans = [(s.start, s.end) for s in quote.spans.all()] if quote else []
        if quote and at < len(spans):
            merging.split(
                quote=quote, kept=spans[:at], part=spans[at:], by=self.world.by, why="Two"
            )
            self.look()

    @rule(number=PICK)
    def unsplit(self, number: int) -> None:
        rows = QuoteSplit.objects.filter(
            undone_at=None, part__status=Status.PUBLISHED, quote__status=Status.PUBLISHED
        )
        if row := pick(rows.order_by("pk"), number):
            merging.unsplit(part=row.part, by=self.world.by, why="One")
            self.look()

    @rule(number=PICK, reason=st.sampled_from(WithdrawalReason.values))
    def withdraw(self, number: int, reason: str) -> None:
        if quote := self.quote(number):
            review.withdraw(quote=quote, by=self.world.by, reason=reason)
            self.look()

    @rule(number=PICK)
    def restore(self, number: int) -> None:
        if quote := self.quote(number, Status.WITHDRAWN):
            review.restore(quote=quote, by=self.world.by, why="Settled")
            self.look()

    @rule(number=PICK, slug=st.sampled_from(["ann", "ben", "cleo"]))
    def rename(self, number: int, slug: str) -> None:
        person = pick(Person.objects.order_by("pk"), number)
        taken = Person.objects.filter(slug=slug).exists() or (
            Person.objects.filter(redirects__slug=slug).exclude(pk=person.pk).exists()
        )
        if person and not taken:
            speakers.rename_person(person=person, by=self.world.by, why="Married", slug=slug)
            self.look()

    @rule(number=PICK, other=PICK)
    def merge_people(self, number: int, other: int) -> None:
        people = list(Person.objects.order_by("pk"))
        one, two = pick(people, number), pick(people, other)
        if one and two and one != two:
            speakers.merge_people(one=one, other=two, by=self.world.by, why="One person")
            self.look()

    @rule(number=PICK)
    def unmerge_people(self, number: int) -> None:
        newest = [
            person.merges.filter(undone_at=None).order_by("-pk").first()
            for person in Person.objects.order_by("pk")
        ]
        row: PersonMerge | None = pick([merge for merge in newest if merge], number)
        if row:
            speakers.unmerge_people(merge=row, by=self.world.by, why="Two people")
            self.look()

    @rule(number=PICK)
    def protect(self, number: int) -> None:
        if person := pick(Person.objects.filter(protected=False).order_by("pk"), number):
            person.protected, person.public_role = True, "a relative"
            person.save()
            speakers.record_quotes(person, by=self.world.by, why="Protected")
            self.look()


def machine(world: World) -> type[Editors]:
    """Return the class of state machines over one world."""
    return type("EditorsOfOneWorld", (Editors,), {"world": world})
