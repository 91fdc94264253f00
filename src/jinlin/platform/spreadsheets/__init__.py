"""Spreadsheets in and out: every kind that arrives, read row by row with findings, and safe files that leave."""

from jinlin.platform.spreadsheets.answers import rows_answer, workbook_answer
from jinlin.platform.spreadsheets.columns import Column, fields_by_header, mapping_from
from jinlin.platform.spreadsheets.kinds import Limits
from jinlin.platform.spreadsheets.reading import Finding, Row, Table, headers_of, read_table
from jinlin.platform.spreadsheets.staging import Staged, forget_staged, stage, staged_file
from jinlin.platform.spreadsheets.writing import (
    XLSX_TYPE,
    csv_lines,
    findings_workbook,
    template_workbook,
    write_csv,
    write_workbook,
)

__all__ = [
    "XLSX_TYPE",
    "Column",
    "Finding",
    "Limits",
    "Row",
    "Staged",
    "Table",
    "csv_lines",
    "fields_by_header",
    "findings_workbook",
    "forget_staged",
    "headers_of",
    "mapping_from",
    "read_table",
    "rows_answer",
    "stage",
    "staged_file",
    "template_workbook",
    "workbook_answer",
    "write_csv",
    "write_workbook",
]
