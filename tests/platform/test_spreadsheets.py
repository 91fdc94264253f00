"""Every kind of spreadsheet is read alike, every bad one is refused in words, and none that leaves can act."""

import gzip
import io
import resource
import time
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st

from jinlin.platform.errors import Invalid
from jinlin.platform.spreadsheets import (
    Column,
    Limits,
    csv_lines,
    findings_workbook,
    mapping_from,
    read_table,
    template_workbook,
    write_csv,
    write_workbook,
)
from jinlin.platform.spreadsheets.values import Unreadable, as_code, as_day, as_decimal, as_moment, as_yes_no

COLUMNS = (
    Column("room", gettext_lazy("Room"), aliases=("房号", "室"), needed=True, as_text=True, example="0501"),
    Column("building", "Building", aliases=("楼栋", "楼号"), needed=True),
    Column("area", "Area", aliases=("建筑面积",)),
    Column("since", "Since", aliases=("起始日期",)),
)
HEADER = ["房号", "楼栋", "建筑面积", "起始日期"]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def rows_of(source, **options):
    """Return (row number, values) of all rows of a file given as bytes."""
    with read_table(io.BytesIO(source), COLUMNS, **options) as table:
        return [(row.number, dict(row.values)) for row in table.rows]


def refused(source, **options) -> str:
    """Return the words with which a file is refused."""
    with pytest.raises(Invalid) as caught:
        rows_of(source, **options)
    return str(caught.value)


def xlsx(*rows, change=None) -> bytes:
    """Return an XLSX file with these rows; `change` may alter its sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods(rows: str) -> bytes:
    """Return an ODS file whose only table holds these rows of XML."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="名册">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    return buffer.getvalue()


def ods_row(*texts: str) -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in texts
    )
    return f"<table:table-row>{cells}</table:table-row>"


CSV = "房号,楼栋,备注\n0501,3号楼,\n\n,,\n0502,3号楼,x\n"
WANTED = [(2, {"room": "0501", "building": "3号楼"}), (5, {"room": "0502", "building": "3号楼"})]


@pytest.mark.parametrize(
    "source",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("gb18030"),
        CSV.encode("utf-16"),
        gzip.compress(CSV.encode()),
        gzip.compress(CSV.encode("gb18030")),
        CSV.replace(",", "\t").encode("utf-16"),
        CSV.replace(",", ";").encode(),
        CSV.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8", "utf-8-sig", "gb18030", "utf-16", "gz", "gz-gb18030", "tabs", "semicolons", "crlf"],
)
def test_csv_in_every_encoding_is_read_alike(source):
    assert rows_of(source) == WANTED


def test_xlsx_and_ods_are_read_alike():
    rows = [HEADER[:2], ["0501", "3号楼"], [], [None, ""], ["0502", "3号楼"]]
    assert rows_of(xlsx(*rows)) == WANTED
    empty = '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
    assert rows_of(ods(ods_row("房号", "楼栋") + ods_row("0501", "3号楼") + empty + ods_row("0502", "3号楼"))) == WANTED


def test_a_cell_may_hold_line_breaks_commas_and_quotes():
    source = '房号,楼栋\n"05\n01","3号楼，""甲"", 西"\n502,4\n'.encode()
    assert rows_of(source) == [
        (2, {"room": "05\n01", "building": '3号楼，"甲", 西'}),
        (3, {"room": "502", "building": "4"}),
    ]


def test_header_is_found_below_a_title_and_by_name_label_or_alias():
    with override("zh-hans"):
        assert rows_of("虹山社区名册\n\nRoom*,楼栋（号）,ROOM NOTE\n1,2,3\n".encode()) == [
            (4, {"room": "1", "building": "2"})
        ]
    assert rows_of("room,Ｂｕｉｌｄｉｎｇ\n1,2\n".encode()) == [(2, {"room": "1", "building": "2"})]


def test_mapping_by_hand_goes_before_the_headers():
    source = "房号,门牌,楼栋\n1,501,2\n".encode()
    assert rows_of(source, mapping=mapping_from(["门牌=room"])) == [(2, {"room": "501", "building": "2"})]
    assert "“门牌号”" in refused(source, mapping={"门牌号": "room"})
    assert "nonsense" in refused(source, mapping={"门牌": "nonsense"})
    with pytest.raises(Invalid):
        mapping_from(["门牌"])


def test_missing_headers_are_named_with_what_was_found_and_expected():
    words = refused("姓名,楼栋\n张,2\n".encode())
    assert "lacks “Room”" in words and "“姓名”" in words and "“Since”" in words
    assert "lacks “Room”, “Building”" in refused("姓名,电话\n张,2\n".encode())


