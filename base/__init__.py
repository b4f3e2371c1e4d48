"""What every record is built on: public ids, dates as printed, revisions and history.

A leaf: it imports neither `people` nor `quotes`.
"""
