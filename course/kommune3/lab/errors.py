"""What may go wrong with JupyterLab, for the person who reads it."""

from __future__ import annotations


class LabError(Exception):
    """JupyterLab cannot be shown as asked; the message says why and what to do."""
