"""8: the rows of a search, taken away: one registry of columns, one writer for each format."""
