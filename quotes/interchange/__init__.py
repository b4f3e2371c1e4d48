"""Codings and projects as other programs write them: plain records in, plain records out."""
