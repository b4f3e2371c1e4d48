"""Pages that count: each number leads to just as many quotes, and a bad question to an answer."""

import csv
import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import igraph
import networkx
import pytest
from django.http import QueryDict
from django.test import Client

from people.models import Person
from quotes.listing import Listing
from quotes.models import Quote
from tests import discourse, factories
from tests.discourse import PAGES, said

pytestmark = pytest.mark.django_db
# A number that leads to a list: its address, and the last digits in the link.
COUNTED = re.compile(r'<a [^>]*?href="(/quotes\?[^"]*)"[^>]*>(?:<span[^>]*>.*?</span>)*(\d+)</a>')


@pytest.fixture
def camp() -> dict[str, Any]:
    return discourse.camp()


def test_every_number_leads_to_as_many_quotes(client: Client, camp: Any) -> None:
    wrong, counted = [], 0
    for url in PAGES:
        response = client.get(url)
        found = COUNTED.findall(response.content.decode())
        assert (response.status_code, len(found) >= 2) == (200, True), url
        for link, number in found:
            count = Listing(QueryDict(unescape(link).partition("?")[2])).count
            wrong += [(url, link, number, count)] * (count != int(number))
            counted += 1
    assert wrong == []
    assert counted > 100


def test_table_counts_sides_and_gives_means_with_their_n(client: Client, camp: Any) -> None:
    context = client.get("/compare").context

    table = {
        row["label"]: [
            ({value: n for value, _label, n, _url in cell["parts"]}, cell["mean"], cell["n"])
            for cell in row["cells"]
        ]
        for row in context["rows"]
    }
    assert [column["label"] for column in context["columns"]] == ["Boats", "Storm"]
    assert table == {
        "Speaker A": [({"supports": 1, "criticises": 1}, "0.00", 2), ({"denies": 1}, "−1.00", 1)],
        "Speaker B": [({"supports": 1, "mixed": 1}, "+0.50", 2), ({"asserts": 1}, "+1.00", 1)],
        "Speaker C": [({"criticises": 1, "no_stance": 1}, "−1.00", 1), ({"denies": 1}, "−1.00", 1)],
        "No one named": [({"criticises": 1}, "−1.00", 1), ({"asserts": 1}, "+1.00", 1)],
    }
    assert context["found"].n_quotes == 11
    bodies = client.get("/compare?rows=organization").context["rows"]
    # A spoke for the union once, and for the board while chairing it; B was in the union always.
    assert {row["label"]: row["total"] for row in bodies} == {
        "Union": 4,
        "Harbour Board": 3,
        "For no organisation": 5,
    }


def test_table_is_ordered_as_asked(client: Client, camp: Any) -> None:
    def labels(query: str) -> list[str]:
        return [row["label"] for row in client.get(f"/compare?{query}").context["rows"]]

    assert labels("order=name") == ["Speaker A", "Speaker B", "Speaker C", "No one named"]
    assert labels("order=for") == ["Speaker B", "Speaker A", "Speaker C", "No one named"]
    assert labels("order=against&by=storm")[:2] == ["Speaker A", "Speaker C"]


def test_file_of_the_table_has_every_row_and_every_character(client: Client, camp: Any) -> None:
    target = factories.target(label='=A "boat"; or “two”\nlines', slug="odd")
    said(factories.person("Speaker Z"), target, "neutral")

    text = client.get("/compare.csv").content.decode()

    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == 9
    assert target.label in {row["target_label"] for row in rows}
    columns = ("actor", "target", "supports", "criticises", "n", "mean")
    assert [rows[0][name] for name in columns] == ["speaker-a", "boats", "1", "1", "2", "0.0"]


