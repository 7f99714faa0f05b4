"""What names a person without being theirs: told of files that nobody knew the sender of."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from kommune3.engine.file_names import place_of, words_of

from .reflection_tables import ReceiptRow
from .tables import PersonRow


def receipts_naming(session: Session, person: PersonRow) -> list[ReceiptRow]:
    """The receipts of nobody's files in which the person's name, id or e-mail stands, as whole words.

    A name of one word is not looked for: it may be anybody's.
    """
    name = words_of(person.name)
    keys = {words_of(person.id), words_of(person.email), name if len(name) > 1 else ()} - {()}
    rows = session.scalars(select(ReceiptRow).where(ReceiptRow.person_id.is_(None)).order_by(ReceiptRow.id))
    told = ((row, words_of(row.reason)) for row in rows)
    return [row for row, words in told if any(place_of(words, key) is not None for key in keys)]
