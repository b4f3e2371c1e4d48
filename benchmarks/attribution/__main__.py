"""Run the engine on attributed documents and print how it does.

python -m benchmarks.attribution FILE.jsonl [--ids FILE] [--predict OUT.jsonl]
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.attribution.gold import Document, read
from benchmarks.attribution.scoring import (
    Score,
    Verbatim,
    count_direct,
    count_matches,
    count_strings,
    matched,
    score,
)
from quotes.extraction import Candidate, extract


def as_quotes(candidate: Candidate) -> list[dict[str, Any]]:
    """Return a candidate in the benchmark's shape, one entry per span."""
    speaker = None
    if candidate.speaker:
        mention = candidate.speaker
        speaker = {"start": mention.start, "end": mention.end, "text": mention.text}
        if candidate.name:
            speaker["name"] = candidate.name
    return [
        {
            "start": span.start,
            "end": span.end,
            "kind": candidate.kind,
            "speaker": speaker,
            "confidence": candidate.confidence,
        }
        for span in candidate.marked
    ]


def predict(document: Document) -> list[dict[str, Any]]:
    """Return what the engine finds in a document, in the benchmark's shape."""
    return [
        quote for candidate in extract(document.text).candidates for quote in as_quotes(candidate)
    ]


def speed(documents: list[Document], indirect: bool) -> float:
    """Return characters per second of processor time, the better of two passes."""
    characters = sum(len(document.text) for document in documents)
    passes = []
    for _ in range(2):
        begun = time.process_time()
        for document in documents:
            extract(document.text, indirect=indirect)
        passes.append(time.process_time() - begun)
    return characters / max(min(passes), 1e-9)


def report(documents: list[Document], predictions: list[list[dict[str, Any]]]) -> list[str]:
    """Return the lines of the table."""
    strings, direct, kinds = Verbatim(), Counter[str](), Counter[str]()
    for document, predicted in zip(documents, predictions, strict=True):
        count_strings(document, predicted, strings)
        count_direct(document, predicted, direct)
        count_matches(document, predicted, kinds)
    exact = score(direct["right"], direct["predicted"], direct["right"], direct["gold"])
    lines = [
        f"{len(documents)} documents, {sum(len(d.text) for d in documents):,} characters",
        _line("verbatim, found", strings.found),
        _line("verbatim, right speaker", strings.attributed),
        _line("direct spans, exact", exact),
        _line("indirect suggestions, matched", matched(kinds, "indirect")),
    ]
    if strings.counts["chain"]:
        lines.append(
            f"{'resolved person right':32} {100 * strings.person:5.1f} of {strings.counts['chain']}"
        )
    for share in (0.8, 0.9, 1.0):
        lines.append(
            f"{f'right among the surest {share:.0%}':32} {100 * strings.surest(share):5.1f}"
        )
    return lines + calibration(strings)


def _line(label: str, figures: Score) -> str:
    return (
        f"{label:32} P {100 * figures.precision:5.1f}  R {100 * figures.recall:5.1f}"
        f"  F1 {100 * figures.f1:5.1f}"
    )


def calibration(strings: Verbatim) -> list[str]:
    """Return, for every tenth of confidence, how many answers fell in it and how many of them were
    right.
    """
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in strings.answers:
        bins.setdefault(min(9, int(confidence * 10)), []).append((confidence, right))
    lines = ["confidence   answers  mean  right"]
    for tenth, answers in sorted(bins.items()):
        mean = sum(confidence for confidence, _ in answers) / len(answers)
        share = sum(ok for _, ok in answers) / len(answers)
        low = tenth / 10
        lines.append(f"{low:.1f} to {low + 0.1:.1f} {len(answers):9}  {mean:.2f}  {share:.2f}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--ids", type=Path, help="only the documents whose ids this file lists")
    parser.add_argument(
        "--predict", type=Path, help="write the predictions here, in the same shape"
    )
    arguments = parser.parse_args()
    documents = read(arguments.file, arguments.ids)
    predictions = [predict(document) for document in documents]
    if arguments.predict:
        with arguments.predict.open("w", encoding="utf-8") as out:
            for document, quotes in zip(documents, predictions, strict=True):
                line = {"id": document.id, "text": document.text, "quotes": quotes}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    print("\n".join(report(documents, predictions)))
    quick, whole = speed(documents, indirect=False), speed(documents, indirect=True)
    print(f"{'characters per second':32} {quick:,.0f} (with suggestions {whole:,.0f})")


if __name__ == "__main__":
    main()
