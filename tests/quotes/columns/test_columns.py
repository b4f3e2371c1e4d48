"""The columns against SQL: the same totals, counts and pages, whatever is asked and edited."""

from collections import defaultdict
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from benchmarks.scale.load import fill
from people.models import Membership, Organization, Person
from quotes import column_found, record
from quotes.changes import everything_changed, state
from quotes.column_conditions import TextIndex
from quotes.exports.records import keys as all_keys
from quotes.facets import facets
from quotes.filters import NOT, QuoteFilter
from quotes.found import Found
from quotes.models import Article, Notice, Outlet, Quote, SearchRow, Stance, Target, Withdrawal
from quotes.search import columns as package
from quotes.search.columns import build, columns, files, store
from quotes.search.columns.snapshot import snapshot
from quotes.search.query import backend

QUOTES = 200
KINDS = ["direct", "mixed", "indirect"]
VALUES = ["supports", "criticises", "asserts", "denies", "no_stance"]
DAYS = st.dates().filter(lambda day: 2011 < day.year < 2025).map(str)
WORDS = [
    "the",
    "people -the",
    '"of the"',
    "school OR hospital",
    "pol*",
    "the kind:direct",
    "the -kind:mixed",
    "kind:direct OR police",
    "(the OR of) (kind:mixed OR -school)",
    "date:2014..2018 -of",
    "target:01 stance:supports",
    "target:02",
    "stance:denies the",
    "-target:03",
    "outlet:001 the",
    "org:council",
    "speaker:nobody",
]