def test_network_is_the_one_of_the_formulas_and_says_so(client: Client, camp: Any) -> None:
    def ties(query: str) -> dict[tuple[str, str], float]:
        found = client.get(f"/network?{query}").context["ties"]
        return {(tie["one"], tie["other"]): tie["edge"].weight for tie in found}

    golden = "leave_out=actor:secret&end=2010-12-31&date_to=2010-12-31"
    a, b, c = "Speaker A", "Speaker B", "Speaker C"
    assert ties("") == {(a, b): 1, (a, c): 2}
    assert ties("aggregation=conflict") == {(a, b): 2, (a, c): 1, (b, c): 2}
    assert ties("aggregation=subtract") == {(a, b): -1, (a, c): 1, (b, c): -2}
    assert ties(f"start=2009-02&{golden}") == {(a, c): 1}
    assert ties("type=two_mode&aggregation=ignore&target=storm") == {
        (a, "Storm"): 1,
        (b, "Storm"): 1,
        (c, "Storm"): 1,
    }
    assert ties("leave_out=actor:speaker-a") == {}
    text = client.get("/network?normalisation=average&duplicates=month").content.decode()
    assert (
        "w(i,i&#x27;) = Σ_j Σ_k Σ_k&#x27; a_ijk · a_i&#x27;jk&#x27; · (1 - |q_k - q_k&#x27;| / 2)"
        in text
    )
    assert "divided by (n_i + n_i&#x27;) / 2" in text
    assert "repeated statements are counted once per calendar month of a year" in text
    assert "2 statements of nobody who can be named" in " ".join(text.split())


NETWORKS = (
    "",
    "?type=two_mode&aggregation=combine",
    "?actors=organization&isolates=all&neutral=1",
    "?nodes=concept&aggregation=ignore",
)


def test_other_programs_read_the_files(client: Client, camp: Any, tmp_path: Any) -> None:
    # What a name can hold that would break a file written without care.
    Person.objects.filter(slug="speaker-a").update(name="Speaker “A” & <co>")
    path = tmp_path / "network.graphml"
    for query in NETWORKS:
        page = client.get(f"/network{query}").context["found"]
        path.write_bytes(client.get(f"/network.graphml{query}").content)
        graph = networkx.read_graphml(path)
        other = igraph.Graph.Read_GraphML(str(path))

        assert {name for _, name in graph.nodes(data="label")} == set(other.vs["label"])
        assert len(graph) == len(page.nodes) == other.vcount()
        assert graph.number_of_edges() == len(page.ties()) == other.ecount() > 0
        weights = sorted(data["weight"] for *_ends, data in graph.edges(data=True))
        assert weights == sorted(page.weights[tie] for tie in page.ties())
        for *_ends, data in graph.edges(data=True):
            ids = data["quotes"].split()
            statements = sum(data.get(side, 0) for side in ("positive", "negative", "neutral"))
            # A quote may count for both bodies of a tie.
            assert len(ids) <= statements if "organization" in query else len(ids) == statements
        edges = list(csv.DictReader(io.StringIO(_text(client, f"/network.csv{query}"))))
        assert sorted(float(row["weight"]) for row in edges) == weights
        assert _text(client, f"/network.dl{query}").startswith(f"dl nr = {len(page.rows)}, nc = ")
        assert _text(client, f"/network.svg{query}").startswith("<svg ")
        assert "Speaker “A” & <co>" in _text(client, f"/network.matrix.csv{query}") or (
            "concept" in query or "organization" in query
        )


def test_tie_shows_the_quotes_that_make_it(client: Client, camp: Any) -> None:
    url = client.get("/network?aggregation=conflict").context["ties"][0]["url"]

    context = client.get(url).context

    assert {quote.public_id for quote in context["quotes"]} == {
        camp[key].public_id for key in ("a1", "a3", "again", "b1", "b2")
    } - {camp["a1"].public_id}
    assert [(part["label"], part["one"], part["other"]) for part in context["parts"]] == [
        ("Boats", [1, 0, 1], [0, 0, 1]),
        ("Storm", [1, 0, 0], [0, 0, 1]),
    ]
    for ends in ("one=actor:nobody&other=actor:speaker-a", "one=actor:speaker-a", ""):
        assert client.get(f"/network/tie?{ends}").status_code == 404


