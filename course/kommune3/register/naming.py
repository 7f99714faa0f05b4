"""What names a person without being theirs: told of files that nobody knew the sender of."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from kommune3.engine.file_names import place_of, words_of

from .reflection_tables import ReceiptRow
from .tables import PersonRow


def receipts_naming(session: Session, person: PersonRow) -> list[ReceiptRow]:
    """The receipts of nobody's files in which the person's name, id or e-mail stands, as whole words.

    A name or an id of one word without a digit is not looked for: it may be anybody's, and what is told of
    another's file would stand in this person's export.
    """
    told_by = (words_of(text) for text in (person.id, person.email, person.name))
    keys = {words for words in told_by if len(words) > 1 or any(map(str.isdigit, "".join(words)))}
    rows = session.scalars(select(ReceiptRow).where(ReceiptRow.person_id.is_(None)).order_by(ReceiptRow.id))
    told = ((row, words_of(row.reason)) for row in rows)
    return [row for row, words in told if any(place_of(words, key) is not None for key in keys)]
