"""Learn the ranker's weights from attributed documents and write them as a readable file.

    python -m benchmarks.attribution.train POLNEAR.jsonl --without SAMPLE.ids [--out weights.json]

Needs numpy and scipy; the engine itself does not. The same documents give the same file, byte for
byte.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

from benchmarks.attribution.gold import PRONOUNS, Document, Quote, head_name, owner, read
from quotes.extraction.features import (
    NOBODY,
    Feature,
    Memory,
    candidate_features,
    candidates_for,
    nobody_features,
    ranks,
)
from quotes.extraction.indirect import none_features, option_features, options_for, shared_features
from quotes.extraction.lexicon import WORD_CLASS
from quotes.extraction.marks import find_marked, paragraphs_of
from quotes.extraction.mentions import Found
from quotes.extraction.ranking import Weights
from quotes.extraction.reader import Quoted, Reader, describe_string
from quotes.extraction.utterances import kind_features

VERSION = "ranker-2"
FOLDS = 5
RIDGE = 6.0
CAUTION = 0.25  # added to "nobody": no F1 lost on outlets left out, and fewer wrong answers
INDIRECT_RIDGE = 10.0
INDIRECT_PRECISION = 0.82  # wanted among the suggestions, measured on documents not learned from
INDIRECT_SMALL = 0.15
WORD = re.compile(r"\w+")
RARE = 5  # a feature seen less often is left out
SMALL = 0.05  # a weight nearer to nothing is left out


@dataclass(slots=True)
class Row:
    """One string: the features of nobody and of every candidate, and which of them are right."""

    features: list[list[Feature]]
    right: list[bool]
    weight: float
    words: int
    attributed: bool
    kind: tuple[list[Feature], bool] | None


def is_right(gold: Quote, mention: Found, text: str) -> bool:
    """Return whether a mention is the gold speaker: it touches the gold words or ends in the same
    name.
    """
    if mention.start < gold["end"] and gold["start"] < mention.end:
        return True
    head = head_name(gold["text"])
    return (
        bool(head) and head not in PRONOUNS and head_name(text[mention.start : mention.end]) == head
    )


def rows_of(document: Document, weights: Weights | None) -> list[Row]:
    """Return the rows of one document; the history is the gold speakers, or what ``weights`` would
    have chosen.
    """
    text = document.text
    paragraphs = paragraphs_of(text)
    marked, _ = find_marked(text, paragraphs)
    reader = Reader(text, paragraphs, marked)
    memory = Memory()
    rows = []
    for ordinal, string in enumerate(marked):
        quoted = describe_string(reader, ordinal)
        chosen = candidates_for(reader, quoted)
        features = [nobody_features(quoted, memory, chosen)]
        features += [
            candidate_features(quoted, mention, rank, memory)
            for mention, rank in zip(chosen, ranks(quoted, chosen), strict=True)
        ]
        quote = owner(string.start, string.end, document.quotes)
        speaker = _speaker(quote) if quote else None
        right = [bool(speaker) and is_right(speaker, mention, text) for mention in chosen]
        missed = bool(speaker) and not any(right)
        words = len(text[string.start : string.end].split())
        weight = (
            0.0
            if quote and not speaker
            else (1.0 if words >= 4 else 0.5) * (0.5 if missed else 1.0)
        )
        kind = (kind_features(quoted), _is_direct(quoted, quote)) if quote else None
        rows.append(Row(features, [not any(right), *right], weight, words, bool(speaker), kind))
        if weights is None:
            memory.remember(quoted, _nearest(quoted, chosen, right))
        else:
            totals = [weights.total(each) for each in features]
            best = totals.index(max(totals))
            memory.remember(quoted, chosen[best - 1] if best else None)
    return rows


def _speaker(quote: Quote) -> Quote | None:
    """Return the gold speaker; now and then an annotator has swapped the speaker and the cue."""
    speaker: Quote | None = quote["speaker"]
    cue: Quote | None = quote.get("cue")
    swapped = (
        speaker is not None and cue is not None and WORD_CLASS.get(speaker["text"].lower()) == "V"
    )
    return cue if swapped else speaker


def _is_direct(quoted: Quoted, quote: Quote) -> bool:
    return bool(
        quote["kind"] == "direct"
        and quoted.marked.start - 2 <= max(quote["start"], quoted.marked.start)
    )


def _nearest(quoted: Quoted, chosen: list[Found], right: list[bool]) -> Found | None:
    good = [mention for mention, ok in zip(chosen, right, strict=True) if ok]
    if not good:
        return None
    return min(
        good, key=lambda m: (abs(quoted.block.number - m.block), abs(m.first - quoted.token))
    )


def fit(rows: list[Row], ridge: float, small: float) -> Weights:
    """Return ranking weights that make the right candidates likely.

    A conditional logit with a ridge is fitted twice: over all features, then over those that
    carried weight.
    """
    rows = [row for row in rows if row.weight]
    seen = Counter(feature for row in rows for each in row.features for feature in each)
    first = _fit_once(rows, sorted(f for f, n in seen.items() if n >= RARE), ridge)
    carrying = sorted(feature for feature, weight in first.items() if abs(weight) >= small)
    final = _fit_once(rows, carrying, ridge)
    return Weights(
        {feature: round(weight, 2) for feature, weight in final.items() if round(weight, 2)}
    )


def _fit_once(rows: list[Row], features: list[Feature], ridge: float) -> dict[Feature, float]:
    """Return the weights of these features."""
    index = {feature: i for i, feature in enumerate(features)}
    columns: list[int] = []
    ends = [0]
    for row in rows:
        for each in row.features:
            columns.extend(index[feature] for feature in each if feature in index)
            ends.append(len(columns))
    matrix = sparse.csr_matrix(
        (np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(index))
    )
    transposed = matrix.T.tocsr()
    sizes = [len(row.features) for row in rows]
    group = np.repeat(np.arange(len(rows)), sizes)
    starts = np.cumsum([0, *sizes[:-1]])
    right = np.array([ok for row in rows for ok in row.right], dtype=float)
    weight = np.array([row.weight for row in rows])

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ values
        exponent = np.exp(scores - np.maximum.reduceat(scores, starts)[group])
        every = np.add.reduceat(exponent, starts)
        good = np.maximum(np.add.reduceat(exponent * right, starts), 1e-300)
        gain = float((weight * (np.log(good) - np.log(every))).sum())
        slope = transposed @ (
            (exponent * right / good[group] - exponent / every[group]) * weight[group]
        )
        return -gain + ridge * float(values @ values) / 2, -slope + ridge * values

    best = minimize(
        loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    return dict(zip(features, best.x.tolist(), strict=True))


def fit_kind(rows: list[Row]) -> dict[Feature, float]:
    """Return the weights that tell direct from mixed strings (logistic regression, ridge)."""
    examples = [row.kind for row in rows if row.kind]
    seen = Counter(feature for features, _ in examples for feature in features)
    index = {
        feature: i for i, feature in enumerate(sorted(f for f, n in seen.items() if n >= RARE))
    }
    table = np.zeros((len(examples), len(index)))
    for number, (features, _) in enumerate(examples):
        for feature in features:
            if feature in index:
                table[number, index[feature]] = 1.0
    sign = np.array([1.0 if direct else -1.0 for _, direct in examples])

    def loss(values: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (table @ values)
        slope = -(table.T @ (sign / (1.0 + np.exp(margin))))
        return float(np.logaddexp(0.0, -margin).sum()) + float(values @ values) / 2, slope + values

    best = minimize(
        loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    return {f: round(float(best.x[i]), 2) for f, i in index.items() if abs(best.x[i]) >= SMALL}


def indirect_rows_of(document: Document) -> list[Row]:
    """Return one row per cue: the stretches it may report, right when gold has them."""
    text = document.text
    paragraphs = paragraphs_of(text)
    reader = Reader(text, paragraphs, find_marked(text, paragraphs)[0])
    gold = [(q["start"], q["end"]) for q in document.quotes]
    rows = []
    for number in range(len(reader.bounds)):
        block, scene = reader.block(number), reader.scene(number)
        near = [span for span in gold if span[0] < block.end and span[1] > block.start]
        for cue, (subject, link) in zip(scene.cues, scene.subjects, strict=True):
            options = options_for(block, cue, subject, link)
            if options:
                shared = shared_features(block, cue, subject, link)
                features = [none_features(block, cue, len(options))]
                features += [shared + option_features(block, cue, option) for option in options]
                right = [
                    matches(text, block.starts[o.first], block.ends[o.last - 1], near)
                    for o in options
                ]
                rows.append(Row(features, [not any(right), *right], 1.0, 0, any(right), None))
    return rows


def matches(text: str, start: int, end: int, gold: list[tuple[int, int]]) -> bool:
    """Return whether a stretch shares half of all words with one of the gold quotations."""
    words = {match.start() for match in WORD.finditer(text, start, end)}
    for low, high in gold:
        if low < end and start < high:
            other = {match.start() for match in WORD.finditer(text, low, high)}
            if words and len(words & other) >= 0.5 * len(words | other):
                return True
    return False


def learn(documents: list[Document]) -> Weights:
    """Return weights learned from the documents: ranking, kinds, indirect statements."""
    rows = [row for document in documents for row in rows_of(document, None)]
    weights = fit(rows, RIDGE, SMALL)
    weights.table[NOBODY] = round(weights.table.get(NOBODY, 0.0) + CAUTION, 2)
    weights.table.update(fit_kind(rows))
    indirect = [row for document in documents for row in indirect_rows_of(document)]
    weights.table.update(fit(indirect, INDIRECT_RIDGE, INDIRECT_SMALL).table)
    return weights


def outcomes(rows: list[Row], weights: Weights) -> list[tuple[float, bool]]:
    """Return (probability, right) for the best answer of every row that is not "nobody" or
    "nothing".
    """
    found = []
    for row in rows:
        totals = np.array([weights.total(each) for each in row.features])
        chances = np.exp(totals - totals.max())
        chances /= chances.sum()
        best = int(totals[1:].argmax()) + 1 if len(totals) > 1 else 0
        if best and row.weight and (row.words == 0 or totals[best] > totals[0]):
            found.append((float(chances[best]), row.right[best]))
    return found


def calibrate(found: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Return a monotone table from probability to the share that was right (pool adjacent
    violators, then knots).
    """
    pools: list[list[float]] = []  # sum of probabilities, right, count
    for probability, right in sorted(found):
        pools.append([probability, float(right), 1.0])
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    merged: list[list[float]] = []
    for pool in pools:  # no knot rests on fewer than 40 answers
        if merged and merged[-1][2] < 40:
            merged[-1] = [a + b for a, b in zip(merged[-1], pool, strict=True)]
        else:
            merged.append(pool)
    knots = [(round(p / n, 4), round((r + 0.5) / (n + 1), 4)) for p, r, n in merged]
    return [(0.0, knots[0][1]), *knots, (1.0, knots[-1][1])]