def test_events_carry_articles_and_quotes(client: Client, camp: Any) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(
                client.get(
                    "/network.csv?type=event_list&neutral=1&duplicates=include"
                ).content.decode()
            )
        )
    )

    assert len(rows) == 8
    first = rows[0]
    assert (first["quote_id"], first["actor"], first["value"]) == (
        camp["a1"].public_id,
        "speaker-a",
        "1",
    )
    assert first["article_id"] == camp["a1"].article.public_id


def test_camps_over_time_link_to_the_network_of_each_window(client: Client, camp: Any) -> None:
    # The one year in which three speak and two of them agree.
    person = Person.objects.get(slug="speaker-c")
    said(person, camp["again"].stances.get().target, "criticises", "2009-07-01")

    context = client.get("/camps?unit=years").context

    assert [one.modularity is not None for one in context["over"]] == [False, True, False]
    assert "/network?" in context["chart"].svg
    links = re.findall(r'href="(/network\?[^"]*)"', context["chart"].svg)
    for link in links:
        assert client.get(unescape(link)).status_code == 200
    assert (
        client.get("/camps.csv?unit=years")
        .content.decode()
        .startswith("Period,Modularity,E-I index")
    )


def test_profile_shows_what_changed_and_both_quotes(client: Client, camp: Any) -> None:
    said(
        Person.objects.get(slug="speaker-a"),
        factories.target("claim", label="Tide", slug="tide"),
        "asserts",
        "2008",
    )
    tide = Quote.objects.latest("pk").stances.get().target
    said(Person.objects.get(slug="speaker-a"), tide, "denies", "2008-05")

    response = client.get("/people/speaker-a")

    context = response.context
    assert [(one["label"], one["change"].is_ordered) for one in context["changes"]] == [
        ("Boats", True),
        ("Tide", False),
    ]
    assert [
        one["quote"].public_id
        for one in (context["changes"][0]["before"], context["changes"][0]["after"])
    ] == [camp["a1"].public_id, camp["again"].public_id]
    text = " ".join(response.content.decode().split())
    assert "supports, then criticises" in text
    assert "which came first is not known" in text
    assert [row["label"] for row in context["attribution"]["outlets"]] != []
    assert client.get("/people/speaker-b").context["changes"] == []
    lines = list(
        csv.DictReader(io.StringIO(client.get("/people/speaker-a/positions.csv").content.decode()))
    )
    assert [row["value"] for row in lines if row["target"] == "boats"] == ["supports", "criticises"]
    assert client.get("/people/speaker-a/positions.svg").status_code == 404
    assert client.get("/people/speaker-a/positions.svg?target=boats").status_code == 200


BAD = {
    "/compare?rows=planet": "rows",
    "/compare?by=nowhere": "by",
    "/compare?page=0": "page",
    "/compare?colour=red": "colour",
    "/compare?speaker=nobody": "speaker",
    "/network?type=two_mode&aggregation=congruence": "aggregation",
    "/network?normalisation=activity": "normalisation",
    "/network?start=2010&end=2009": "end",
    "/network?leave_out=everybody": "leave_out",
    "/network.graphml?start=yesterday": "start",
    "/camps?size=0": "size",
    "/camps?unit=decades": "unit",
    "/people/speaker-a?speaker=speaker-b": "speaker",
    "/targets/boats?target=storm": "target",
}


def test_bad_question_is_refused_by_name_with_a_way_on(client: Client, camp: Any) -> None:
    for url, parameter in BAD.items():
        response = client.get(url)
        text = response.content.decode()
        assert response.status_code == 400, url
        assert f"<code>{parameter}</code>" in text, url
        repaired = unescape(re.findall(r'class="repaired" href="([^"]+)"', text)[0])
        assert client.get(repaired, follow=True).status_code == 200, url


