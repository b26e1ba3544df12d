"""Folders of rules laid over the shipped ones."""
