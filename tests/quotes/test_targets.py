"""Targets merged, split and renamed: codings move, stances follow, addresses lead on."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from quotes import codebook, coding, stances
from quotes.models import Coder, Quote, Stance, StanceCoding, Target, TargetMove
from quotes.verify import CHECKS
from tests import factories

pytestmark = pytest.mark.django_db


def code(quote: Quote, target: Target, **values: str) -> None:
    for slug, value in values.items():
        coder, _ = Coder.objects.get_or_create(slug=slug, defaults={"name": slug})
        stances.code(quote=quote, target=target, coder=coder, value=value, by=factories.user())


def public() -> dict[tuple[int, str], tuple[str, str]]:
    rows = Stance.objects.values_list("quote", "target__slug", "value", "basis")
    return {(quote, slug): (value, basis) for quote, slug, value, basis in rows}


def sound() -> list[str]:
    return [fault for check in CHECKS for fault in check.faults()]


class Two:
    """Two targets: a quote coded for one, for both, for the other, and one settled by hand."""

    def __init__(self) -> None:
        self.by = factories.user()
        self.boats = factories.target(slug="boats", label="Boats")
        self.ships = factories.target(slug="ships", label="Ships")
        self.one, self.both, self.settled = (factories.quote() for _ in range(3))
        code(self.one, self.boats, first="supports", second="supports")
        code(self.both, self.boats, first="supports", second="mixed")
        code(self.both, self.ships, first="supports", third="criticises")
        code(self.settled, self.boats, first="supports", second="mixed")
        stances.adjudicate(
            quote=self.settled,
            target=self.boats,
            value="mixed",
            reason="Both in one sentence",
            error_type="ambiguous",
            by=self.by,
        )

    def merge(self) -> TargetMove:
        return codebook.merge(target=self.boats, into=self.ships, by=self.by, why="The same")


@pytest.fixture
def two() -> Two:
    return Two()


def test_merge_moves_codings_with_history_and_entry_and_stances_follow(two: Two) -> None:
    histories = {row.pk: row.history.count() for row in StanceCoding.objects.all()}
    codebook.change_entry(
        target=two.boats, by=two.by, why="x", change="wording", when_to_use="Always"
    )

    effect = codebook.effect(two.boats, two.ships)
    move = two.merge()

    assert (effect.codings, effect.stay, effect.differ, effect.published) == (5, 1, 0, 3)
    moved = StanceCoding.objects.filter(pk__in=move.moved)
    assert {(c.target, c.entry, c.codebook_version) for c in moved} == {(two.ships, two.boats, 1)}
    assert all(c.history.count() == histories[c.pk] + 1 for c in moved)
    assert public() == {
        (two.one.pk, "ships"): ("supports", "unanimous"),
        (two.both.pk, "ships"): ("unclear", "disputed"),
        (two.settled.pk, "ships"): ("mixed", "adjudicated"),
    }
    assert [q.versions.count() for q in (two.one, two.both, two.settled)] == [4, 6, 5]
    assert two.one.versions.latest("number").why == "The same"
    assert codebook.survivor(Target.objects.get(slug="boats")) == two.ships
    assert sound() == []


def test_undone_merge_leaves_the_record_as_it_stood(two: Two) -> None:
    before = public(), sorted(StanceCoding.objects.values_list("pk", "target", "value"))
    move = two.merge()

    codebook.undo_move(move=move, by=two.by, why="They differ")

    assert (
        public(),
        sorted(StanceCoding.objects.values_list("pk", "target", "value")),
    ) == before
    assert not StanceCoding.objects.filter(entry__isnull=False).exists()
    assert Target.objects.get(slug="boats").merged_into is None
    assert sound() == []
    with pytest.raises(ValidationError, match="undone already"):
        codebook.undo_move(move=move, by=two.by, why="Again")


def test_coding_given_anew_after_a_merge_stays_when_it_is_undone(two: Two) -> None:
    move = two.merge()
    code(two.one, two.ships, first="criticises")

    codebook.undo_move(move=move, by=two.by, why="They differ")

    found = StanceCoding.objects.filter(quote=two.one)
    assert sorted(found.values_list("target__slug", "coder__slug", "value")) == [
        ("boats", "second", "supports"),
        ("ships", "first", "criticises"),
    ]
    assert public()[two.one.pk, "ships"] == ("criticises", "single")
    assert public()[two.one.pk, "boats"] == ("supports", "single")


def test_moved_codings_are_stale_by_either_entry(two: Two) -> None:
    two.merge()
    assert not StanceCoding.objects.stale().exists()
    two.ships.refresh_from_db()

    codebook.change_entry(
        target=two.ships, by=two.by, why="x", change="meaning", when_to_use="At sea"
    )

    assert StanceCoding.objects.stale().count() == 7  # all but the one left behind
    code(two.one, two.ships, first="supports")
    assert StanceCoding.objects.stale().count() == 6
    assert not StanceCoding.objects.filter(coder__slug="first", quote=two.one, entry=two.boats)


def test_split_moves_the_codings_of_some_quotes_and_is_undone(two: Two) -> None:
    before = public()
    part = factories.target(slug="rafts")

    move = codebook.split(
        target=two.boats, into=part, quotes=[two.one, two.settled], by=two.by, why="Rafts"
    )

    assert {key for key in public() if key[1] == "rafts"} == {
        (two.one.pk, "rafts"),
        (two.settled.pk, "rafts"),
    }
    assert public()[two.settled.pk, "rafts"] == ("mixed", "adjudicated")
    codebook.undo_move(move=move, by=two.by, why="No")
    assert public() == before
    assert Target.objects.get(slug="rafts").merged_into == two.boats
    assert sound() == []


def test_target_of_an_open_round_is_not_moved_until_the_round_is_closed(two: Two) -> None:
    task = coding.make(
        name="A round",
        quotes=Quote.objects.filter(pk=two.one.pk),
        targets=[two.boats],
        coders=[factories.user("coder"), factories.user("coder")],
        by=two.by,
    )

    with pytest.raises(ValidationError, match="close that round first"):
        two.merge()
    coding.close(task=task, by=two.by, why="Done")

    assert two.merge().target == two.boats


def test_rename_makes_versions_and_keeps_address_entry_and_codings(two: Two) -> None:
    codebook.rename(target=two.boats, label="Vessels", by=two.by, why="Wider")

    found = Target.objects.get(slug="boats")
    assert (found.label, found.version) == ("Vessels", 1)
    assert two.one.versions.latest("number").why == "Wider"
    with pytest.raises(ValidationError, match="Say why"):
        codebook.rename(target=two.boats, label="X", by=two.by, why=" ")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"why": " "}, "Say why"),
        ({"into": "boats"}, "into itself"),
        ({"into": "a-claim"}, "of one kind"),
        ({"into": "merged"}, "merged into another already"),
    ],
)
def test_unfit_merge_is_refused_and_changes_nothing(
    two: Two, change: dict[str, Any], message: str
) -> None:
    factories.target("claim", slug="a-claim")
    merged = factories.target(slug="merged")
    codebook.merge(target=merged, into=two.ships, by=two.by, why="x")
    before = public(), TargetMove.objects.count()
    wanted: dict[str, Any] = {"target": two.boats, "into": two.ships, "why": "x", "by": two.by}
    wanted |= change
    if isinstance(wanted["into"], str):
        wanted["into"] = Target.objects.get(slug=wanted["into"])

    with pytest.raises(ValidationError, match=message):
        codebook.merge(**wanted)

    assert (public(), TargetMove.objects.count()) == before


def test_merge_is_not_undone_before_the_one_after_it(two: Two) -> None:
    fleet = factories.target(slug="fleet")
    first = two.merge()
    second = codebook.merge(target=two.ships, into=fleet, by=two.by, why="x")
    assert codebook.survivor(Target.objects.get(slug="boats")) == fleet

    with pytest.raises(ValidationError, match="undo that first"):
        codebook.undo_move(move=TargetMove.objects.get(pk=first.pk), by=two.by, why="x")

    codebook.undo_move(move=second, by=two.by, why="x")
    codebook.undo_move(move=TargetMove.objects.get(pk=first.pk), by=two.by, why="x")
    assert public()[two.one.pk, "boats"] == ("supports", "unanimous")
    assert sound() == []


def test_database_refuses_codings_of_a_merged_target_and_changed_decisions(two: Two) -> None:
    move = two.merge()
    coding = StanceCoding.objects.get(target=two.boats)  # the one left behind
    with pytest.raises(ValidationError, match="merged into another"):
        code(two.both, Target.objects.get(slug="boats"), first="mixed")
    for write in (
        lambda: StanceCoding.objects.filter(pk=coding.pk).update(value="mixed"),
        lambda: Stance.objects.filter(quote=two.one).update(target=two.boats),
        lambda: TargetMove.objects.filter(pk=move.pk).update(why="Other"),
        lambda: TargetMove.objects.filter(pk=move.pk).delete(),
        lambda: StanceCoding.objects.filter(pk=coding.pk).update(entry=two.ships),
        lambda: Target.objects.filter(pk=two.ships.pk).update(merged_into=two.ships),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_merged_targets_pages_lead_to_the_survivors(client: Client, two: Two) -> None:
    factories.target(slug="secret", label="Never public")
    codebook.merge(
        target=Target.objects.get(slug="secret"), into=two.ships, by=two.by, why="Never seen"
    )
    move = two.merge()

    for page in ("/targets/", "/codebook/", "/agreement/"):
        response = client.get(f"{page}boats")
        assert (response.status_code, response["Location"]) == (301, f"{page}ships")
        assert client.get(f"{page}secret").status_code == 404
    moved = client.get("/quotes?target=boats&stance=mixed")
    assert (moved.status_code, moved["Location"]) == (301, "/quotes?target=ships&stance=mixed")
    entry = client.get("/codebook/ships").content.decode()
    assert "“Boats” was merged here" in entry
    assert "Never" not in entry + client.get("/targets/ships").content.decode()
    codebook.undo_move(move=move, by=two.by, why="They differ")
    assert client.get("/targets/boats").status_code == 200
    assert "(undone on" in client.get("/codebook/ships").content.decode()


def test_inferred_stances_are_marked_and_never_counted(client: Client) -> None:
    by, quote, other = factories.user(), factories.quote(), factories.quote()
    claim, negation = (
        factories.target("claim", slug=slug, label=label)
        for slug, label in (("counted", "Boats were counted"), ("not", "Boats were not counted"))
    )
    factories.stance(quote, claim, "asserts")
    factories.stance(other, negation, "questions")
    relation = codebook.relate(
        claim=negation, other=claim, kind="negation", by=by, why="By its words"
    )

    page = client.get(f"/q/{quote.public_id}")
    assert [(s.value, s.label) for s in page.context["inferred"]] == [
        ("denies", "Boats were not counted")
    ]
    assert "inferred, not coded: denies" in page.content.decode()
    assert client.get("/quotes").content.decode().count("inferred, not coded") == 2
    record = client.get(f"/q/{quote.public_id}.json").json()
    assert record["inferred_stances"] == [
        {
            "target": "not",
            "label": "Boats were not counted",
            "value": "denies",
            "basis": "inferred",
            "inferred_from": "counted",
        }
    ]
    assert [row["target"] for row in record["record"]["stances"]] == ["counted"]
    assert client.get("/quotes?target=not").context["listing"].count == 1
    assert "says the opposite of" in client.get("/targets/counted").content.decode()
    assert StanceCoding.objects.count() == 2
    codebook.unrelate(relation=relation, by=by, why="Not quite")
    assert client.get(f"/q/{quote.public_id}").context["inferred"] == []


def test_relation_to_a_hidden_claim_shows_nothing(client: Client) -> None:
    quote, claim = factories.quote(), factories.target("claim")
    hidden = factories.target("claim", label="Hidden claim")
    factories.stance(quote, claim, "asserts")
    codebook.relate(claim=claim, other=hidden, kind="equivalent", by=factories.user(), why="x")

    for page in (f"/q/{quote.public_id}", f"/q/{quote.public_id}.json", claim.get_absolute_url()):
        assert "Hidden claim" not in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "other"}, "how the claims"),
        ({"why": ""}, "Say why"),
        ({"other": "subject"}, "is no claim"),
        ({"other": "one"}, "to itself"),
        ({"claim": "two", "other": "one"}, "related already"),
    ],
)
def test_unfit_relation_is_refused(change: dict[str, Any], message: str) -> None:
    for slug in ("one", "two"):
        factories.target("claim", slug=slug)
    factories.target(slug="subject")
    wanted = {"claim": "one", "other": "two", "kind": "equivalent", "why": "x"}

    def relate(**values: str) -> None:
        rows = {name: Target.objects.get(slug=values[name]) for name in ("claim", "other")}
        codebook.relate(by=factories.user(), **{**values, **rows})  # type: ignore[arg-type]

    if "already" in message:
        relate(**wanted)
    with pytest.raises(ValidationError, match=message):
        relate(**{**wanted, **change})


def test_verify_names_a_target_that_leads_nowhere_or_elsewhere(two: Two) -> None:
    two.merge()
    fleet = factories.target(slug="fleet")
    assert sound() == []

    Target.objects.filter(slug="boats").update(merged_into=fleet)
    assert sound() == ["target boats: it leads elsewhere than where it was merged"]
    Target.objects.filter(slug="boats").update(merged_into=None)
    assert sound() == ["target boats: merged, and leads nowhere"]