EMPTY = {
    "/compare?q=submarine": "Nothing to compare",
    "/network?q=submarine": "No statement is left to be counted",
    "/network?stance=no_stance": "No statement is left to be counted",
    "/network?target=boats&stance=supports&speaker=speaker-a": "No tie",
    "/network?type=event_list&q=submarine": "No statement is left to be counted",
    "/camps?speaker=speaker-a": "No figure",
    "/camps?q=submarine": "has a date, so nothing can be shown over time",
    "/camps?size=12&unit=years": "All statements lie in one window",
    "/people/speaker-a?q=submarine": "No quote meets all of this",
    "/targets/boats?q=submarine": "No quote coded for this target meets all of this",
}


def test_nothing_or_little_is_said_plainly(client: Client, camp: Any) -> None:
    for url, words in EMPTY.items():
        response = client.get(url)
        assert response.status_code == 200, url
        assert words in " ".join(response.content.decode().split()), url


def test_undated_collection_has_pages_without_time(client: Client) -> None:
    article = factories.article(published="", date_basis="")
    target = factories.target(slug="boats")
    said(factories.person("Speaker A"), target, "supports", article=article)

    assert "Nothing dated to show" in client.get("/people/speaker-a").content.decode()
    assert client.get("/targets/boats/shares.svg").status_code == 404
    assert "nothing can be shown over time" in client.get("/camps").content.decode()


def test_too_much_says_what_to_narrow(
    client: Client, camp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quotes.analysis.network.MOST_NODES", 2)
    response = client.get("/network")
    assert response.status_code == 400
    assert "a one-mode network has at most 2. Narrow the dates" in response.content.decode()
    assert client.get("/network.graphml").status_code == 400
    assert client.get("/camps").status_code == 400
    days = client.get("/camps?unit=days")
    assert days.status_code == 400

    monkeypatch.undo()
    monkeypatch.setattr("quotes.analysis.layout.MOST_NODES", 2)
    response = client.get("/network")
    assert response.status_code == 200
    assert "a picture shows at most 2" in response.content.decode()
    assert client.get("/network.svg").status_code == 400

    monkeypatch.setattr("quotes.views.network.MOST_TIES", 1)
    assert "2 ties: a file has at most 1." in client.get("/network.dl").content.decode()
    monkeypatch.setattr("quotes.views.camps.LONGEST", 0)
    response = client.get("/camps?unit=years")
    assert response.status_code == 400
    assert "1 of 3 windows were measured. Take longer windows" in response.content.decode()


def test_a_person_of_many_quotes_has_numbers_where_rows_would_be_too_many(
    client: Client, camp: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, target = Person.objects.get(slug="speaker-a"), factories.target(slug="tide")
    for day in range(1, 5):
        said(person, target, ("supports", "criticises")[day % 2], f"2010-03-0{day}")
    monkeypatch.setattr("quotes.views.profile.MOST_CHANGES", 2)
    monkeypatch.setattr("quotes.positions.MOST_MARKS", 3)

    context = client.get("/people/speaker-a").context

    # On the tide three, and one on the boats.
    assert (len(context["changes"]), context["n_changes"]) == (2, 4)
    assert {one["target"].slug for one in context["changes"]} == {"tide"}
    table = context["timelines"][0]["chart"].table
    assert table.head == ("Period", "for", "against")
    assert [[cell.text for cell in row] for row in table.rows if row[1].text != "0"] == [
        ["2010-03-01 to 2010-03-31", "2", "2"]
    ]
    for cell in table.rows[-1][1:]:
        assert Listing(QueryDict(unescape(cell.href).partition("?")[2])).count in (0, 2)


def test_pages_cost_the_same_at_few_rows_and_at_more(
    client: Client, camp: Any, django_assert_num_queries: Callable[..., Any]
) -> None:
    counts = {"/compare": 9, "/compare?rows=organization": 9, "/network": 9, "/camps": 9}
    for _ in range(2):
        for url, queries in counts.items():
            with django_assert_num_queries(queries):
                assert client.get(url).status_code == 200
        said(factories.person(), factories.target(), "supports")


def _text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return str(response.content.decode())
