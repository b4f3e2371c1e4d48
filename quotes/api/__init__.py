"""8: a read-only REST API over the list's own filters. docs/api.md is its manual."""
