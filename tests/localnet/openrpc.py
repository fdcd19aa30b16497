"""localnet/openrpc.json, and whether an answer is what it says. Knows the few words of JSON Schema that file uses."""

import json
import re
from typing import Any

DOCUMENT = "openrpc.json"
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
WORDS = {
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "pattern",
    "minimum",
    "oneOf",
    "anyOf",
}


class Description:
    """The description, method by method."""

    def __init__(self, text: str) -> None:
        self.methods = {method["name"]: method for method in json.loads(text)["methods"]}

    def check(self, method: str, result: Any) -> None:
        """Raises AssertionError with the place where the result differs."""
        faults = _faults(self.methods[method]["result"]["schema"], result, method)
        assert not faults, "; ".join(faults)


def _faults(schema: dict[str, Any], value: Any, at: str) -> list[str]:
    assert set(schema) <= WORDS, f"unknown words in the description at {at}: {set(schema) - WORDS}"
    found = _choice_faults(schema, value, at)
    kind = schema.get("type")
    if kind is not None and (not isinstance(value, TYPES[kind]) or (kind == "integer" and isinstance(value, bool))):
        return [f"{at} is {value!r}, not {kind}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{at} is {value!r}, none of {schema['enum']}")
    if "pattern" in schema and not re.search(schema["pattern"], value):
        found.append(f"{at} is {value!r}, not like {schema['pattern']}")
    if "minimum" in schema and value < schema["minimum"]:
        found.append(f"{at} is {value}, below {schema['minimum']}")
    if isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            found += _faults(schema["items"], item, f"{at}[{index}]")
    if isinstance(value, dict) and "properties" in schema:
        found += _member_faults(schema, value, at)
    return found


def _choice_faults(schema: dict[str, Any], value: Any, at: str) -> list[str]:
    for word in ("oneOf", "anyOf"):
        if word in schema:
            tried = [_faults(choice, value, at) for choice in schema[word]]
            if all(tried):
                return [f"{at} fits no form: {min(tried, key=len)}"]
            if word == "oneOf" and sum(not faults for faults in tried) > 1:
                return [f"{at} fits more than one form"]
    return []


def _member_faults(schema: dict[str, Any], value: dict[str, Any], at: str) -> list[str]:
    found = [f"{at} lacks {name}" for name in schema["required"] if name not in value]
    for name, member in value.items():
        if name in schema["properties"]:
            found += _faults(schema["properties"][name], member, f"{at}.{name}")
        else:
            found.append(f"{at} has {name}, which is not described")
    return found
