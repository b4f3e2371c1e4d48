"""Pictures: well formed, the same each time, plain without colour, nothing inline, all escaped."""

from datetime import date, timedelta

import pytest
from lxml import etree

from quotes.analysis.charts import network as networks
from quotes.analysis.charts.bars import Bar, Sides, bars, histogram, sides
from quotes.analysis.charts.svg import COLOURS, SHAPE_OF, Chart, escape, mark, number, tag
from quotes.analysis.charts.timeline import Gap, Point, timeline
from quotes.analysis.layout import TooManyNodesError, columns, spring
from quotes.analysis.network import network
from quotes.analysis.options import Options
from quotes.analysis.tally import SIDE_OF
from quotes.choices import StanceValue
from tests.analysis.test_network import GOLDEN, said

SVG = "{http://www.w3.org/2000/svg}"
EVIL = "<script>alert('x')</script> \"&\" \x01"


def points(n: int, value: str = "supports") -> list[Point]:
    days = [date(2008, 11, 12) + timedelta(days=7 * number) for number in range(n)]
    return [Point(value, day, day, f"Quote {day}", f"/q/{day}") for day in days]


def charts() -> list[Chart]:
    two = Options(kind="two_mode", aggregation="subtract")
    return [
        timeline(points(5), id_="t", title=EVIL),
        timeline(points(101), id_="b", title=EVIL, bin_href=lambda lane, window: f"/{lane}"),
        timeline([], id_="e", title=EVIL),
        bars([Bar(EVIL, 3, "/a"), Bar("b", 0)], id_="r", title="Bars"),
        sides([Sides(EVIL, {"supports": 2, "denies": 1, "mixed": 1}, "/a")], id_="s", title="S"),
        histogram([Bar("2008", 3), Bar("2009", 0, gap=True)], id_="h", title="Years"),
        networks.draw(network(GOLDEN, Options()), id_="n", title="N", labels={"A": EVIL}),
        networks.draw(network(GOLDEN, two), id_="w", title="W", edge_href=lambda _edge: "/e"),
        networks.draw(network(said(""), Options()), id_="o", title="None"),
    ]


@pytest.mark.parametrize("place", range(9))
def test_picture_is_well_formed_named_and_has_nothing_inline(place: int) -> None:
    chart = charts()[place]
    root = etree.fromstring(chart.svg.encode())

    assert root.get("role") == "group"
    assert root.find(f"{SVG}title").get("id") == root.get("aria-labelledby")
    assert root.find(f"{SVG}desc").get("id") == root.get("aria-describedby")
    names = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in names if name == "style" or name.startswith("on")]
    assert not [
        element for element in root.iter() if element.tag in (f"{SVG}script", f"{SVG}style")
    ]
    assert all(a.get("href") and a.get("aria-label") for a in root.iter(f"{SVG}a"))


def test_pictures_are_the_same_each_time() -> None:
    assert [chart.svg for chart in charts()] == [chart.svg for chart in charts()]


def test_each_stance_has_a_shape_and_a_side_of_its_own() -> None:
    assert set(SHAPE_OF) == set(SIDE_OF) == set(StanceValue.values)
    assert set(SIDE_OF.values()) == set(COLOURS)
    assert (SHAPE_OF["supports"], SHAPE_OF["criticises"]) == ("up", "down")


def test_timeline_puts_sides_in_lanes_and_links_each_mark() -> None:
    chart = timeline([*points(2), *points(2, "criticises")], id_="t", title="T")
    root = etree.fromstring(chart.svg.encode())
    lanes = [text.text for text in root.iter(f"{SVG}text") if text.get("class") == "lane"]

    assert lanes == ["for", "against"]
    assert [a.get("href") for a in root.iter(f"{SVG}a")] == ["/q/2008-11-12", "/q/2008-11-19"] * 2
    assert root.find(f"{SVG}desc").text == (
        "4 stances from 2008-11-12 to 2008-11-19: 2 for, 2 against."
    )
    assert [cell.text for cell in chart.table.rows[0]] == [
        *("2008-11-12", "2008-11-12", "supports", "Quote 2008-11-12")
    ]


def test_imprecise_dates_are_bars_and_undated_ones_are_told() -> None:
    rows = [
        Point("supports", date(2008, 11, 1), date(2008, 11, 30), "November"),
        Point("supports", None, None, "no day"),
    ]
    chart = timeline(rows, id_="t", title="T")

    assert chart.svg.count('class="doubt"') == 1
    assert chart.notes == ("1 of 2 have no date and are in the table only.",)
    assert len(chart.table.rows) == 2


