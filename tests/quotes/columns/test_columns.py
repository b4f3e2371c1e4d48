"""The columns against SQL: the same totals, counts and pages, whatever is asked and edited."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.scale.load import fill
from people.models import Membership, Organization, Person
from quotes.changes import everything_changed, state
from quotes.choices import Status
from quotes.models import Article, Notice, Quote, Stance
from quotes.search import columns as package
from quotes.search.columns import (
    ORDERS,
    All,
    Days,
    HasStance,
    Not,
    OneAtLeast,
    OneOf,
    build,
    columns,
    days,
    files,
    micros,
    store,
    to_numbers,
)
from quotes.search.columns.snapshot import snapshot

EPOCH = date(1970, 1, 1)
PEOPLE, BODIES, TARGETS = range(1, 11), range(1, 6), range(1, 21)
KINDS, CHANNELS = ["direct", "mixed", "indirect"], ["interview", "speech", "letter", "court"]
VALUES = ["supports", "criticises", "asserts", "denies"]


@pytest.fixture
def ready(
    transactional_db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A generated collection with columns of it, and a process that has seen none yet."""
    settings.COLUMNS_DIR, settings.COLUMNS_FROM = tmp_path / "columns", 1
    monkeypatch.setattr(package, "_store", store.Store())
    fill(200, processes=1, say=lambda text: None)
    assert build("default")
    yield
    thread = package._store.builder
    if thread:
        thread.join()


def some(values: Any, most: int = 3) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(list(values)), min_size=1, max_size=most, unique=True)


def one_of(column: str, values: Any) -> st.SearchStrategy[Any]:
    return st.builds(OneOf, st.just(column), some(values))


DAY = st.one_of(st.none(), st.integers(15_300, 19_750))
PAIRS = st.lists(st.tuples(st.sampled_from(TARGETS), st.sampled_from(VALUES)), max_size=2)
PLAIN = {
    "speaker": one_of("speaker", PEOPLE),
    "organization": one_of("body", BODIES),
    "outlet": one_of("outlet", BODIES),
    "kind": one_of("kind", KINDS),
    "channel": one_of("channel", CHANNELS),
    "role": one_of("role", ["minister", "doctor", "no such role"]),
    "year": one_of("year", range(2011, 2025)),
    "target": st.builds(HasStance, some(TARGETS) | st.just([]), some(VALUES) | st.just([]), PAIRS),
    "date": st.builds(Days, DAY, DAY, st.sampled_from(["either", "said", "published"])),
}
ALSO = {f"not_{name}": st.builds(Not, plain) for name, plain in PLAIN.items() if name != "date"} | {
    "q": st.builds(
        lambda one, other, third: All([OneAtLeast([one, other]), Not(third)]),
        PLAIN["kind"],
        PLAIN["speaker"],
        PLAIN["target"],
    )
}
CONDITIONS = st.dictionaries(st.sampled_from([*PLAIN, *ALSO]), st.integers(), max_size=4).flatmap(
    lambda names: st.fixed_dictionaries({name: (PLAIN | ALSO)[name] for name in names})
)


def in_sql(condition: Any) -> Q:
    """Return what a condition says, in SQL's words."""
    if isinstance(condition, Not):
        # "Not x" holds for what has no value at all, which SQL's NOT leaves out.
        return ~Q(pk__in=Quote.objects.filter(in_sql(condition.part)).values("pk"))
    if isinstance(condition, All):
        return in_sql(condition.parts[0]) & in_sql(condition.parts[1])
    if isinstance(condition, OneAtLeast):
        return in_sql(condition.parts[0]) | in_sql(condition.parts[1])
    if isinstance(condition, Days):
        return _days_in_sql(condition)
    if isinstance(condition, HasStance):
        stances = Stance.objects.filter(quote=OuterRef("pk"))
        if condition.targets:
            stances = stances.filter(target__in=condition.targets)
        if condition.values or condition.pairs:
            wanted = Q(value__in=condition.values)
            for target, value in condition.pairs:
                wanted |= Q(target=target, value=value)
            stances = stances.filter(wanted)
        return Q(Exists(stances))
    if condition.column == "body":
        bodies = Organization.objects.filter(pk__in=condition.values)
        return Q(pk__in=Quote.objects.speaking_for(bodies).values("pk"))
    if condition.column == "speaker":
        return Q(speaker__in=condition.values, speaker__protected=False)
    if condition.column == "outlet":
        return Q(article__outlet__in=condition.values)
    if condition.column == "role":
        return Q(speaker_role__in=condition.values) & public_role()
    column = "date_earliest__year" if condition.column == "year" else condition.column
    return Q(**{f"{column}__in": condition.values})


