"""The coding screen, the rounds that lead to it, and training sets."""
