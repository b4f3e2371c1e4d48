"""Which module may import which, and how long a file may grow: the tables, and their reader.

A new module needs a row in LAYERS. Ask which step of the work it belongs to; docs/architecture.md
has the picture. tests/test_architecture.py runs this on the project and, broken, on small trees.
"""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

# --- The tables -------------------------------------------------------------------------------

# From the bottom up. A module may import from its own layer and from those above it in this list.
# The longest name that fits counts: quotes.collection.load is a step, the rest of quotes.collection
# is plain.
LAYERS: dict[str, tuple[str, ...]] = {
    # Knows nothing of people or quotes.
    "base": ("base", "config"),
    # Values in, values out: no rows, no requests.
    "plain": (
        "people.names",
        "quotes.agreement",
        "quotes.analysis.charts",
        "quotes.analysis.communities",
        "quotes.analysis.duplicates",
        "quotes.analysis.evidence",
        "quotes.analysis.formats",
        "quotes.analysis.layout",
        "quotes.analysis.network",
        "quotes.analysis.options",
        "quotes.analysis.polarisation",
        "quotes.analysis.positions",
        "quotes.analysis.selection",
        "quotes.analysis.statements",
        "quotes.analysis.tally",
        "quotes.analysis.utterances",
        "quotes.analysis.windows",
        "quotes.canonical",
        "quotes.choices",
        "quotes.citations.formats",
        "quotes.citations.fragments",
        "quotes.citations.record",
        "quotes.collection",
        "quotes.extraction",
        "quotes.inference",
        "quotes.interchange",
        "quotes.learning",
        "quotes.parsing",
        "quotes.spans",
        "quotes.wording",
    ),
    # Which rows: published() and its like.
    "querysets": ("people.querysets", "quotes.querysets"),
    # Columns, constraints, cheap properties.
    "models": ("people.models", "quotes.models"),
    # What changes data, and what the database keeps by itself.
    "steps": (
        "people.merging",
        "people.triggers",
        "quotes.changes",
        "quotes.citations",
        "quotes.codebook",
        "quotes.coding",
        "quotes.collection.load",
        "quotes.exchange",
        "quotes.intake",
        "quotes.machine_coder",
        "quotes.merging",
        "quotes.notices",
        "quotes.reports",
        "quotes.review",
        "quotes.search",
        "quotes.sources",
        "quotes.speakers",
        "quotes.stances",
        "quotes.triggers",
        "quotes.utterances",
        "quotes.verify",
        "quotes.versions",
    ),
    # What readers ask for.
    "readings": (
        "people.filters",
        "quotes.adjudication",
        "quotes.analysis",
        "quotes.card_rows",
        "quotes.cards",
        "quotes.citing",
        "quotes.column_conditions",
        "quotes.column_found",
        "quotes.comparison",
        "quotes.conditions",
        "quotes.dataset",
        "quotes.entries",
        "quotes.exports",
        "quotes.facet_counts",
        "quotes.facets",
        "quotes.fields",
        "quotes.filters",
        "quotes.found",
        "quotes.full_text",
        "quotes.histogram",
        "quotes.inferred",
        "quotes.listing",
        "quotes.log",
        "quotes.machine",
        "quotes.overview",
        "quotes.paging",
        "quotes.permanence",
        "quotes.positions",
        "quotes.queue",
        "quotes.record",
        "quotes.reliability",
        "quotes.responsibilities",
        "quotes.scope",
        "quotes.sentence",
        "quotes.share_card",
        "quotes.shown",
        "quotes.stance_counts",
        "quotes.statements",
        "quotes.suggestions",
    ),
    # Translate between a request, a command or a screen and the layers above.
    "edges": (
        "config.urls",
        "operations",
        "people.admin",
        "people.apps",
        "people.lists",
        "people.management",
        "people.templatetags",
        "people.urls",
        "people.views",
        "quotes.admin",
        "quotes.api",
        "quotes.apps",
        "quotes.feeds",
        "quotes.management",
        "quotes.sitemaps",
        "quotes.templatetags",
        "quotes.urls",
        "quotes.views",
        "staff",
    ),
}

# Which of our packages a package may import at all, whatever the layer.
PACKAGES: dict[str, set[str]] = {
    "base": {"base"},
    "people": {"base", "people"},
    "quotes": {"base", "people", "quotes"},
    "operations": {"base", "config", "operations", "people", "quotes"},
    "staff": {"base", "staff"},
    "config": {"base", "config", "operations", "people", "quotes", "staff"},
}

# Plain Python: usable, and testable, without Django.
WITHOUT_DJANGO = (
    "people.names",
    "quotes.agreement",
    "quotes.analysis",
    "quotes.canonical",
    "quotes.citations.formats",
    "quotes.citations.fragments",
    "quotes.citations.record",
    "quotes.collection",
    "quotes.extraction",
    "quotes.inference",
    "quotes.interchange",
    "quotes.learning",
    "quotes.spans",
    "quotes.wording",
)
# Nothing but Python itself and their own folder, so that they can be lifted out whole.
STANDARD_LIBRARY_ONLY = ("quotes.extraction",)

