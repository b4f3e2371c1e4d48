"""A linear model of stance: words in, a value with its probability and its reasons out.

Plain Python and numpy, no database. docs/machine-coder.md says what it is good for.
"""
