"""Files that other programs read, with every character as it was."""

import csv
import io
import math
import warnings
from datetime import date
from pathlib import Path

import igraph
import networkx
import pytest
from lxml import etree

from quotes.analysis.formats.dl import dl
from quotes.analysis.formats.edgelist import edge_list, events, matrix
from quotes.analysis.formats.graphml import graphml, node_id
from quotes.analysis.formats.text import NotWritableError, number
from quotes.analysis.network import Node, network
from quotes.analysis.options import Options
from quotes.analysis.statements import Statement, statements
from tests.analysis.test_network import GOLDEN

TWO_MODE = network(GOLDEN, Options(kind="two_mode", aggregation="subtract", duplicates="include"))
ONE_MODE = network(GOLDEN, Options(normalisation="average"))
LABELS = {"actor:A": "“A”; <b>, \"x\" & 'y' – \r\n=1+1", "sw": "social workers"}


@pytest.mark.parametrize("found", [TWO_MODE, ONE_MODE], ids=["two-mode", "one-mode"])
def test_graphml_is_read_by_networkx(found, tmp_path: Path) -> None:
    path = tmp_path / "n.graphml"
    path.write_text(graphml(found, labels=LABELS), encoding="utf-8", newline="")

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph = networkx.read_graphml(path)

    assert set(graph.nodes) == {node.id for node in found.nodes}
    assert graph.nodes["actor:A"]["label"] == LABELS["actor:A"]
    assert set(graph.nodes["actor:A"]) == {"label", "key", "mode", "frequency"}
    for edge in found.edges():
        data = graph.edges[edge.source.id, edge.target.id]
        assert (data["weight"], data["positive"], data["negative"]) == (
            edge.weight,
            edge.positive,
            edge.negative,
        )
        assert (data["first_date"], data["last_date"]) == ("2008-11-12", "2008-11-12")
        assert tuple(data["quotes"].split()) == edge.quotes


@pytest.mark.parametrize("found", [TWO_MODE, ONE_MODE], ids=["two-mode", "one-mode"])
def test_graphml_is_read_by_igraph(found, tmp_path: Path) -> None:
    path = tmp_path / "n.graphml"
    path.write_text(graphml(found, labels=LABELS), encoding="utf-8", newline="")

    graph = igraph.Graph.Read_GraphML(str(path))

    assert graph.vs["id"] == [node.id for node in found.nodes]
    assert graph.es["weight"] == [edge.weight for edge in found.edges()]
    assert graph.vs["label"][0] == LABELS["actor:A"]
    assert not graph.is_directed()


def test_graphml_uses_known_keys_only() -> None:
    names = {"n": "http://graphml.graphdrawing.org/xmlns"}
    root = etree.fromstring(graphml(TWO_MODE).encode())
    keys = {key.get("id"): key.get("attr.type") for key in root.findall("n:key", names)}

    assert {data.get("key") for data in root.iter(f"{{{names['n']}}}data")} <= set(keys)
    assert set(keys.values()) <= {"boolean", "int", "long", "float", "double", "string"}


def test_graphml_is_the_same_each_time() -> None:
    turned = network(
        statements(reversed(list(GOLDEN))),
        Options(kind="two_mode", aggregation="subtract", duplicates="include"),
    )

    assert graphml(turned) == graphml(TWO_MODE)


def test_graphml_refuses_what_xml_cannot_hold() -> None:
    with pytest.raises(NotWritableError, match="0x0001"):
        graphml(TWO_MODE, labels={"A": "a\x01b"})


def test_ids_of_nodes_are_tokens_and_stay_apart() -> None:
    ids = [node_id(Node(f"actor:{key}", key, "actor", 1)) for key in ("a b", "a_b", "a_20_b", "é")]

    assert ids == ["actor:a_20_b", "actor:a_5f_b", "actor:a_5f_20_5f_b", "actor:_e9_"]


def test_dl_has_its_header_labels_and_rows() -> None:
    assert dl(TWO_MODE, labels={"A": 'the "A"', "sw": "social workers"}) == (
        "dl nr = 3, nc = 2, format = fullmatrix\n"
        'row labels:\n\'the "A"\'\n"B"\n"C"\n'
        'col labels:\n"press"\n"social workers"\n'
        "data:\n-1 2\n1 1\n-1 -1\n"
    )
    assert dl(ONE_MODE).splitlines()[0] == "dl nr = 3, nc = 3, format = fullmatrix"


@pytest.mark.parametrize("name", ["both ' and \"", "two\nlines"])
def test_dl_refuses_what_it_would_have_to_change(name: str) -> None:
    with pytest.raises(NotWritableError, match="DL cannot hold it"):
        dl(TWO_MODE, labels={"A": name})


def read(lines) -> list[list[str]]:
    return list(csv.reader(io.StringIO("".join(lines), newline="")))


def test_edge_list_keeps_every_character() -> None:
    rows = read(edge_list(TWO_MODE, labels=LABELS))

    assert rows[0][:4] == ["source", "target", "source_label", "target_label"]
    assert rows[2] == [
        *("A", "sw", LABELS["actor:A"], "social workers"),
        *("2", "2", "0", "0", "2008-11-12", "2008-11-12", "q0 q1"),
    ]


def test_formulas_are_guarded_only_for_spreadsheets() -> None:
    labels = {"A": "=cmd()", "B": "-x", "C": "plain"}

    plain = [row[0] for row in read(matrix(ONE_MODE, labels=labels))]
    guarded = [row[0] for row in read(matrix(ONE_MODE, labels=labels, spreadsheet=True))]

    assert plain == ["", "=cmd()", "-x", "plain"]
    assert guarded == ["", "'=cmd()", "'-x", "plain"]


def test_numbers_below_zero_are_not_formulas() -> None:
    assert read(matrix(TWO_MODE, spreadsheet=True))[1] == ["A", "-1", "2"]


def test_event_list_has_one_row_a_statement() -> None:
    row = Statement("A;B", "sw", -1, date(2008, 11, 1), None, "a1", 'q"1')

    assert read(events([row])) == [
        ["quote_id", "actor", "concept", "value", "earliest", "latest", "article_id"],
        ['q"1', "A;B", "sw", "-1", "2008-11-01", "", "a1"],
    ]


@pytest.mark.parametrize(
    ("value", "text"), [(2.0, "2"), (-0.0, "0"), (0.5, "0.5"), (1 / 3, "0.3333333333333333")]
)
def test_numbers_read_back_as_they_were(value: float, text: str) -> None:
    assert number(value) == text
    assert math.isclose(float(text), value, rel_tol=0)
