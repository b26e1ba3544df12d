"""The shape of overlay.yaml."""

from __future__ import annotations

from ehrpay.rules.shape.fields import Model, Text


class Overlay(Model):
    """overlay.yaml: what an overlay is, who made it, and what it rests on."""

    title: Text
    author: Text
    reference: Text
