"""How two versions of a letter look on a terminal, side by side."""

from collections.abc import Iterator

from rich.text import Text

from kamerbrief.cli.terminal import open_console, say
from kamerbrief.records.versions import Changes, Compared, Stretch

_STYLES = {"same": "", "gone": "red strike", "new": "green"}
_PLAIN = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}


def show_changes(found: Changes) -> None:
    """What changed, each with its numbers: in colour, or gone words as [-so-] and new ones as {+so+} where there is
    none. Then the numbers that paragraphs with the same words have now."""
    screen = open_console()
    coloured = screen.color_system is not None and not screen.no_color
    say(screen, Text(f"{found.letter}: from version {found.earlier} to version {found.later}", style="bold"))
    changed = [one for one in found.compared if one.change in ("changed", "gone", "new")]
    for one in changed:
        numbers = " → ".join(str(number or "–") for number in (one.before, one.after))
        kind = "" if one.kind == "paragraph" else f"{one.kind} "
        screen.print()
        say(screen, Text.assemble((f"{kind}{numbers}  ", "cyan"), *(_marked(word, coloured) for word in one.words)))
    if not changed:
        screen.print("No words changed.")
    if kept := ", ".join(_runs(found)):
        screen.print()
        say(screen, Text(f"The same words: {kept}.", style="dim"))


def _marked(word: Stretch, coloured: bool) -> tuple[str, str]:
    if coloured:
        return word.text, _STYLES[word.change]
    bare = word.text.rstrip()
    return _PLAIN[word.change].format(bare) + word.text[len(bare) :], ""


def _runs(found: Changes) -> Iterator[str]:
    """ "1–8", "10–12 → 11–13": the paragraphs that kept their words, those in a row together."""
    run = list[Compared]()
    kept = [one for one in found.compared if one.kind == "paragraph" and one.change in ("same", "moved")]
    for one, after in zip(kept, [*kept, None][1:], strict=True):
        run.append(one)
        if after and (after.before, after.after) == ((one.before or 0) + 1, (one.after or 0) + 1):
            continue
        first, last = run[0], run[-1]
        before, now = (
            f"{a}" if a == b else f"{a}–{b}" for a, b in ((first.before, last.before), (first.after, last.after))
        )
        yield before if before == now else f"{before} → {now}"
        run = []
