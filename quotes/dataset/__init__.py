"""8: the whole record as a Frictionless Data Package, and as one SQLite file. docs/dataset.md."""