def test_more_than_a_hundred_marks_are_counted() -> None:
    chart = timeline(points(101), id_="t", title="T", bin_href=lambda lane, window: f"/{lane}")
    root = etree.fromstring(chart.svg.encode())
    numbers = [int(text.text) for text in root.iter(f"{SVG}text") if text.get("class") == "n"]

    assert chart.svg.count('class="mark') == chart.svg.count('class="mark-link"')
    assert sum(numbers) == 101
    assert chart.notes == ("More than 100 marks: counted in 24 periods.",)
    # The table has what the picture has: numbers by period, each leading to its list.
    assert len(chart.table.rows) == 24
    assert sum(int(row[1].text) for row in chart.table.rows) == 101
    assert {row[1].href for row in chart.table.rows if row[1].text != "0"} == {"/positive"}


def test_hundred_marks_are_drawn_one_by_one() -> None:
    assert timeline(points(100), id_="t", title="T").svg.count('class="mark mark-positive"') == 100


def test_gap_in_coverage_is_shaded_and_told() -> None:
    gap = Gap(date(2008, 12, 1), date(2008, 12, 31), "No articles")
    chart = timeline(points(9), id_="t", title="T", gaps=[gap])

    assert "No articles: nothing collected" in chart.svg
    assert chart.notes == ("No articles: 2008-12-01 to 2008-12-31.",)
    assert histogram([Bar("2009", 0, gap=True)], id_="h", title="H").notes == (
        "Nothing was collected for: 2009.",
    )


def test_bars_have_their_numbers_and_more_than_a_hundred_go_to_the_table() -> None:
    chart = bars([Bar(str(n), n) for n in range(101)], id_="b", title="B")

    assert chart.svg.count('class="n"') == 100
    assert len(chart.table.rows) == 101
    assert chart.notes == ("The picture shows the first 100; 1 more are in the table.",)


def test_sides_tell_for_against_and_neither() -> None:
    chart = sides([Sides("A", {"supports": 2, "criticises": 1, "mixed": 3})], id_="s", title="S")

    assert chart.table.head == ("", "supports", "criticises", "mixed", "n")
    assert [cell.text for cell in chart.table.rows[0]] == ["A", "2", "1", "3", "6"]


def test_network_names_its_ties_and_dashes_opposition() -> None:
    chart = networks.draw(
        network(GOLDEN, Options(aggregation="conflict")),
        id_="n",
        title="N",
        edge_href=lambda edge: f"/e/{edge.source.key}{edge.target.key}",
    )
    root = etree.fromstring(chart.svg.encode())

    assert [a.get("href") for a in root.iter(f"{SVG}a")] == ["/e/AB", "/e/AC", "/e/BC"]
    assert next(root.iter(f"{SVG}a")).get("aria-label") == "A and B: weight 1, 2 statements"
    assert chart.svg.count("stroke-dasharray") == 3
    assert chart.table.rows[0][2].href == "/e/AB"


def test_more_than_sixty_nodes_are_refused_with_a_way_out() -> None:
    many = network(said(" ".join(f"a{n:02}:sw+" for n in range(61))), Options())

    with pytest.raises(TooManyNodesError, match=r"61 nodes: a picture shows at most 60\. Narrow"):
        networks.draw(many, id_="n", title="N")


def test_springs_bring_tied_nodes_together() -> None:
    places = spring(4, [(0, 1, 1.0), (2, 3, 1.0)])

    def far(a: int, b: int) -> float:
        (x1, y1), (x2, y2) = places[a], places[b]
        return (x1 - x2) ** 2 + (y1 - y2) ** 2

    assert max(far(0, 1), far(2, 3)) < min(far(0, 2), far(0, 3), far(1, 2), far(1, 3))
    assert spring(4, [(0, 1, 1.0), (2, 3, 1.0)]) == places
    assert spring(1, []) == [(0.5, 0.5)]


def test_columns_are_ordered_so_that_ties_do_not_cross() -> None:
    assert columns(2, 2, [(0, 1, 1.0), (1, 0, 1.0)]) in (([0, 1], [1, 0]), ([1, 0], [0, 1]))


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example", "data:text/html,x"])
def test_address_that_is_none_of_ours_is_no_link(address: str) -> None:
    assert "<a" not in mark(1, 1, "supports", label="x", href=address)


def test_text_is_escaped_and_style_refused() -> None:
    assert escape(EVIL) == "&lt;script&gt;alert('x')&lt;/script&gt; &quot;&amp;&quot; \ufffd"
    with pytest.raises(ValueError, match="no inline style"):
        tag("g", style="fill:red")
    assert [number(value) for value in (1, 0.25, -0.01, 2.95)] == ["1", "0.2", "0", "3"]