# An import inside a function carries one of these as a comment on its line.
REASONS = (
    "after the settings are named",  # manage.py
    "models are loaded by now",  # AppConfig.ready and what it connects
    "needs an optional package",
    "slow to import and seldom needed",
)

LONGEST_FILE = 400
LONGEST_FUNCTION = 80
SUFFIXES = {".py", ".html", ".css", ".js"}
# Not ours to shorten, or not code.
NOT_MEASURED = {"migrations", "vendor", "seeds", "data", "staticfiles", "node_modules"}

# --- The reader -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Import:
    target: str
    line: int
    comment: str
    in_function: bool
    for_types: bool
    """Under `if TYPE_CHECKING:`, so not there when the program runs."""


def faults(root: Path) -> list[str]:
    """Return each breach of the tables below `root`, as "path:line: what is wrong"."""
    found = [fault for path in files(root) for fault in length_faults(root, path)]
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts:
                found += import_faults(root, path)
    return found


def import_faults(root: Path, path: Path) -> list[str]:
    name = module_name(root, path)
    if name not in PACKAGES and layer_of(name) is None:
        return [f"{path.relative_to(root)}:1: {name} has no row in LAYERS: which step is it?"]
    return [
        f"{path.relative_to(root)}:{found.line}: {fault}"
        for found in imports(path)
        for fault in (order_fault(name, found), plain_fault(name, found), reason_fault(found))
        if fault
    ]


def order_fault(name: str, found: Import) -> str:
    """Say what is wrong with the direction of an import of our own code."""
    package, target_package = name.partition(".")[0], found.target.partition(".")[0]
    if target_package == "tests":
        return f"{name} imports the tests"
    if target_package not in PACKAGES:
        return ""
    if target_package not in PACKAGES[package]:
        return f"{package} may not import {target_package}: {found.target}"
    layer, target_layer = layer_of(name), layer_of(found.target)
    order = list(LAYERS)
    if layer is None or target_layer is None or found.for_types:
        return ""
    if order.index(target_layer) > order.index(layer):
        return f"{name} ({layer}) may not import {found.target} ({target_layer})"
    return ""


def plain_fault(name: str, found: Import) -> str:
    """Say what keeps a plain module from being plain."""
    package = found.target.partition(".")[0]
    home = next((row for row in STANDARD_LIBRARY_ONLY if is_in(name, row)), None)
    if home and package not in sys.stdlib_module_names and not is_in(found.target, home):
        return f"{name} may import only Python's own modules and {home}: {found.target}"
    # A step inside a plain package (quotes.collection.load) is a step first.
    plain = layer_of(name) == "plain" and any(is_in(name, row) for row in WITHOUT_DJANGO)
    if plain and package == "django":
        return f"{name} is plain Python and may not import {found.target}"
    return ""


def reason_fault(found: Import) -> str:
    if not found.in_function or found.comment.startswith(REASONS):
        return ""
    return f"an import inside a function needs one of these comments: {'; '.join(REASONS)}"


def layer_of(name: str) -> str | None:
    """Return the layer of the longest row that fits a dotted name, or None."""
    rows = {row: layer for layer, names in LAYERS.items() for row in names}
    while name not in rows:
        name, dot, _last = name.rpartition(".")
        if not dot:
            return None
    return rows[name]


def is_in(name: str, row: str) -> bool:
    return name == row or name.startswith(f"{row}.")


def module_name(root: Path, path: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[Import]:
    """Yield what a file imports; `from a.b import c` is a.b.c, which may be a module or a name."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()

    def visit(node: ast.AST, in_function: bool, for_types: bool) -> Iterator[Import]:
        if isinstance(node, ast.Import | ast.ImportFrom):
            line = lines[node.lineno - 1] + lines[(node.end_lineno or node.lineno) - 1]
            comment = line.partition("#")[2].strip()
            for target in targets(node):
                yield Import(target, node.lineno, comment, in_function, for_types)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            for statement in node.body:
                yield from visit(statement, in_function, True)
            return
        in_function = in_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.iter_child_nodes(node):
            yield from visit(child, in_function, for_types)

    yield from visit(ast.parse(text), False, False)


def targets(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [f"{node.module or '.'}.{alias.name}" for alias in node.names]


def files(root: Path) -> Iterator[Path]:
    """Yield the files whose length is ours to keep."""
    for folder in (*PACKAGES, "templates", "static", "tests", "benchmarks"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES and not NOT_MEASURED & set(path.relative_to(root).parts):
                yield path


def length_faults(root: Path, path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    where = path.relative_to(root)
    found = []
    if (length := len(text.splitlines())) > LONGEST_FILE:
        found.append(f"{where}:1: {length} lines, more than {LONGEST_FILE}: make it a package")
    if path.suffix != ".py":
        return found
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                fault = f"{node.name}() has {length} lines, more than {LONGEST_FUNCTION}"
                found.append(f"{where}:{node.lineno}: {fault}")
    return found