def _days_in_sql(condition: Days) -> Q:
    prefix = "article__published" if condition.of == "published" else "date"
    first, last = f"{prefix}_earliest", f"{prefix}_latest"
    found = Q(**{f"{first}__isnull": False}) | Q(**{f"{last}__isnull": False})
    if condition.of == "said":
        found &= ~Q(said="")
    if condition.start is not None:
        start = EPOCH + timedelta(days=condition.start)
        found &= Q(**{f"{last}__gte": start}) | Q(**{f"{last}__isnull": True})
    if condition.end is not None:
        end = EPOCH + timedelta(days=condition.end)
        found &= Q(**{f"{first}__lte": end}) | Q(**{f"{first}__isnull": True})
    return found


def public_role() -> Q:
    return Q(speaker__isnull=True) | Q(speaker__protected=False)


def matching(conditions: dict[str, Any], without: tuple[str, ...] = ()) -> QuerySet[Quote]:
    found = Quote.objects.published()
    for name, condition in conditions.items():
        if name not in without:
            found = found.filter(in_sql(condition))
    return found


def grouped(quotes: QuerySet[Quote], value: Any) -> Counter[Any]:
    return Counter(quotes.annotate(value_counted=value).values_list("value_counted", flat=True))


def bodies(quotes: QuerySet[Quote]) -> Counter[Any]:
    return Counter(
        {
            body.pk: count
            for body in Organization.objects.all()
            if (count := quotes.filter(pk__in=Quote.objects.speaking_for([body])).count())
        }
    )


def check(conditions: dict[str, Any], *, among: Q | None = None) -> None:
    """Hold each answer of the columns against SQL's."""
    ids = None
    if among is not None:
        keys = Quote.objects.filter(among).values_list("pk", flat=True)
        ids = to_numbers(",".join(map(str, keys)))

    def sql(*without: str) -> QuerySet[Quote]:
        found = matching(conditions, without)
        return found.filter(among) if among is not None else found

    with columns() as ready:
        assert ready is not None
        found = ready.find(conditions, ids)
        assert found.total() == sql().count()
        assert found.total(["kind", "not_kind"]) == sql("kind", "not_kind").count()
        speakers = sql("speaker").filter(speaker__protected=False)
        assert known(found.counts("speaker", ["speaker"])) == grouped(speakers, F("speaker_id"))
        assert found.counts("kind") == grouped(sql(), F("kind"))
        roles = sql("role").filter(public_role()).exclude(speaker_role="")
        assert known(found.counts("role", ["role"])) == grouped(roles, F("speaker_role"))
        years = sql("year").filter(date_earliest__isnull=False)
        assert known(found.counts("year", ["year"])) == grouped(years, ExtractYear("date_earliest"))
        assert found.counts("body", ["organization"]) == bodies(sql("organization"))
        for flag, doubted in (("coders", by_coders()), ("notice", by_notice())):
            assert found.counts(flag)[1] == sql().filter(doubted).count()
        check_stances(found, conditions, sql("target"))
        check_pages(found, sql())


def check_stances(found: Any, conditions: dict[str, Any], quotes: QuerySet[Quote]) -> None:
    for fits in (HasStance(), conditions.get("target", HasStance(targets=[1, 2]))):
        wanted = Q(target__in=fits.targets) if fits.targets else Q()
        if fits.values or fits.pairs:
            named = Q(value__in=fits.values)
            for target, value in fits.pairs:
                named |= Q(target=target, value=value)
            wanted &= named
        rows = Stance.objects.filter(wanted, quote__in=quotes)
        assert found.pairs(fits, ["target"]) == Counter(rows.values_list("target", "value"))
        values = rows.order_by().values_list("value", "quote").distinct()
        assert +found.stance_values(fits, ["target"]) == Counter(value for value, _ in values)


def known(counts: Counter[Any]) -> Counter[Any]:
    """Leave out the quotes without the value."""
    return Counter({value: count for value, count in counts.items() if value})


def by_coders() -> Q:
    return Q(Exists(Stance.objects.filter(quote=OuterRef("pk"), basis="disputed")))


def by_notice() -> Q:
    return Q(Exists(Notice.objects.filter(quote=OuterRef("pk"), kind="corrected")))


