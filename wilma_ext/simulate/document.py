"""Reading a world file: every scalar is a word, and no key may stand twice."""

from typing import Any

import yaml

from wilma_ext.errors import WilmaExtError


class WorldError(WilmaExtError):
    """The world file cannot be understood; the message says where and why."""


class _WordLoader(yaml.SafeLoader):
    """YAML without guesses: `yes`, `no`, `on`, `off` and `007` stay the words they are."""

    yaml_implicit_resolvers: dict[str, Any] = {}


def _mapping(loader: _WordLoader, node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        line = key_node.start_mark.line + 1
        if not isinstance(key, str):
            raise WorldError(f"line {line}: a key must be a word")
        if key in found:
            raise WorldError(f"line {line}: the key {key!r} stands twice")
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_WordLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_document(text: str) -> dict[str, Any]:
    """Return the file as nested mappings and lists of words."""
    try:
        found = yaml.load(text, Loader=_WordLoader)  # noqa: S506 - a SafeLoader of our own
    except yaml.YAMLError as error:
        raise WorldError(f"not YAML: {error}") from error
    if not isinstance(found, dict):
        raise WorldError("a world is a mapping with the key `version`")
    return found
