"""Size rules of the house: median function <= 8 lines, 90 % <= 25, none over 50; files <= 400; nesting <= 3; <= 4 positional arguments.

Prints each breach and exits with 1 where there is one. An exception stands in ALLOWED with its reason.
"""

import ast
import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FUNCTION_MEDIAN, FUNCTION_P90, FUNCTION_MAX = 8, 25, 50
FILE_MEDIAN, FILE_MAX = 150, 400
NESTING_MAX, POSITIONAL_MAX = 3, 4
ALLOWED: dict[str, str] = {  # "digest/x.py:name": "reason"
    "digest/sheet/__init__.py:fill": "takes what steps 2 to 5 hand over, and the design",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)


def functions(tree: ast.Module) -> Iterator[Function]:
    """Every function and method of a module, inner ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """Lines of a function without its docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) and isinstance(first, ast.Expr):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def nesting(node: ast.AST, depth: int = 0) -> int:
    """Deepest nesting of blocks below a node; an elif counts as its if."""
    deepest = depth
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.Lambda | ast.ClassDef):
            continue
        step = isinstance(child, BLOCKS) and not is_elif(node, child)
        deepest = max(deepest, nesting(child, depth + step))
    return deepest


def is_elif(parent: ast.AST, child: ast.AST) -> bool:
    """Whether an if is the only thing in its parent's else."""
    return isinstance(parent, ast.If) and isinstance(child, ast.If) and parent.orelse == [child]


def breaches(path: Path, function: Function) -> Iterator[str]:
    """The rules one function breaks."""
    place = f"{path.relative_to(ROOT).as_posix()}:{function.name}"
    if place in ALLOWED:
        return
    if length(function) > FUNCTION_MAX:
        yield f"{place} has {length(function)} lines, over {FUNCTION_MAX}"
    if nesting(function) > NESTING_MAX:
        yield f"{place} nests {nesting(function)} deep, over {NESTING_MAX}"
    positional = [a for a in function.args.posonlyargs + function.args.args if a.arg not in ("self", "cls")]
    if len(positional) > POSITIONAL_MAX:
        yield f"{place} takes {len(positional)} positional arguments, over {POSITIONAL_MAX}"


def main() -> int:
    """Measure digest/ and report."""
    paths = sorted((ROOT / "digest").rglob("*.py"))
    texts = {path: path.read_text("utf-8") for path in paths}
    trees = {path: ast.parse(text) for path, text in texts.items()}
    bad = [line for path, tree in trees.items() for function in functions(tree) for line in breaches(path, function)]
    files = {path: text.count("\n") for path, text in texts.items()}
    bad += [f"{path.relative_to(ROOT).as_posix()} has {n} lines, over {FILE_MAX}" for path, n in files.items() if n > FILE_MAX]
    lengths = sorted(length(function) for tree in trees.values() for function in functions(tree))
    median, p90 = statistics.median(lengths), lengths[int(len(lengths) * 0.9)]
    if median > FUNCTION_MEDIAN or p90 > FUNCTION_P90:
        bad.append(f"functions: median {median} (limit {FUNCTION_MEDIAN}), p90 {p90} (limit {FUNCTION_P90})")
    if statistics.median(files.values()) > FILE_MEDIAN:
        bad.append(f"files: median {statistics.median(files.values())} lines, over {FILE_MEDIAN}")
    print(*bad, sep="\n")
    print(f"sizes: {len(paths)} files, {len(lengths)} functions, median {median}, p90 {p90}, {len(bad)} breaches")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
