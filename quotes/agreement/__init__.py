"""How far coders agree: plain Python and numpy, no database (docs/agreement.md)."""
