"""Bars against targets, and the tree of who trained whom: where everything stands in a drawing.

Units of the drawings; the scale and the tree run along the line of reading, mirrored in
right-to-left text.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from learning.reporting.lineage import Node
from learning.reporting.provinces import Province

BAR = 92  # units of the longest bar or target
BOX, BOX_GAP, MARGIN = 216, 56, 12  # width of a box, the room between two columns, of text in it
HEAD = {False: 34, True: 52}  # above the boxes, for the names of the generations
ROW, ROW_GAP = {False: 78, True: 104}, 14  # heights by how tall the script is
MOST_BOXES = 24  # more are no picture any more, and the list tells them all


@dataclass(frozen=True)
class Bar:
    """How much of a target: `length` of the bar and where the target stands, from `start`."""

    x: int
    length: int
    target: int


def bars(rows: Sequence[Province], *, rtl: bool) -> dict[str, Bar]:
    """A bar for each row that has both numbers, all on one scale."""
    both = [
        (r.code, r.trained, r.target) for r in rows if r.code and r.target and r.trained is not None
    ]
    longest = max([max(trained or 0, target or 0) for _code, trained, target in both], default=1)
    found = {}
    for code, trained, target in both:
        length = BAR * (trained or 0) // longest
        at = BAR * (target or 0) // longest
        found[code] = Bar(BAR - length if rtl else 0, length, BAR - at if rtl else at)
    return found


@dataclass(frozen=True)
class Box:
    """One box of the tree: a training of trainers (`node`), or what its people led besides."""

    x: int
    y: int
    node: Node
    is_training: bool


@dataclass(frozen=True)
class Edge:
    """From a box to one that descends from it."""

    x1: int
    y1: int
    middle: int
    x2: int
    y2: int


@dataclass
class Tree:
    boxes: list[Box] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    columns: int = 0
    row_height: int = ROW[False]
    head: int = HEAD[False]
    rtl: bool = False
    rows: int = 0

    @property
    def width(self) -> int:
        return self.columns * (BOX + BOX_GAP) - BOX_GAP + 2

    @property
    def height(self) -> int:
        return self.head + self.rows * (self.row_height + ROW_GAP)

    @property
    def heads(self) -> list[tuple[int, int]]:
        """The number of each generation, and where its column begins for text."""
        return [
            (column, _x(self, column) + (BOX if self.rtl else 0)) for column in range(self.columns)
        ]

    @property
    def box(self) -> int:
        return BOX

    @property
    def start(self) -> int:
        """Where lines of text begin in a box."""
        return BOX - MARGIN if self.rtl else MARGIN


def tree_of(roots: Iterable[Node], *, tall: bool, rtl: bool) -> Tree | None:
    """The drawing of who trained whom; None without anything, or with too much to draw."""
    roots = list(roots)
    if not 0 < sum(_boxes(root) for root in roots) <= MOST_BOXES:
        return None
    tree = Tree(row_height=ROW[tall], head=HEAD[tall], rtl=rtl, columns=max(map(_depth, roots)))
    for root in roots:
        _place(tree, root, 0)
    return tree


def _children(node: Node) -> list[Node]:
    return [training for branch in node.branches for training in branch.trainings]


def _boxes(node: Node) -> int:
    return 1 + bool(node.sessions) + sum(map(_boxes, _children(node)))


def _depth(node: Node) -> int:
    return 1 + max([bool(node.sessions), *map(_depth, _children(node))])


def _place(tree: Tree, node: Node, column: int) -> int:
    """Adds a box, amid all that descends from it; returns where its middle is."""
    middles = [_place(tree, child, column + 1) for child in _children(node)]
    if node.sessions:
        middles.append(_add(tree, node, column + 1, tree.rows, is_training=False))
    if not middles:
        return _add(tree, node, column, tree.rows, is_training=True)
    middle = (middles[0] + middles[-1]) // 2
    tree.boxes.append(Box(_x(tree, column), middle - tree.row_height // 2, node, is_training=True))
    tree.edges.extend(_edges(tree, column, middle, middles))
    return middle


def _add(tree: Tree, node: Node, column: int, row: int, *, is_training: bool) -> int:
    y = tree.head + row * (tree.row_height + ROW_GAP) + 1
    tree.boxes.append(Box(_x(tree, column), y, node, is_training))
    tree.rows = row + 1
    return y + tree.row_height // 2


def _x(tree: Tree, column: int) -> int:
    x = column * (BOX + BOX_GAP) + 1
    return tree.width - BOX - x if tree.rtl else x


def _edges(tree: Tree, column: int, middle: int, ends: Iterable[int]) -> Iterator[Edge]:
    start, end = _x(tree, column), _x(tree, column + 1)
    x1, x2 = (start, end + BOX) if tree.rtl else (start + BOX, end)
    for y in ends:
        yield Edge(x1, middle, (x1 + x2) // 2, x2, y)
