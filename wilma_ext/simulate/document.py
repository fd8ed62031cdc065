"""Reading a world file: every scalar is a word, and no key may stand twice."""

from dataclasses import dataclass
from typing import Any

import yaml

from wilma_ext.errors import WilmaExtError

#: Where something stands in the file: keys, and numbers in lists.
Place = tuple[str, ...]


class WorldError(WilmaExtError):
    """The world file cannot be understood; each problem is its place in the file and words."""

    def __init__(self, *problems: tuple[Place, str]) -> None:
        super().__init__("; ".join(_sentence(place, words) for place, words in problems))
        self.problems = problems


@dataclass(frozen=True)
class Document:
    """The file as nested mappings and lists of words, which knows its lines."""

    values: dict[str, Any]
    root: yaml.Node

    def located(self, error: WorldError) -> WorldError:
        """Return the error with the line of each problem that has a place."""
        return WorldError(
            *(
                ((), f"line {self._line(place)}: {_sentence(place, words)}" if place else words)
                for place, words in error.problems
            )
        )

    def _line(self, place: Place) -> int:
        """The line of the place, or of the nearest thing around it that stands in the file."""
        node, line = self.root, self.root.start_mark.line
        for step in place:
            found = _step(node, step)
            if found is None:
                break
            node, line = found
        return line + 1


class _WordLoader(yaml.SafeLoader):
    """YAML without guesses: `yes`, `no`, `on`, `off` and `007` stay the words they are."""

    yaml_implicit_resolvers: dict[str, Any] = {}


def _mapping(loader: _WordLoader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise WorldError(((), f"line {line}: a key must be a word"))
        if key in found:
            raise WorldError(((), f"line {line}: the key {key!r} stands twice"))
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_WordLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_document(text: str) -> Document:
    """Return the file as nested mappings and lists of words."""
    try:
        loader = _WordLoader(text)
        root = loader.get_single_node()
        found = loader.construct_document(root) if root is not None else None
    except yaml.YAMLError as error:
        raise WorldError(((), f"not YAML: {error}")) from error
    if root is None or not isinstance(found, dict):
        raise WorldError(((), "a world is a mapping with the key `checks`"))
    return Document(found, root)


def _sentence(place: Place, words: str) -> str:
    return f"{'.'.join(place)}: {words}" if place else words


def _step(node: yaml.Node, step: str) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.SequenceNode) and step.isdecimal() and int(step) < len(node.value):
        item = node.value[int(step)]
        return item, item.start_mark.line
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return value, key.start_mark.line
    return None
