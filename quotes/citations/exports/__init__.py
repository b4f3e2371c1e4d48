"""The formats: one function each from a citation to text or data."""