def test_two_columns_for_one_field_are_refused():
    words = refused("房号,室,楼栋\n1,2,3\n".encode())
    assert "“房号”" in words and "“室”" in words
    assert rows_of("房号,室,楼栋\n1,2,3\n".encode(), mapping={"室": "room"})[0][1]["room"] == "2"


def test_merged_cells_among_the_data_are_refused_and_named():
    def merge(sheet):
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("A4:B4")

    assert "B2:B3, A4:B4" in refused(xlsx(HEADER[:2], ["1", "2"], ["3", "4"], ["5", "6"], change=merge))
    spanned = '<table:table-row><table:table-cell table:number-rows-spanned="2" office:value-type="string"/>'
    assert "A2:A3" in refused(ods(ods_row("房号", "楼栋") + spanned + "</table:table-row>"))


def test_a_merged_title_above_the_header_does_no_harm():
    source = xlsx(["名册"], HEADER[:2], ["1", "2"], change=lambda sheet: sheet.merge_cells("A1:D1"))
    assert rows_of(source) == [(3, {"room": "1", "building": "2"})]


def test_formula_values_are_read_and_formulas_without_a_value_are_findings():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER[:3])
        sheet.write_formula(1, 0, '="50"&"1"', None, "501")
        sheet.write_row(1, 1, ["3号楼"])
        sheet.write_formula(1, 2, "=40*2", None, 80)
        sheet.write_row(2, 0, ["502", "3号楼"])
        sheet.write_formula(2, 2, "=1/0", None, "#DIV/0!")
    assert rows_of(buffer.getvalue())[0] == (2, {"room": "501", "building": "3号楼", "area": "80"})
    assert findings(buffer.getvalue()) == [(3, "建筑面积", "The cell holds an error such as #N/A.")]

    without = findings(xlsx(HEADER[:2], ["501", "=A2"], ["=B2", "3"]))
    assert [(row, column) for row, column, _why in without] == [(2, "楼栋"), (3, "房号")]
    assert "no result" in without[0][2]

    formula = '<table:table-row><table:table-cell table:formula="of:=[.B1]"/>'
    text = '<table:table-cell office:value-type="string"><text:p>3</text:p></table:table-cell></table:table-row>'
    assert [f[:2] for f in findings(ods(ods_row("房号", "楼栋") + formula + text))] == [(2, "房号")]


def findings(source):
    with read_table(io.BytesIO(source), COLUMNS) as table:
        return [(f.row, f.column, f.why) for row in table.rows for f in row.findings]


def test_an_empty_needed_cell_is_a_finding():
    assert findings("房号,楼栋\n501,\n".encode()) == [(2, "楼栋", "This cell is empty.")]


def test_a_long_number_that_was_rounded_is_a_finding():
    [(row, column, why)] = findings(xlsx(HEADER[:2], [5301990010010001010501, "3"]))
    assert (row, column) == (2, "房号") and "rounded" in why
    assert rows_of(xlsx(HEADER[:2], [530199001001, 3.5]))[0][1] == {"room": "530199001001", "building": "3.5"}


def test_200000_empty_rows_are_passed_over_quickly():
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.write_row(0, 0, HEADER[:2])
        for row in range(1, 200_001):
            sheet.write_blank(row, 0, None, bold)
        sheet.write_row(200_001, 0, ["501", "3"])
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    assert rows_of(buffer.getvalue()) == [(200_002, {"room": "501", "building": "3"})]
    assert time.process_time() - started < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 150_000
    assert rows_of(b"room,building\n" + b",\n" * 200_000 + b"501,3\n") == [(200_002, {"room": "501", "building": "3"})]


def test_a_cell_in_a_far_corner_is_refused_before_memory_is_taken():
    def far(sheet):
        sheet["XFD1048576"] = "x"

    assert "XFD1048576" in refused(xlsx(HEADER[:2], ["1", "2"], change=far))
    many = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string"'
    many += ' table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell></table:table-row>'
    assert "too large" in refused(ods(ods_row("房号", "楼栋") + many))


def test_files_that_are_too_large_packed_or_unpacked_are_refused():
    small = Limits(file_bytes=1024 * 1024, unpacked_bytes=2 * 1024 * 1024)
    assert "larger than 1 MB" in refused(b"room,building\n" + b"1,2\n" * 300_000, limits=small)
    assert "larger than 2 MB" in refused(gzip.compress(b"room,building\n" + b"1,2\n" * 600_000), limits=small)
    assert "larger than 2 MB" in refused(bomb(3 * 1024 * 1024), limits=small)
    assert "more than 2 rows" in refused(b"room,building\n1,2\n1,2\n1,2\n", limits=Limits(rows=2))


