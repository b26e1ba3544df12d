"""Warnings about rules that load but may be wrong."""
