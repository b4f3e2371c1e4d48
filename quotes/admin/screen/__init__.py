"""The screens where an article goes from a file to published quotes: upload, queue, review.

They translate between keys, buttons and `quotes.review`, which does and records every change.
"""
