"""How a delimited text separates and quotes: found from consistent field counts, quotes respected."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SAMPLE_CHARS = 256 * 1024
SAMPLE_RECORDS = 2_000
LARGEST_FIELD = 64 * 1024 * 1024
DELIMITERS = ("\t", "|", ";", ",")  # rarest in prose first: a cell that holds an earlier one speaks against a later one
_SINGLE_QUOTED = re.compile(r"(?:^|[,;\t|])'[^'\n]*'(?=[,;\t|\r\n])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """`escape` equal to `quote` means that quotes are doubled. `spaced`: blanks stand before opening quotes."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    spaced: bool = False

    def records(self, lines: Iterable[str], strict: bool = True) -> Iterator[list[str]]:
        """The fields of each record; csv.Error where quotes are wrong and `strict`."""
        doubled = self.escape == self.quote
        csv.field_size_limit(LARGEST_FIELD)
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            doublequote=doubled,
            escapechar=None if doubled else self.escape,
            skipinitialspace=self.spaced,
            strict=strict,
        )


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The best dialect, its usual field count (1: no delimiter is consistent) and the share of records that have it."""

    dialect: Dialect
    width: int
    share: float


def sniff(text: str, complete: bool) -> Sniffed:
    """The dialect of the first characters of a file; `complete` says that `text` is all of it."""
    sample = _whole_lines(text, complete)
    tried = [_try(sample, dialect) for dialect in _candidates(sample)]
    best = max(tried, key=lambda t: (t[0], t[1].share, t[1].width))[1] if tried else None
    if best is None or best.share < 0.3:
        absent = next((d for d in ("\t", "|", ";", ",") if d not in sample), ",")
        unused = "," if not best or best.width == 1 else absent
        return Sniffed(Dialect(unused), 1, 1.0)
    return best


def sample_records(text: str, dialect: Dialect, complete: bool) -> list[tuple[int, list[str]]]:
    """The first records with the 1-based physical line on which each starts; quotes are read leniently."""
    out: list[tuple[int, list[str]]] = []
    lines = split_lines(_whole_lines(text, complete))
    line = 1
    reader = csv_reader = dialect.records(lines, strict=False)
    for record in reader:
        out.append((line, record))
        line = csv_reader.line_num + 1  # type: ignore[attr-defined]
        if len(out) >= SAMPLE_RECORDS:
            break
    return out


def split_lines(text: str) -> list[str]:
    """Lines with their ends; only LF, CRLF and CR end one (str.splitlines knows more)."""
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", text)


def _whole_lines(text: str, complete: bool) -> str:
    text = text.removeprefix("\ufeff")[:SAMPLE_CHARS]
    if complete and len(text) < SAMPLE_CHARS:
        return text
    cut = max(text.rfind("\n"), text.rfind("\r"))
    return text[: cut + 1] if cut >= 0 else text


def _candidates(sample: str) -> list[Dialect]:
    quotes = ['"']
    if len(_SINGLE_QUOTED.findall(sample[:20_000])) > 2 * sample[:20_000].count('"') + 1:
        quotes.append("'")
    out: list[Dialect] = []
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        for quote in quotes:
            spaced = re.search(
                rf"{re.escape(delimiter)} +{quote}[^{quote}\n]*{quote} *(?:{re.escape(delimiter)}|\r?\n)", sample
            )
            out.append(Dialect(delimiter, quote, quote, spaced is not None))
            if "\\" + quote in sample or "\\" + delimiter in sample:
                out.append(Dialect(delimiter, quote, "\\", spaced is not None))
    return out


def _try(sample: str, dialect: Dialect) -> tuple[float, Sniffed]:
    records = _strict_records(sample, dialect)
    filled = [r for r in records if r is None or any(c.strip() for c in r)]
    counts = Counter(len(r) for r in filled if r is not None and len(r) > 1)
    if not counts:
        return 0.0, Sniffed(dialect, 1, 0.0)
    width, times = max(counts.items(), key=lambda item: (item[1], item[0]))
    share = times / len(filled)
    rarer = DELIMITERS[: DELIMITERS.index(dialect.delimiter)]
    cells = [c for r in filled if r is not None and len(r) == width for c in r]
    alien = sum(any(d in c for d in rarer) for c in cells) / max(len(cells), 1)
    escaped = 0.01 if dialect.escape != dialect.quote else 0.0
    return round(share - alien / 2 - escaped, 3), Sniffed(dialect, width, share)


def _strict_records(sample: str, dialect: Dialect) -> list[list[str] | None]:
    """Records, or None for a line whose quotes this dialect cannot read; a mistake costs that line only."""
    lines = split_lines(sample)
    out: list[list[str] | None] = []
    at = 0
    while at < len(lines) and len(out) < SAMPLE_RECORDS:
        reader = dialect.records(lines[at:] if at else lines)
        done = at
        try:
            for record in reader:
                out.append(record)
                done = at + reader.line_num  # type: ignore[attr-defined]
                if len(out) >= SAMPLE_RECORDS:
                    return out
            return out
        except csv.Error:
            out.append(None)
            at = done + 1
    return out
