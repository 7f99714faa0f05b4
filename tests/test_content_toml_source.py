from __future__ import annotations

from kommune3.content.toml_source import read_toml

TEXT = '''# a comment
[course]
id = "x"
title = """
[[roles]]
id = "not a row"
"""

[[roles]]
id = "a"
modules = [
  "one",
]

[[roles]]
"id" = "b"
'''


def test_tables_and_keys_know_their_lines() -> None:
    document = read_toml(TEXT, "x.toml")
    assert document.where(("course",)) == ("x.toml", 2)
    assert document.where(("course", "title")) == ("x.toml", 4)
    assert document.where(("roles", 0, "id")) == ("x.toml", 10)
    assert document.where(("roles", 0, "modules", 0)) == ("x.toml", 11)
    assert document.where(("roles", 1, "id")) == ("x.toml", 16)
    assert document.where(("unknown",)) == ("x.toml", 1)
