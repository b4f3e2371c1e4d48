"""How long one citation takes in all styles, and in every format: python -m benchmarks.citations

Processor time, so that other programs do not count. Wanted: all styles and both forms under 1 ms.
"""

from dataclasses import replace
from time import process_time

from quotes.citations.exports import FORMATS
from quotes.citations.styles import STYLES, Form, cite_all
from tests.citations.regenerate import ITEMS

ROUNDS = 20


def milliseconds_of_all_styles(*, fresh: bool) -> float:
    """Return the mean over the golden items; `fresh` gives each a headline not seen before."""
    spent = 0.0
    for turn in range(ROUNDS):
        for citation in ITEMS.values():
            if fresh:
                citation = replace(citation, headline=f"{citation.headline} part {turn}")
            start = process_time()
            cite_all(citation)
            spent += process_time() - start
    return 1000 * spent / (ROUNDS * len(ITEMS))


def milliseconds_of_format(key: str) -> float:
    start = process_time()
    for citation in ITEMS.values():
        FORMATS[key].write(citation)
    return 1000 * (process_time() - start) / len(ITEMS)


def main() -> None:
    size = f"{len(STYLES)} styles, {len(Form)} forms, plain and HTML"
    print(f"{size}: {milliseconds_of_all_styles(fresh=True):.3f} ms, headline not seen before")
    print(f"{size}: {milliseconds_of_all_styles(fresh=False):.3f} ms, headline seen before")
    for key in FORMATS:
        print(f"{key}: {milliseconds_of_format(key):.3f} ms")


if __name__ == "__main__":
    main()
