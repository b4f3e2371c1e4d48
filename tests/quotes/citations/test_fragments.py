import pytest

from quotes.citations.fragments import source_link

URL = "https://example.org/boats"
LONG = "We will count every boat " * 6


@pytest.mark.parametrize(
    ("spans", "prefix", "suffix", "fragment"),
    [
        (["We count."], "", "", "#:~:text=We%20count."),
        (["well-known, & more"], "", "", "#:~:text=well%2Dknown%2C%20%26%20more"),
        (
            ["We count."],
            "Then, on Monday, she said: “",
            "” The chair thanked her.",
            "#:~:text=Monday%2C%20she%20said%3A%20%E2%80%9C-,We%20count."
            ",-%E2%80%9D%20The%20chair%20thanked",
        ),
        # Neighbours on another line are another paragraph.
        (["We count."], "He left.\n", "\nShe stayed.", "#:~:text=We%20count."),
        ([LONG.strip()], "x ", " y", "#:~:text=We%20will%20count%20every%20boat,We%20will%20count%20every%20boat"),
        (["One two.\nThree four."], "", "", "#:~:text=One%20two.,Three%20four."),
        (["And then,", "we count."], "", "", "#:~:text=And%20then%2C&text=we%20count."),
        # Cut inside a word, no browser finds it.
        (["e count"], "W", "", ""),
        (["e count", "again"], "W", "", "#:~:text=again"),
        ([], "", "", ""),
    ],
)  # fmt: skip
def test_source_link_points_at_the_words(
    spans: list[str], prefix: str, suffix: str, fragment: str
) -> None:
    assert source_link(URL, spans, prefix=prefix, suffix=suffix) == URL + fragment


def test_source_link_keeps_a_fragment_of_the_address() -> None:
    assert source_link(f"{URL}#top", ["We count."]) == f"{URL}#top:~:text=We%20count."


def test_source_link_of_no_address_is_empty() -> None:
    assert source_link("", ["We count."]) == ""
