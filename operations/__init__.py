"""Keeping a site: what is in it, copies of it, and the way back."""