def threshold(found: list[tuple[float, bool]], precision: float) -> float:
    """Return the lowest probability from which on this share of the answers is right."""
    right, lowest = 0, 1.0
    for number, (probability, ok) in enumerate(sorted(found, reverse=True), 1):
        right += ok
        if right >= precision * number:
            lowest = probability
    return round(lowest, 3)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--without", type=Path, help="ids of the documents kept for measuring")
    parser.add_argument("--out", type=Path, default=Path("quotes/extraction/model/weights.json"))
    arguments = parser.parse_args()
    kept = set(arguments.without.read_text().split("\n")) if arguments.without else set()
    documents = [document for document in read(arguments.corpus) if document.id not in kept]
    strings: list[tuple[float, bool]] = []
    indirect: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        weights = learn([d for i, d in enumerate(documents) if i % FOLDS != fold])
        for document in documents[fold::FOLDS]:
            strings += outcomes(rows_of(document, weights), weights)
            indirect += outcomes(indirect_rows_of(document), weights)
    final = learn(documents)
    final.calibration = calibrate(strings)
    final.indirect_calibration = calibrate(indirect)
    final.least_indirect = threshold(indirect, INDIRECT_PRECISION)
    write(arguments.out, final)
    print(f"{len(documents)} documents, {len(final.table)} weights")


def write(path: Path, weights: Weights) -> None:
    """Write the weights with one feature a line, in order."""
    document = {
        "version": VERSION,
        "least_indirect": weights.least_indirect,
        "calibration": [list(pair) for pair in weights.calibration],
        "indirect_calibration": [list(pair) for pair in weights.indirect_calibration],
    }
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in document.items()]
    table = [
        f"{json.dumps(' '.join(feature))}: {weight}"
        for feature, weight in sorted(weights.table.items())
    ]
    lines.append('"weights": {\n' + ",\n".join(table) + "\n}")
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
