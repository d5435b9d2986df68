"""The parameters of the API: what each may be, for the document and for the requests alike.

Owns the reading of a request's parameters by their JSON schemas. Must not know what they are for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from webui.errors import BadAddress

# A whole number as a program writes it: `20`, `0`; no sign, no leading zero, no more digits than any limit has.
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")

# The end of a schema's pattern, `^[0-9]{4}$`: in Python, but not in a schema, a line feed may stand behind it.
_END = re.compile(r"\$\Z")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an address. `schema` is the JSON schema of one value, of a text or a whole number.

    A `repeated` one may be given several times, up to so many. Without a default it is "" or 0 where it is left out,
    unless it is `required`. `wrong` tells why a value is none, "" for one that is: it stands in the place of a pattern,
    which can only say what is always understood.
    """

    name: str
    help: str
    schema: Mapping[str, Any]
    repeated: int = 0
    required: bool = False
    wrong: Callable[[str], str] | None = None

    @property
    def document(self) -> dict[str, Any]:
        """As OpenAPI describes it."""
        schema = dict(self.schema)
        if self.repeated:
            schema = {"type": "array", "items": schema, "maxItems": self.repeated}
        return {
            "name": self.name,
            "in": "query",
            "description": self.help,
            "required": self.required,
            "schema": schema,
        }


class BadParameter(BadAddress):
    """A parameter that is none, or not what it should be; `name` is the parameter's."""

    def __init__(self, message: str, name: str) -> None:
        super().__init__(message)
        self.name = name


def read(parameters: Iterable[Parameter], given: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """The values by name, every name of the parameters there. Raises BadParameter for the first that is wrong."""
    known = {each.name: each for each in parameters}
    found: dict[str, list[str]] = {name: [] for name in known}
    for name, value in given:
        if name not in known:
            raise BadParameter(
                f"There is no parameter {name[:40]!r} here; there are {', '.join(known)}.", name
            )
        parameter = known[name]
        found[name].append(_checked(parameter, value))
        if len(found[name]) > max(1, parameter.repeated):
            most = f"{parameter.repeated} times" if parameter.repeated else "once"
            raise BadParameter(f"The parameter {name} may be given {most}.", name)
    for name, parameter in known.items():
        if parameter.required and not found[name]:
            raise BadParameter(f"The parameter {name} is missing.", name)
        if "default" in parameter.schema and not found[name]:
            found[name] = [str(parameter.schema["default"])]
    return found


def _checked(parameter: Parameter, value: str) -> str:
    schema, name = parameter.schema, parameter.name
    if schema["type"] == "integer":
        low, high = schema["minimum"], schema["maximum"]
        if not _NUMBER.fullmatch(value) or not low <= int(value) <= high:
            raise BadParameter(f"The parameter {name} must be a number from {low} to {high}.", name)
    elif "enum" in schema:
        if value not in schema["enum"]:
            raise BadParameter(
                f"The parameter {name} must be one of {', '.join(schema['enum'])}.", name
            )
    elif not schema.get("minLength", 0) <= len(value) <= schema["maxLength"]:
        low, high = schema.get("minLength", 0), schema["maxLength"]
        raise BadParameter(f"The parameter {name} must have {low} to {high} characters.", name)
    elif parameter.wrong is not None:
        if reason := parameter.wrong(value):
            raise BadParameter(f"The parameter {name} is wrong: {reason}", name)
    elif "pattern" in schema and not re.search(_END.sub(r"\\Z", schema["pattern"]), value):
        raise BadParameter(
            f"The parameter {name} is not written as it should be; like {schema['examples'][0]}.",
            name,
        )
    return value
