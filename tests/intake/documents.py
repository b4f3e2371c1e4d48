"""Small articles made of neutral words, each different, some of them copies of others."""

from pathlib import Path

from quotes.parsing import ParsedDocument

BOATS = ("red", "blue", "green", "grey", "white", "black", "old", "new", "small", "large")


def text(number: int, *, opening: str = "") -> str:
    """Return an article with three quotations, and words that no other number has."""
    boat = f"{BOATS[number % 10]} boat {number}"
    return (
        f"Harbour counts the {boat}\n\n"
        f"{opening}The harbour counted the {boat} on Monday, and Speaker Able was there.\n\n"
        f"“We will count every {boat},” Speaker Able told the committee. “And then we will count "
        f"number {number} again.”\n\n"
        f"Speaker Baker said the {boat} was “not ready for number {number}”, though others at the "
        f"quay of the {boat} thought that it had been ready since number {number - 1} came in.\n\n"
        f"“Nobody asked me about {boat},” she added."
    )


def document(number: int = 1, **values) -> ParsedDocument:
    values = {"headline": f"Harbour counts boat {number}", "language": "en", **values}
    return ParsedDocument(text=values.pop("text", text(number)), **values)


def folder(at: Path, count: int) -> Path:
    """Write articles as text files; each tenth is followed by a copy with another opening."""
    at.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (at / f"{number:03}.txt").write_text(text(number), encoding="utf-8")
        if number % 10 == 0:
            copy = text(number, opening="From our own reporter. ")
            (at / f"{number:03}-copy.txt").write_text(copy, encoding="utf-8")
    return at
