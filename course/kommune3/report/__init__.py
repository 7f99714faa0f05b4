"""Lists, totals and spreadsheets, read from the register only, and only for roles that HR may see."""

from .csv_export import csv_chunks, write_csv
from .listing import line_of, listing
from .query import STATUSES, Counts, Listing, ModuleTotals, PersonLine, PersonStatus, Query, Totals
from .rows import evidence_word, status_word
from .text_table import text_table
from .xlsx_export import write_xlsx

__all__ = [
    "STATUSES",
    "Counts",
    "Listing",
    "ModuleTotals",
    "PersonLine",
    "PersonStatus",
    "Query",
    "Totals",
    "csv_chunks",
    "evidence_word",
    "line_of",
    "listing",
    "status_word",
    "text_table",
    "write_csv",
    "write_xlsx",
]
