"""Names and bylines as printed, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.citations.names import parse_byline, parse_name
from quotes.citations.record import Name

DOE, ROE = Name("Doe", "Jane"), Name("Roe", "John")


def body(name: str) -> Name:
    return Name(literal=name)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Helena Marsh", Name("Marsh", "Helena")),
        ("  Helena\u202e Marsh ", Name("Marsh", "Helena")),
        ("Marsh, Helena", Name("Marsh", "Helena")),
        ("King, Martin, Jr.", Name("King", "Martin", suffix="Jr.")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", suffix="Jr.")),
        ("John de la Cruz III", Name("Cruz", "John", "de la", "III")),
        ("Jan van der Berg", Name("Berg", "Jan", "van der")),
        ("Ali ibn Abi Talib", Name("Abi Talib", "Ali", "ibn")),
        ("Dick Van Dyke", Name("Van Dyke", "Dick")),
        ("Valéry Giscard d'Estaing", Name("Estaing", "Valéry Giscard", "d’")),
        ("de Gaulle", Name("Gaulle", "", "de")),
        ("Dr Jane Doe MP", DOE),
        ("Prof. Sir John Roe, KC", ROE),
        ("Mr Roe", Name("Roe")),
        ("Lord Laming", body("Lord Laming")),
        ("Teller", Name("Teller")),
        ("J.R.R. Doe", Name("Doe", "J.R.R.")),
        ("A. Okafor", Name("Okafor", "A.")),
        ("山田 太郎", Name("山田", "太郎")),
        ("山田太郎", Name("山田太郎")),
        ("محمد علي", Name("علي", "محمد")),
        ("Press Association", body("Press Association")),
        ("PA", body("PA")),
        ("A spokesman for the council", body("A spokesman for the council")),
        ("a relative", body("a relative")),
        ("", Name()),
    ],
)
def test_name_is_taken_apart(printed: str, name: Name) -> None:
    assert parse_name(printed) == name


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("", ()),
        ("By Jane Doe", (DOE,)),
        ("BY JANE DOE", (DOE,)),
        ("By MARY MCKAY-O'NEILL", (Name("McKay-O'Neill", "Mary"),)),
        (
            "By A. Okafor and Per Lindqvist, Political Editor",
            (Name("Okafor", "A."), Name("Lindqvist", "Per")),
        ),
        ("Jane Doe in Leeds and John Roe in London", (DOE, ROE)),
        ("Jane Doe, Health Correspondent, and John Roe", (DOE, ROE)),
        ("Jane Doe, London", (DOE,)),
        ("Jane Doe, The Times", (DOE,)),
        ("Jane Doe Political Editor", (DOE,)),
        ("Jane Doe\nHealth editor", (DOE,)),
        ("By Jane Doe - 12 March 2009", (DOE,)),
        ("Exclusive by Jane Doe; John Roe", (DOE, ROE)),
        ("Jane Doe | Photographs by X Y", (DOE,)),
        ("Jane Doe with additional reporting by Bo Roe", (DOE,)),
        ("Doe, Jane", (DOE,)),
        ("Jane Doe and Jane Doe", (DOE,)),
        ("Jane Doe and Reuters", (DOE, body("Reuters"))),
        ("Staff and agencies", (body("Staff and agencies"),)),
        ("By Press Association", (body("Press Association"),)),
        ("Daily Boat reporter", (body("Daily Boat reporter"),)),
        ("Westminster Correspondent", (body("Westminster Correspondent"),)),
        ("Our political staff", (body("Our political staff"),)),
        ("Martin King, Jr. and Jane Doe", (Name("King", "Martin", suffix="Jr."), DOE)),
        ("Омар Хайям и Анна Смирнова", (Name("Хайям", "Омар"), Name("Смирнова", "Анна"))),
    ],
)
def test_byline_names_its_authors(printed: str, names: tuple[Name, ...]) -> None:
    assert parse_byline(printed) == names


@given(st.text(max_size=60))
def test_any_byline_gives_names_that_print(printed: str) -> None:
    for name in parse_byline(printed):
        assert str(name).strip()
        assert name.surname.strip()
