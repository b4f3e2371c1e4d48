"""Which statements say the same again and are counted once.

The same actor on the same concept (and, where the stance counts, with the same stance): repeated
quoting measures the journalist, not the actor (Leifeld, Discourse Network Analyzer). DNA compares
the number of the month or week without its year; here November 2008 is not November 2009.
"""

import numpy as np

from quotes.analysis.statements import NO_DATE, Flags, Integers, Statements, StatementsRefusedError

RULES = {
    "include": "every statement is counted",
    "document": "repeated statements are counted once per article",
    "week": "repeated statements are counted once per calendar week (ISO, with its year)",
    "month": "repeated statements are counted once per calendar month of a year",
    "year": "repeated statements are counted once per calendar year",
    "across_range": "repeated statements are counted once in the whole period",
}
IMPRECISE = (
    "a date that is not known to the {rule} is compared by both of its bounds, and statements "
    "without a date within their article"
)


def kept(found: Statements, rule: str, *, by_value: bool = True) -> Flags:
    """Return which statements are kept: the first of each that are the same under the rule.

    `by_value=False` takes statements with different stances as the same too.
    """
    if rule not in RULES:
        raise StatementsRefusedError(f"“{rule}” is not a rule: {', '.join(RULES)}.")
    if rule == "include" or not len(found):
        return np.ones(len(found), dtype=bool)
    same = found.actor * max(len(found.concepts), 1) + found.concept
    if by_value:
        same = same * 3 + found.value + 1
    same = _pair(same, _windows(found, rule))
    _keys, first = np.unique(same, return_index=True)
    flags = np.zeros(len(found), dtype=bool)
    flags[first] = True
    return flags


def words(rule: str) -> str:
    """Return the rule as it is printed with a result."""
    if rule in ("week", "month", "year"):
        return f"{RULES[rule]}; {IMPRECISE.format(rule=rule)}"
    return RULES[rule]


def _windows(found: Statements, rule: str) -> Integers:
    """Return a number that is the same for statements in the same window."""
    if rule == "across_range":
        return np.zeros(len(found), dtype=np.int64)
    if rule == "document":
        return found.article
    window = _pair(periods(found.earliest, rule), periods(found.latest, rule))
    undated = (found.earliest == NO_DATE) & (found.latest == NO_DATE)
    return np.where(undated, -1 - found.article, window)


def periods(ordinals: Integers, unit: str) -> Integers:
    """Return the number of the week, month or year that each day falls in; -1 for no date.

    Day 1 of the proleptic calendar is a Monday, so whole sevens are ISO weeks, in every year.
    """
    if unit == "week":
        numbers = (ordinals - 1) // 7
    else:
        days = (ordinals - 719163).astype("datetime64[D]")  # 1970-01-01 is day 719163
        numbers = days.astype("datetime64[M]" if unit == "month" else "datetime64[Y]").astype(
            np.int64
        )
        numbers = numbers + 12 * 1970 if unit == "month" else numbers + 1970
    return np.where(ordinals == NO_DATE, -1, numbers)


def _pair(first: Integers, second: Integers) -> Integers:
    """Return one number for each two, equal only where both are."""
    low, width = int(second.min()), int(second.max() - second.min()) + 1
    if int(first.max() - first.min()) + 1 > np.iinfo(np.int64).max // width:
        raise StatementsRefusedError("Too many actors, concepts and articles to compare.")
    paired: Integers = (first - first.min()) * width + (second - low)
    return paired