@pytest.fixture
def ready(
    transactional_db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A generated collection with columns of it, and a process that has seen none yet."""
    settings.COLUMNS_DIR, settings.COLUMNS_FROM = tmp_path / "columns", 1
    monkeypatch.setattr(package, "_stores", defaultdict(store.Store))
    fill(QUOTES, processes=1, say=lambda text: None)
    assert build("default")
    yield
    if package._stores["default"].builder:
        package._stores["default"].builder.join()


def some(*values: str, most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=most, unique=True)


def slugs(model: Any) -> st.SearchStrategy[list[str]]:
    """Addresses of rows, which are read when an example is made: not before there are rows."""
    numbers = st.lists(st.integers(0, 30), min_size=1, max_size=3, unique=True)

    def addresses(chosen: list[int]) -> list[str]:
        found = list(model.objects.published().order_by("pk").values_list("slug", flat=True))
        return [found[number % len(found)] for number in chosen]

    return numbers.map(addresses)


FACETS = {
    "speaker": slugs(Person),
    "organization": slugs(Organization),
    "outlet": slugs(Outlet),
    "role": some("minister", "doctor", "parent"),
    "target": slugs(Target).map(lambda found: found[:1]),
    "stance": some(*VALUES) | st.just(["target-01:supports", "denies", "target-06:mixed"]),
    "kind": some(*KINDS),
    "channel": some("interview", "speech"),
    "year": some("2012", "2015", "2016", "1999"),
    "language": some("en", "en-GB"),
    "disputed": some("coders", "notice"),
}
PARAMETERS: dict[str, st.SearchStrategy[list[str]]] = {
    **FACETS,
    **{f"{NOT}{name}": values for name, values in FACETS.items()},
    "q": some(*WORDS, most=1),
    "date_from": DAYS.map(lambda day: [day]),
    "date_to": DAYS.map(lambda day: [day]),
    "date_of": some("said", "published", most=1),
    "sort": some("newest", "oldest", "added", most=1),
}


@st.composite
def asked(draw: Any) -> dict[str, list[str]]:
    names = draw(st.lists(st.sampled_from(list(PARAMETERS)), max_size=4, unique=True))
    return {name: draw(PARAMETERS[name]) for name in names}


def query_filter(values: dict[str, list[str]]) -> QuoteFilter:
    data = QueryDict(mutable=True)
    for name, given_values in values.items():
        data.setlist(name, given_values)
    return QuoteFilter(data, queryset=Quote.objects.published())


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
    elif kind == 5:
        Stance.objects.filter(quote=quote).delete()
        Notice.objects.create(
            quote=quote,
            kind="corrected",
            text="A word.",
            dated="2024-01-01",
            why="It was another.",
            made_by_id=1,
            made_at=timezone.now(),
        )


def same(one: Any, other: Any) -> None:
    """Hold every answer of two ways of counting against each other."""
    assert one.count == other.count
    assert {name: dict(counted) for name, counted in one.counts.items() if counted} == {
        name: dict(counted) for name, counted in other.counts.items() if counted
    }
    keys = other.keys(QUOTES)
    assert one.keys(QUOTES) == keys == list(all_keys(one)) == list(all_keys(other))
    assert one.keys(7, skip=11) == keys[11:18]
    for place in {0, 8, len(keys) - 1} & set(range(len(keys))):
        cursor = other.order.cursor(Quote.objects.get(pk=keys[place]))
        assert one.keys(5, after=cursor) == keys[place + 1 : place + 6]
        assert one.keys(5, before=cursor) == keys[max(0, place - 5) : place]
        assert one.ahead(cursor) == place
    assert stances_of(one) == stances_of(other)
    for pair in (("outlet", "kind"), ("kind", "basis")):
        assert record.crossed(one, *pair) == record.crossed(other, *pair)


def stances_of(found: Found) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """Return what is counted of stances: every row, and for which bodies it counts."""
    rows = record.of_found(found)
    names = ("quote", "target", "speaker", "outlet", "article", "value", "earliest", "latest")
    places, bodies = rows.bodies()
    held = zip(
        *(column.tolist() for column in (rows.quote[places], rows.target[places], bodies)),
        strict=True,
    )
    return sorted(zip(*(getattr(rows, name).tolist() for name in names), strict=True)), sorted(held)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    values=asked(),
    edits=st.lists(st.tuples(st.integers(0, 5), st.integers(1, QUOTES)), max_size=2),
)
def test_columns_say_what_sql_says_after_any_edits(
    ready: None, values: dict[str, list[str]], edits: list[tuple[int, int]]
) -> None:
    for kind, pk in edits:
        edit(kind, pk)
    wanted = query_filter(values)
    assume(not wanted.faults())

    found = column_found.found(wanted)

    assert isinstance(found, column_found.FoundInColumns)
    same(found, Found(wanted))
    pairs = Article.objects.published().values_list("published_earliest", "published_latest")
    with columns() as now:
        assert now is not None
        assert now.published_days() == {(first, last) for first, last in pairs if first and last}


def test_columns_say_what_sql_says_of_each_parameter_alone(ready: None) -> None:
    cases = [{"q": [words]} for words in WORDS]
    for name, values in {
        "speaker": [Person.objects.published().unprotected()[0].slug],
        "organization": [Organization.objects.published()[0].slug],
        "outlet": [Outlet.objects.published()[0].slug],
        "target": ["target-01"],
        "stance": ["target-01:supports", "denies"],
        "role": ["minister", "doctor"],
        "year": ["2014"],
        "language": ["en-GB"],
        "disputed": ["coders", "notice"],
    }.items():
        cases += [{name: values}, {f"{NOT}{name}": values}]
    for case in cases:
        wanted = query_filter(case)
        assert not wanted.faults(), case
        same(column_found.found(wanted), Found(wanted))


@pytest.mark.parametrize("most", [0, 7])
def test_columns_rank_as_sql_does_and_beyond_a_number_neither_does(
    ready: None, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    if most:
        monkeypatch.setattr(backend("default"), "MOST_RANKED", most)
    Quote.objects.filter(pk__in=[3, 5, 8]).update(kind="mixed")
    numbers = []
    for words in (*WORDS, "the of", "the OR (of -in)", "(the of) OR -school"):
        for others in ({}, {"kind": ["direct"]}):
            asked = query_filter({"q": [words], "sort": ["relevance"], **others})
            if asked.query is None or not asked.query.ranked:
                continue
            one, other = column_found.found(asked), Found(asked)
            assert isinstance(one, column_found.FoundInColumns)
            keys = other.keys(QUOTES)
            numbers.append(len(keys))
            assert one.keys(QUOTES) == keys == list(all_keys(one)), words
            assert one.keys(3, skip=5) == keys[5:8], words
            assert one.keys(9, skip=6) == keys[6:15], words
            if most and len(keys) > most:
                assert sorted(keys, reverse=True)[most:] == keys[most:], words
    assert max(numbers) > 50


def test_a_panel_lists_the_most_frequent_values_and_counts_the_rest(
    ready: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(column_found, "LISTED", 3)
    rare = Person.objects.published().unprotected().order_by("-pk")[0]
    wanted = query_filter({"not_speaker": [rare.slug], "kind": ["direct"]})

    short = {group.name: group for group in facets(column_found.found(wanted))}
    long = {group.name: group for group in facets(Found(wanted))}

    for name in ("speaker", "organization", "outlet", "role"):
        listed = len(short[name].options)
        assert short[name].options == long[name].options[:listed]
        assert 3 <= listed <= 4
        assert short[name].unlisted == len(long[name].options) - listed
    whole = column_found.found(wanted).all_counts("speaker")["speaker"]
    assert whole == Found(wanted).counts["speaker"]


def test_an_edit_is_seen_by_the_next_reader_and_a_withdrawn_quote_by_none(
    ready: None, client: Client
) -> None:
    before = client.get("/quotes").context["listing"]
    first = before.shown[0]
    with transaction.atomic():
        Quote.objects.filter(pk=first.pk).update(kind="indirect")
        with columns() as inside:
            assert inside is None  # this transaction's own changes are nobody else's
        transaction.set_rollback(True)

    SearchRow.objects.filter(quote=first).delete()
    Withdrawal.objects.create(
        quote=first, reason="error", withdrawn_at=timezone.now(), withdrawn_by_id=1
    )
    Quote.objects.filter(pk=first.pk).update(status="withdrawn")

    after = client.get("/quotes").context["listing"]
    assert after.count == before.count - 1
    assert first.pk not in after.keys
    assert isinstance(after.found, column_found.FoundInColumns)


def test_words_are_asked_of_the_index_once_in_each_state(
    ready: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    read = TextIndex._read

    def counted(index: TextIndex, sql: str, values: Any) -> Any:
        asked.append(sql)
        return read(index, sql, values)

    monkeypatch.setattr(TextIndex, "_read", counted)
    for address in ("/quotes?q=the", "/quotes?q=the&kind=direct", "/quotes?q=the&page=2"):
        found = client.get(address).context["listing"]
    assert len(asked) == 1

    one = found.shown[0]
    with transaction.atomic():
        SearchRow.objects.filter(quote=one).delete()
        Quote.objects.filter(pk=one.pk).update(note="Without a word in the index")
    assert client.get("/quotes?q=the").context["listing"].count == found.count - 1
    assert len(asked) == 2

    call_command("rebuild_index", stdout=StringIO())
    assert build("default")
    assert client.get("/quotes?q=the").context["listing"].count == found.count
    assert len(asked) == 3


def test_columns_are_given_up_when_they_cannot_be_trusted_and_then_built_anew(ready: None) -> None:
    with columns() as first:
        assert first is not None
    everything_changed()

    with columns() as given_up:
        assert given_up is None
    thread = package._stores["default"].builder
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
    call_command("build_columns", stdout=(out := StringIO()))
    assert out.getvalue() == "Built.\n"
    (store.directory() / "CURRENT").write_text("nonsense")
    assert files.load(store.directory()) is None