def check_pages(found: Any, quotes: QuerySet[Quote]) -> None:
    orders = {
        "newest": [F("date_earliest").desc(nulls_last=True), "-pk"],
        "oldest": [F("date_earliest").asc(nulls_last=True), "pk"],
        "added": ["-published_at", "-pk"],
    }
    for name, expressions in orders.items():
        wanted = list(quotes.order_by(*expressions))
        keys = [quote.pk for quote in wanted]
        assert found.page(name, size=1_000) == keys
        assert found.page(name, size=7, skip=11) == keys[11:18]
        for place in (0, 8, len(keys) - 1):
            if 0 <= place < len(keys):
                key = key_of(name, wanted[place])
                assert found.page(name, size=5, after=key) == keys[place + 1 : place + 6]
                assert found.ahead(name, key) == place
                assert found.ahead(name, key, at=True) == place + 1


def key_of(name: str, quote: Quote) -> Any:
    day = quote.date_earliest
    value = micros(quote.published_at) if name == "added" else day and days(day)
    return ORDERS[name].key_of(value, quote.pk)


def edit(kind: int, pk: int) -> None:
    """Make one change past the steps, as a hand with a database shell would."""
    quotes = Quote.objects.filter(pk=pk)
    quote = quotes.get()
    if kind == 0:
        quotes.update(kind=KINDS[pk % 3], speaker_id=pk % 10 + 1, date_earliest=None)
    elif kind == 1:
        Stance.objects.filter(quote=quote).update(basis="disputed")
    elif kind == 2:
        Person.objects.filter(pk=quote.speaker_id).update(protected=True, public_role="a role")
    elif kind == 3:
        Membership.objects.filter(person=quote.speaker_id).delete()
        Membership.objects.create(person_id=quote.speaker_id, organization_id=1, role="r")
    elif kind == 4:
        Article.objects.filter(pk=quote.article_id).update(outlet=None, published_latest=None)
    elif kind == 5 and quote.status == Status.PUBLISHED:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE quotes_quote SET speaker_role = 'x' WHERE id = %s", [pk])
    elif kind == 6:
        Stance.objects.filter(quote=quote).delete()
        Notice.objects.create(
            quote=quote,
            kind="corrected",
            text="A word.",
            dated="2024-01-01",
            why="w",
            made_by_id=1,
            made_at=timezone.now(),
        )


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    conditions=CONDITIONS,
    edits=st.lists(st.tuples(st.integers(0, 6), st.integers(1, 200)), max_size=4),
    among=st.sampled_from([None, Q(pk__lte=60), Q(text__contains="the "), Q(pk=0)]),
)
def test_columns_say_what_sql_says_after_any_edits(
    ready: None, conditions: dict[str, Any], edits: list[tuple[int, int]], among: Q | None
) -> None:
    for kind, pk in edits:
        edit(kind, pk)

    check(conditions, among=among)


def test_what_was_committed_is_counted_at_once_and_what_was_not_is_not(ready: None) -> None:
    rows = Quote.objects.published()
    with columns() as before:
        assert before is not None
        kinds = before.find({}).counts("kind")
    with transaction.atomic():
        rows.filter(kind="mixed").update(kind="direct")
        with columns() as inside:
            assert inside is None  # this transaction's own changes are nobody else's
        transaction.set_rollback(True)
    with columns() as same:
        assert same is before
    rows.filter(kind="mixed").update(kind="direct")
    with columns() as after:
        assert after is not None
        assert after.find({}).counts("kind") == Counter(
            {"direct": kinds["direct"] + kinds["mixed"], "indirect": kinds["indirect"]}
        )


def test_columns_are_given_up_when_they_cannot_be_trusted_and_then_built_anew(
    ready: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "MOST_CHANGED", 5)
    with columns() as first:
        assert first is not None
    everything_changed()

    with columns() as given_up:
        assert given_up is None
    thread = package._store.builder
    assert thread is not None
    thread.join()
    with columns() as anew:
        assert anew is not None
        assert anew.changed is None
        assert anew.state.seq > first.state.seq
        assert anew.find({}).total() == Quote.objects.published().count()


def test_small_collections_are_counted_by_sql(ready: None, settings: Any) -> None:
    settings.COLUMNS_FROM = 10_000
    with columns() as small:
        assert small is None
    settings.COLUMNS_FROM = 0
    with columns() as never:
        assert never is None


def test_another_process_takes_over_the_files_and_one_alone_builds(ready: None) -> None:
    other = store.Store()
    with snapshot(connection):
        taken = other.at(state(), connection)
    assert taken is not None
    assert other.builder is None
    with files.building(store.directory()):
        assert not build("default")
    (store.directory() / "CURRENT").write_text("nonsense")
    assert files.load(store.directory()) is None
