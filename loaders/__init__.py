"""Texts and tables in, claims out."""
