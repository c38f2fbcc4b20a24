"""Détente: software for a neutral host who brings rival powers to one table."""

from __future__ import annotations

__version__ = "0.1.0"
