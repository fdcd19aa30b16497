"""PURE: elements of an e-invoice by local names, whatever its prefixes and its age. Never follows a reference."""

from typing import Any, cast

from lxml import etree


def nodes(root: etree._Element, path: str) -> list[etree._Element]:
    found = root.xpath(_path(path))
    assert isinstance(found, list)  # our paths select elements only
    return cast("list[Any]", found)


def texts(root: etree._Element, path: str) -> tuple[str, ...]:
    found = ((node.text or "").strip() for node in nodes(root, path))
    return tuple(" ".join(one.split()) for one in found if one)


def text(root: etree._Element, path: str) -> str | None:
    return next(iter(texts(root, path)), None)


def _path(path: str) -> str:
    """XPath without prefixes: a step is a local name, or `A|B` for the two ages of CII; `./` starts at the root."""
    steps = []
    for step in path.removeprefix("./").split("/"):
        if step.startswith("*"):
            steps.append(step)
            continue
        names, _, condition = step.partition("[")
        either = " or ".join(f"local-name()='{name}'" for name in names.split("|"))
        steps.append(f"*[{either}]" + (f"[{condition}" if condition else ""))
    return ("./" if path.startswith("./") else ".//") + "/".join(steps)