def bomb(size: int) -> bytes:
    """Return an XLSX file with an entry that states a size of 100 bytes and holds `size`."""
    original, buffer = io.BytesIO(xlsx(HEADER[:2], ["1", "2"])), io.BytesIO()
    with zipfile.ZipFile(original) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("xl/media/big.bin", b"\0" * size)
    true_size, lie = size.to_bytes(4, "little"), (100).to_bytes(4, "little")
    return buffer.getvalue().replace(true_size, lie)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n\0\0", "no spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "no spreadsheet"),
        (b"MZ\x90\0\x03\0\0", "no spreadsheet"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "damaged"),
        (gzip.compress(CSV.encode())[:-20], "damaged"),
        (b"\x1f\x8b nothing", "damaged"),
        (b"room,building\n\xff\xfe\xff\x80\x80,1\n", "neither UTF-8 nor GB 18030"),
        (b'room,building\n"1,2\n' + b"x" * 140_000, "Row 2"),
        (b"\n\n", "no rows"),
    ],
    ids=["empty", "pdf", "png", "exe", "html", "zip", "xls", "cut-gz", "no-gz", "encoding", "quote", "blank"],
)
def test_what_is_no_table_is_refused(source, words):
    assert words in refused(source)


def test_an_archive_that_is_no_spreadsheet_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("word/document.xml", "<w/>")
    assert "no spreadsheet" in refused(buffer.getvalue())


def test_a_sheet_can_be_named_and_hidden_ones_are_passed_over():
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    for name in ("名册", "第二张"):
        sheet = book.create_sheet(name)
        sheet.append(HEADER[:2])
        sheet.append([name, "1"])
    buffer = io.BytesIO()
    book.save(buffer)
    assert rows_of(buffer.getvalue())[0][1]["room"] == "名册"
    assert rows_of(buffer.getvalue(), sheet="第二张")[0][1]["room"] == "第二张"
    assert "名册" in refused(buffer.getvalue(), sheet="第三张")


DAY = date(2026, 5, 6)


@pytest.mark.parametrize(
    "text", ["2026-05-06", "2026/5/6", "2026.5.6", "2026年5月6日", "２０２６－５－６", "20260506", "46148", "46148.25"]
)
def test_days_in_the_ways_people_write_them(text):
    assert as_day(text) == DAY


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-05-06 14:30", datetime(2026, 5, 6, 6, 30, tzinfo=UTC)),
        ("2026/5/6 14:30:05", datetime(2026, 5, 6, 6, 30, 5, tzinfo=UTC)),
        ("2026年5月6日14时30分", datetime(2026, 5, 6, 6, 30, tzinfo=UTC)),
        ("2026-05-06T14:30:00+08:00", datetime(2026, 5, 6, 6, 30, tzinfo=UTC)),
        ("2026-05-06T06:30:00Z", datetime(2026, 5, 6, 6, 30, tzinfo=UTC)),
        ("2026-05-06T06:30:00.123Z", datetime(2026, 5, 6, 6, 30, tzinfo=UTC)),
        ("46148.5", datetime(2026, 5, 6, 4, tzinfo=UTC)),
    ],
)
def test_moments_in_the_ways_people_write_them(text, wanted):
    assert as_moment(text) == wanted


@pytest.mark.parametrize("text", ["昨天", "2026-02-30", "5/6/2026", "26-05-06", "2026-05-06 25:00", "12345"])
def test_what_is_no_day_is_said(text):
    with pytest.raises(Unreadable):
        as_moment(text)


def test_dates_come_as_text_as_cells_and_as_serial_numbers():
    rows = [HEADER, *(["1", "2", "", day] for day in (DAY, datetime(2026, 5, 6, 9, 0), "2026/5/6", 46148, "明天"))]
    with read_table(io.BytesIO(xlsx(*rows)), COLUMNS) as table:
        read = [(row.day("since"), len(row.findings)) for row in table.rows]
    assert read == [(DAY, 0)] * 4 + [(None, 1)]


