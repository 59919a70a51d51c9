"""qa-checker import: word lists and vendors' rules as a lexicon."""

from __future__ import annotations

from pathlib import Path

import click

from qa_checker.atomic import replacing
from qa_checker.cli import DONE
from qa_checker.exchange.aliyun import read_rules
from qa_checker.exchange.drafts import mistakes, written
from qa_checker.exchange.word_list import HEADERS, Read, read_table
from qa_checker.problem import BadInput
from qa_checker.reports.words import plural

KINDS = {"csv": read_table, "xlsx": read_table, "aliyun": read_rules}


ROWS = "\n".join(f"  {name}: {words}" for name, words in HEADERS.items())
COLUMNS = f"\b\nColumns of a table, by their headers  表格各列的表头:\n{ROWS}"


@click.command("import", epilog=COLUMNS)
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    help="the new lexicon  新词库文件",
)
@click.option("--id", "lexicon", help="its id (default: the file's name)  词库 id")
@click.option(
    "--lang", "language", type=click.Choice(["zh", "en"]),
    help="language of the words (default: by the words)  词语的语言",
)  # fmt: skip
def command(kind: str, file: Path, out: Path, lexicon: str | None, language: str | None) -> int:
    """Turn a word list, or rules of Aliyun, into a lexicon. 把现有词表或阿里云规则转成词库。

    Examples are marked TODO; what a lexicon cannot say is kept as comments and listed.
    """
    if out.exists():
        raise BadInput(f"{out}: is there already; name a new file with -o")
    read = KINDS[kind](file)
    if not read.drafts:
        raise BadInput(f"{file}: no words in it that could be looked for")
    spoken = language or language_of(read)
    head = [f"imported from {file.name}", *(f"not taken over: {each}" for each in read.lost)]
    text = written(lexicon or out.stem.partition(".")[0], spoken, read.drafts, head)
    with replacing(out) as made:
        made.write(text.encode("utf-8"))
    tell(out, read, text)
    return DONE


def language_of(read: Read) -> str:
    """Return zh if any phrase has a Chinese character, else en."""
    words = "".join(phrase for draft in read.drafts for phrase in (*draft.phrases, *draft.regexes))
    return "zh" if any("\u3400" <= character <= "\u9fff" for character in words) else "en"


def tell(out: Path, read: Read, text: str) -> None:
    """Print what became of the list, and what is left to do."""
    phrases = sum(len(draft.phrases) + len(draft.regexes) for draft in read.drafts)
    count = len(read.drafts)
    said = f"{count} {'entry' if count == 1 else 'entries'}, {plural(phrases, 'phrase')}"
    click.echo(f"{out}: {said} 词条 {count} 个，短语 {phrases} 个")
    for each in read.lost:
        click.echo(f"not taken over 未导入: {each}", err=True)
    for each in mistakes(text):
        click.echo(f"to be mended 需修改: line {each}", err=True)
    todo = text.count("TODO")
    marked = f"{plural(todo, 'place')} marked TODO 待补 {todo} 处"
    click.echo(f"{marked}; then 然后: qa-checker test {out}")
