"""A training course about Kommunen 3.0: content, widgets, pages and a register of completions."""

__version__ = "0.1.0"
