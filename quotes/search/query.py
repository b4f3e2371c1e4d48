"""A tree of conditions -> the quotes that meet it, on either database."""

from types import ModuleType

import numpy as np
from django.db import connections
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable, RawSQL

from quotes.models import Quote, Stance
from quotes.querysets import spoken_for
from quotes.search import names, postgresql, sqlite
from quotes.search.columns.part import Array
from quotes.search.language import parse
from quotes.search.scanning import first_day, last_day
from quotes.search.tree import TEXT_LEAVES, And, Field, Node, Not, Or, Query


def search_quotes(queryset: QuerySet[Quote], text: str) -> QuerySet[Quote]:
    """Return the quotes of a queryset that match a search. Raises SearchError.

    A word matches by its stem in the quote, its speaker and role, its headline or its shown
    context; a phrase matches as it is written within one of them. Only published quotes have a
    search row, so nothing else can match; a field matches what the quote's page shows.
    """
    return matching(queryset, parse(text))


def matching(queryset: QuerySet[Quote], query: Query) -> QuerySet[Quote]:
    """Return the published quotes of a queryset that a parsed search finds."""
    condition = _Compiler(queryset.db).condition(query.root)
    return queryset.published().filter(condition)  # type: ignore[attr-defined]


def relevance(db: str, query: Query) -> Combinable:
    """Return the expression for how well a quote matches: more is better, null not by its words.

    The query must have words (`query.ranked`).
    """
    return backend(db).relevance(query.ranked)


def best(
    query: Query, using: str, found: Array, *, alone: bool, limit: int, skip: int = 0
) -> list[int]:
    """Return the keys of the quotes that match best, past `skip`; of equal ones the later first.

    `found` are the keys of all that are found; whether the search `alone` finds them, nothing else
    does. Each quote must have one of its words at least (`has_words`). Of more than MOST_RANKED
    those with the highest keys are ranked; the others follow, by their keys (decision 0031).
    """
    by = backend(using)
    least = 0
    if len(found) > by.MOST_RANKED:
        least = int(np.partition(found, -by.MOST_RANKED)[-by.MOST_RANKED])
    ranked = found[found >= least]
    by_itself = alone and _ranks_itself(query.root)
    sql, values = by.best(query, ranked, least=least if by_itself else None)
    with connections[using].cursor() as cursor:
        cursor.execute(f"{sql} LIMIT %s OFFSET %s", [*values, limit, skip])
        shown = [row[0] for row in cursor.fetchall()]
    if least and skip + limit > len(ranked):
        others = np.sort(found[found < least])[::-1]
        shown += others[max(0, skip - len(ranked)) :][: limit - len(shown)].tolist()
    return shown


def _ranks_itself(node: Node) -> bool:
    """Say whether the index ranks what fits a tree as it ranks what has any of its words.

    Words that are left out deeper down would count where they occur.
    """
    parts = node.parts if isinstance(node, And | Or) else (node,)
    if isinstance(node, And):
        parts = tuple(part.part if isinstance(part, Not) else part for part in parts)
    return all(isinstance(part, TEXT_LEAVES) for part in parts)


def has_words(node: Node) -> bool:
    """Say whether each quote that fits a tree has one at least of the words asked for."""
    if isinstance(node, And):
        return any(has_words(part) for part in node.parts)
    if isinstance(node, Or):
        return all(has_words(part) for part in node.parts)
    return isinstance(node, TEXT_LEAVES)


def backend(db: str) -> ModuleType:
    return sqlite if connections[db].vendor == "sqlite" else postgresql


class _Compiler:
    """Makes one condition of a tree; what is about words alone is asked of the text index."""

    def __init__(self, db: str) -> None:
        self.backend = backend(db)

    def condition(self, node: Node) -> Q:
        if is_text(node):
            return self._text(node)
        if isinstance(node, Field):
            return field_condition(node)
        if isinstance(node, Not):
            return ~self.condition(node.part)
        if isinstance(node, And):
            return self._all(node)
        assert isinstance(node, Or)  # noqa: S101  # the last kind of node
        texts, others = divided(node.parts)
        found = self._text(Or(texts)) if texts else Q(pk__in=[])
        for part in others:
            found |= self.condition(part)
        return found

    def _all(self, node: And) -> Q:
        texts, others = divided(node.parts)
        if texts:
            # Words that should not be there go along with those that should.
            unasked = tuple(p for p in others if isinstance(p, Not) and is_text(p.part))
            others = tuple(p for p in others if p not in unasked)
            found = self._text(And((*texts, *unasked)))
        else:
            found = Q()
        stances = tuple(p for p in others if isinstance(p, Field) and p.name in STANCE_FIELDS)
        if stances:
            found &= _one_stance(stances)
        for part in others:
            if part not in stances:
                found &= self.condition(part)
        return found

    def _text(self, node: Node) -> Q:
        sql, values = self.backend.matching(node)
        return Q(pk__in=RawSQL(sql, values))


def divided(parts: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    return (
        tuple(part for part in parts if is_text(part)),
        tuple(part for part in parts if not is_text(part)),
    )


def is_text(node: Node) -> bool:
    """Say whether the text index alone can answer: words, and not only words to be left out."""
    if isinstance(node, TEXT_LEAVES):
        return True
    if isinstance(node, Or):
        return all(is_text(part) for part in node.parts)
    if isinstance(node, And):
        asked = [part for part in node.parts if not isinstance(part, Not)]
        unasked = [part.part for part in node.parts if isinstance(part, Not)]
        return bool(asked) and all(is_text(part) for part in [*asked, *unasked])
    return False


STANCE_FIELDS = ("target", "stance")


def field_condition(field: Field) -> Q:
    """Return the condition that a field means."""
    if field.name == "kind":
        return Q(kind=field.values[0])
    if field.name == "date":
        return _dated(*field.values)
    if field.name in STANCE_FIELDS:
        return _one_stance((field,))
    keys = names.matching(field.name, field.values, prefix=field.prefix)
    if field.name == "speaker":
        return Q(speaker__in=keys, speaker__protected=False)
    if field.name == "outlet":
        return Q(article__outlet__in=keys)
    return spoken_for(Quote, keys)


def _one_stance(fields: tuple[Field, ...]) -> Q:
    """Return the condition of `target:` and `stance:` side by side: they are of one stance."""
    values = [field.values[0] for field in fields if field.name == "stance"]
    targets = [
        Q(target__in=names.matching("target", field.values, prefix=field.prefix))
        for field in fields
        if field.name == "target"
    ]
    found = Q()
    stances = Stance.objects.filter(quote=OuterRef("pk"))
    if not targets:
        for value in values:
            found &= Q(Exists(stances.filter(value=value)))
    for target in targets:
        of_target = stances.filter(target)
        for value in values:
            of_target = of_target.filter(value=value)
        found &= Q(Exists(of_target))
    return found


def _dated(first: str, last: str) -> Q:
    """Return the condition that a quote may have been said, or else published, in a time."""
    known = Q(date_earliest__isnull=False) | Q(date_latest__isnull=False)
    if first:
        day = first_day(first)
        known &= Q(date_latest__gte=day) | Q(date_latest__isnull=True)
    if last:
        day = last_day(last)
        known &= Q(date_earliest__lte=day) | Q(date_earliest__isnull=True)
    return known


__all__ = ["is_text", "matching", "parse", "relevance", "search_quotes"]
