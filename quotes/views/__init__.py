"""The public pages. Each view parses, calls a step or the listing, and renders."""