def test_numbers_and_codes_as_text():
    assert as_decimal("１，２３４．５㎡") == Decimal("1234.5")
    assert as_code(" 0012 ") == "0012"
    assert as_code("４３０２０２") == "430202"
    assert as_yes_no("是") and not as_yes_no("")
    for reader, text in ((as_decimal, "约80"), (as_decimal, "NaN"), (as_code, "4.30202E+11"), (as_code, "12a")):
        with pytest.raises(Unreadable):
            reader(text)


def test_a_row_tells_all_that_is_wrong_in_it():
    source = "房号,楼栋,建筑面积,起始日期\n501,3,大,昨天\n".encode()
    with read_table(io.BytesIO(source), COLUMNS) as table:
        [row] = list(table.rows)
    assert row.decimal("area") is None and row.day("since") is None and row.text("room", most=2) == "50"
    assert [finding.column for finding in row.findings] == ["建筑面积", "起始日期", "房号"]


HOSTILE = ["=1+1", "+86", "-x", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")']


def test_nothing_that_leaves_can_act_as_a_formula_and_it_comes_back_as_it_was():
    rows = [[text, "3"] for text in HOSTILE]
    buffer = io.BytesIO()
    assert write_csv(buffer, ["room", "building"], rows) == len(HOSTILE)
    assert buffer.getvalue().startswith(b"\xef\xbb\xbf")
    lines = buffer.getvalue().decode().splitlines()
    assert not any(line.startswith(("=", "+", "-", "@", "\t", "\r", '"=', '"\t', '"\r')) for line in lines)
    assert [values["room"] for _number, values in rows_of(buffer.getvalue())][:4] == HOSTILE[:4]

    buffer = io.BytesIO()
    write_workbook(buffer, COLUMNS, [[text, "3", -5.5, DAY] for text in HOSTILE])
    cells = [row[0] for row in openpyxl.load_workbook(buffer).active.iter_rows(min_row=2)]
    assert all(cell.data_type == "s" for cell in cells)
    assert [values["room"] for _number, values in rows_of(buffer.getvalue())][:4] == HOSTILE[:4]


def test_every_kind_of_value_is_written():
    buffer = io.BytesIO()
    moment = datetime(2026, 5, 6, 6, 30, tzinfo=UTC)
    write_workbook(buffer, ["a"] * 7, [[1, Decimal("2.5"), moment, DAY, True, None, 10**20]], sheet="[办理]:1/2")
    sheet = openpyxl.load_workbook(buffer).active
    assert [cell.value for cell in sheet[2]] == [
        1, 2.5, datetime(2026, 5, 6, 14, 30), datetime(2026, 5, 6), True, None, str(10**20),
    ]  # fmt: skip
    assert sheet.title == "办理  1 2"
    [_header, line] = csv_lines(["a"], [[moment, DAY, -5, None, 2.5]])
    assert line == b"2026-05-06 14:30,2026-05-06,-5,,2.5\r\n"


def test_a_text_longer_than_a_cell_says_that_it_was_shortened():
    buffer = io.BytesIO()
    write_workbook(buffer, ["a"], [["长" * 40_000]])
    text = openpyxl.load_workbook(buffer).active["A2"].value
    assert len(text) <= 32_767 and "40000" in text


def test_the_template_can_be_filled_in_and_read_back():
    buffer = io.BytesIO()
    template_workbook(buffer, COLUMNS, sheet="Homes")
    book = openpyxl.load_workbook(buffer)
    assert [cell.value for cell in book["Homes"][1]] == ["Room*", "Building*", "Area", "Since"]
    assert len(list(book.worksheets[1].iter_rows())) == len(COLUMNS) + 1
    book["Homes"].append(["0501", "3"])
    filled = io.BytesIO()
    book.save(filled)
    assert rows_of(filled.getvalue())[0][1]["room"] == "0501"


def test_findings_are_written_as_a_spreadsheet():
    buffer = io.BytesIO()
    with read_table(io.BytesIO("房号,楼栋\n501,\n".encode()), COLUMNS) as table:
        found = [finding for row in table.rows for finding in row.findings]
    assert findings_workbook(buffer, found) == 1
    assert [cell.value for cell in openpyxl.load_workbook(buffer).active[2]] == [2, "楼栋", "This cell is empty."]


TEXTS = st.text(st.characters(exclude_categories=["C"]), max_size=30)


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_what_is_written_comes_back(rows):
    wanted = [(a.strip(), b.strip()) for a, b in rows if a.strip() or b.strip()]
    for write in (write_csv, write_workbook):
        buffer = io.BytesIO()
        write(buffer, ["room", "building"], rows)
        read = [(values["room"], values["building"]) for _number, values in rows_of(buffer.getvalue())]
        assert read == wanted
