"""Rules about lines: what they mark, and that no text makes them slow."""

import gc
import time

import pytest

from quotes.parsing.dates import printed_date
from quotes.parsing.furniture import read_furniture

PROSE = (
    "Speaker A told the committee on Monday that every boat in the harbour would be counted, " * 2
)


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("Page last updated at 08:21 GMT, Sunday, 7 December 2008", "2008-12-07"),
        ("Published: 1st of March 2009", "2009-03-01"),
        ("March 11, 2009", "2009-03-11"),
        ("Sept. 2009", "2009-09"),
        ("2009-03-11T09:30:00Z", "2009-03-11"),
        ("31 February 2009", ""),
        ("03/04/2009", ""),
        ("in 2009", ""),
        ("Room 11 March", ""),
    ],
)
def test_date_is_read_as_printed(words: str, date: str) -> None:
    assert printed_date(words)[0] == date


def test_lines_that_say_who_and_when_are_read_and_marked() -> None:
    text = f"A headline\n\nBy Jane Doe and John Roe\n\n11 March 2009\n\n{PROSE}.\n\nMore."

    seen = read_furniture(text)

    assert (seen.headline, seen.byline) == ("A headline", "Jane Doe and John Roe")
    assert (seen.published, seen.published_words) == ("2009-03-11", "11 March 2009")
    assert [text[a:b] for a, b in seen.boilerplate] == ["By Jane Doe and John Roe\n\n11 March 2009"]


def test_box_within_the_article_is_marked_alone() -> None:
    text = (
        f"A headline\n\n{PROSE}.\n\nSee also\nAnother story\n\n{PROSE}.\n\nRight thing\n\n{PROSE}."
    )

    seen = read_furniture(text)

    assert [text[a:b] for a, b in seen.boilerplate] == ["See also\nAnother story"]


def test_sentence_is_no_headline_and_a_date_within_prose_no_dateline() -> None:
    seen = read_furniture(f"It rained on 11 March 2009.\n\n{PROSE}.")

    assert (seen.headline, seen.published, seen.boilerplate) == ("", "", ())


@pytest.mark.parametrize(
    "unit",
    [
        "tags\n",
        "tags\n\n" + PROSE + ".\n\n",
        "By A B C D\n",
        "Jane Doe\nJane Doe spoke\n",
        "What she said that day was long\nJane Doe\nHarbour Board\n\n",
        "copyright 2009 ",
        "© 2009 A\n",
        "a\n",
        " \n",
        "“",
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        # Not measured: the collector walking through all that the other tests left behind.
        gc.disable()
        try:
            began = time.process_time()
            read_furniture(text)
            return time.process_time() - began
        finally:
            gc.enable()

    # The best of three: what else the machine does can only add time.
    small, large = (min(seconds(size) for _ in range(3)) for size in (100_000, 400_000))

    assert large < 6 * max(small, 0.1)
