"""The rules that the lines of an organisation file must follow together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from samkoll.core.text import listing
from samkoll.org.importing.lines import (
    BOARD,
    CODE,
    ENDS,
    KIND,
    PARENT,
    REPLACES,
    STARTS,
    Fault,
    Line,
    suggest,
)
from samkoll.org.importing.tree import Key, Known, Node, by_code, is_top


class Checker:
    """Puts the lines over what is known, and collects every fault that it meets.

    After ``run`` without faults: ``nodes`` is the whole organisation as it would be, ``boards``
    the file's boards, ``successions`` who carries on whom.
    """

    def __init__(self, lines: list[Line], known: Known, day: date) -> None:
        self.known = known
        self.day = day
        self.boards = [line for line in lines if line.is_board]
        self.lines = [line for line in lines if not line.is_board]
        self.faults: list[Fault] = []
        self.nodes: dict[Key, Node] = dict(known.units)
        self.successions: list[tuple[Key, Key]] = []

    def run(self) -> None:
        """All checks, in an order in which each can trust the ones before."""
        self._boards_once()
        self._lay_out()
        self._codes_once()
        self.code = by_code(self.nodes.values())
        self._find_parents()
        self._find_boards()
        self._unmoved()
        self._one_top()
        self._no_circles()
        self._nothing_left_below()
        self._find_predecessors()

    def _fault(self, row: int, column: str, sentence: str) -> None:
        self.faults.append(Fault(row, column, sentence))

    def _boards_once(self) -> None:
        self.names = dict(self.known.boards)
        seen: set[str] = set()
        for line in self.boards:
            if line.code in seen:
                self._fault(line.row, CODE, _("nämnden står redan på en annan rad."))
            elif self.known.boards.get(line.code, line.name) != line.name:
                self._fault(
                    line.row,
                    CODE,
                    _("nämnden %(code)s heter redan %(name)s: en ny nämnd får en ny kod.")
                    % {"code": line.code, "name": self.known.boards[line.code]},
                )
            seen.add(line.code)
            self.names[line.code] = line.name

    def _lay_out(self) -> None:
        for line in self.lines:
            key = (line.code, line.starts)
            earlier = self.nodes.get(key)
            if earlier is not None and earlier.row:
                self._fault(
                    line.row,
                    CODE,
                    _("samma kod och dag står på rad %(row)d.") % {"row": earlier.row},
                )
                continue
            self.nodes[key] = Node(
                code=line.code,
                name=line.name,
                kind=line.kind,
                starts=line.starts,
                ends=line.ends,
                board=line.board,
                row=line.row,
            )

    def _codes_once(self) -> None:
        for nodes in by_code(self.nodes.values()).values():
            for older, newer in pairwise(nodes):
                if older.ends is None or older.ends >= newer.starts:
                    self._fault(
                        newer.row or older.row,
                        CODE,
                        _(
                            "koden %(code)s gäller redan från %(day)s: avsluta den enheten på en "
                            "egen rad, eller skriv samma första dag."
                        )
                        % {"code": newer.code, "day": older.starts},
                    )

    def _find_parents(self) -> None:
        for line in self.lines:
            node = self.nodes[(line.code, line.starts)]
            if node.row != line.row or not line.parent:
                continue
            parent = self._parent(line)
            if parent is not None:
                self.nodes[node.key] = replace(node, parent=parent.key)

    def _parent(self, line: Line) -> Node | None:
        candidates = self.code.get(line.parent, [])
        if not candidates:
            self._fault(line.row, PARENT, self._unknown(line.parent, list(self.code)))
            return None
        parent = next((node for node in candidates if node.covers(line.starts)), None)
        if parent is None:
            self._fault(
                line.row,
                STARTS,
                _("%(parent)s gäller %(period)s: en enhet kan inte gälla utanför det.")
                % {"parent": line.parent, "period": listing(_period(n) for n in candidates)},
            )
        elif parent.ends is not None and (line.ends is None or line.ends > parent.ends):
            self._fault(
                line.row,
                ENDS,
                _("%(parent)s slutar gälla %(day)s: avsluta enheten senast då.")
                % {"parent": parent.code, "day": parent.ends},
            )
        return parent

    def _find_boards(self) -> None:
        codes = {name.lower(): code for code, name in self.names.items()}
        for node in list(self._from_file()):
            if not node.board:
                continue
            code = node.board if node.board in self.names else codes.get(node.board.lower())
            if code is None:
                self._fault(node.row, BOARD, self._unknown_board(node.board))
                continue
            self.nodes[node.key] = replace(node, board=code)
            before = self.known.units.get(node.key)
            if before and before.board not in ("", code) and self._too_early(before):
                self._fault(
                    node.row,
                    BOARD,
                    _(
                        "enheten hör till %(board)s från %(day)s: välj en senare dag för "
                        "inläsningen."
                    )
                    % {"board": before.board, "day": before.board_since},
                )

    def _too_early(self, before: Node) -> bool:
        return before.board_since is not None and before.board_since >= max(self.day, before.starts)

    def _unmoved(self) -> None:
        """What is known of a unit stays, but for its name, its board and a first last day."""
        for node in self._from_file():
            before = self.known.units.get(node.key)
            if before is None:
                continue
            if before.parent != node.parent and node.parent is not None:
                self._fault(
                    node.row,
                    PARENT,
                    _(
                        "en enhet flyttar inte: avsluta den och lägg till en ny rad med ny första "
                        "dag, som ersätter den gamla."
                    ),
                )
            if before.kind != node.kind:
                self._fault(
                    node.row, KIND, _("en enhet byter inte typ: avsluta den och öppna en ny.")
                )
            if before.ends is not None and before.ends != node.ends:
                self._fault(
                    node.row,
                    ENDS,
                    _("enheten avslutades %(day)s, och det ändras inte: öppna en ny enhet.")
                    % {"day": before.ends},
                )

    def _one_top(self) -> None:
        tops = [node for node in self.nodes.values() if is_top(node)]
        if not tops:
            row = min((line.row for line in self.lines), default=1)
            self._fault(row, KIND, _("en rad ska ha typen kommun: den är överst."))
        for node in tops[1:] if len(tops) > 1 else []:
            self._fault(
                node.row or tops[0].row,
                KIND,
                _("kommunen finns redan med koden %(code)s: bara en rad är överst.")
                % {"code": tops[0].code},
            )

    def _no_circles(self) -> None:
        good: set[Key] = set()
        for start in self._from_file():
            way: list[Key] = []
            here: Key | None = start.key
            while here is not None and here not in good and here not in way:
                way.append(here)
                here = self.nodes[here].parent
            if here in way:
                circle = way[way.index(here) :]
                codes = " > ".join(code for code, _day in [*circle, circle[0]])
                self._fault(
                    self.nodes[circle[0]].row,
                    PARENT,
                    _("enheterna ligger under varandra i en ring: %(codes)s.") % {"codes": codes},
                )
            good.update(way)

    def _nothing_left_below(self) -> None:
        """A unit may not end while the database has units below it that go on."""
        for child in self.nodes.values():
            if child.row or child.parent is None:
                continue
            parent = self.nodes[child.parent]
            if parent.row and parent.ends and (child.ends is None or child.ends > parent.ends):
                self._fault(
                    parent.row,
                    ENDS,
                    _("under enheten finns %(child)s som inte slutar: ta med den i filen.")
                    % {"child": child.code},
                )

    def _find_predecessors(self) -> None:
        for line in self.lines:
            successor = self.nodes[(line.code, line.starts)]
            for code in line.replaces:
                ended = [n for n in self.code.get(code, []) if n.ends and n.key != successor.key]
                carried = [n for n in ended if successor.covers(_day_after(n))]
                if carried:
                    self.successions.append((carried[-1].key, successor.key))
                elif code not in self.code:
                    self._fault(line.row, REPLACES, self._unknown(code, list(self.code)))
                else:
                    self._fault(
                        line.row,
                        REPLACES,
                        _(
                            "%(code)s ska sluta gälla dagen innan enheten tar vid: skriv dess "
                            "sista dag på dess egen rad."
                        )
                        % {"code": code},
                    )

    def _from_file(self) -> Iterator[Node]:
        return iter([node for node in self.nodes.values() if node.row])

    def _unknown(self, code: str, codes: list[str]) -> str:
        said = _("det finns ingen enhet med koden ”%(code)s”.") % {"code": code}
        return f"{said} {suggest(code, codes)}".strip()

    def _unknown_board(self, board: str) -> str:
        said = _(
            "det finns ingen nämnd ”%(board)s”: lägg till en rad med kod, namn och typen nämnd."
        ) % {"board": board}
        return f"{said} {suggest(board, [*self.names, *self.names.values()])}".strip()


def _day_after(node: Node) -> date:
    return (node.ends or node.starts) + timedelta(days=1)


def _period(node: Node) -> str:
    return f"{node.starts} – {node.ends or ''}".strip()
