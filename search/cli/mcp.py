"""The command `mcp`: the tools for assistants by the Model Context Protocol, over standard input and output or HTTP.

Owns the one place that knows the protocol's library: how tools, resources and prompts are registered, errors told, and
a server begun and ended. Must not know what a tool does. Standard output belongs to the protocol, so all that is said
goes to standard error.
"""

from __future__ import annotations

import inspect
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import wraps
from importlib import metadata
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, NoReturn

import click

from search.assistants.attaching import ATTACHMENTS, REQUESTS, Attachment, Request
from search.assistants.tools import INSTRUCTIONS, LIMITS, PARAMETERS, TOOLS, Tools
from search.cli.console import INTERRUPTED, Failure, failures, index_option, number, tell
from search.cli.users import read_rights_of, rights_option
from search.errors import NotFound, SearchError
from search.library.index import Index
from search.rights.file import Reader
from search.settings import read_settings

if TYPE_CHECKING:
    from mcp.server import MCPServer
    from mcp.server.mcpserver.prompts.base import Prompt
    from mcp.server.mcpserver.tools import Tool
    from pydantic import ValidationError

_LOOPBACK = "127.0.0.1"
_PATH = "/mcp"
_PORT = 8001


@click.command()
@index_option
@click.option(
    "--address",
    default="",
    metavar="URL",
    help="The address of the site whose pages the answers link to: https://cables.example. Optional.",
)
@click.option("--http", is_flag=True, help="Serve over HTTP on this machine, not standard input.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help=f"The port for --http; default {_PORT}, 0 takes a free one.",
)
@rights_option
@click.option(
    "--reader",
    metavar="NAME",
    help="Read what this reader may read, by the file of rights; without it, with --rights, what everyone may.",
)
def mcp(
    folder: Path,
    address: str,
    http: bool,
    port: int | None,
    rights: Path | None,
    reader: str | None,
) -> None:
    """Let an assistant search, read and cite the cables by the Model Context Protocol (MCP).

    The assistant's program starts this command and speaks with it over standard input and output; README.md has the
    lines to add there. The tools read only.
    """
    if port is not None and not http:
        raise Failure("--port is for --http; say --http with it.")
    server_of = _protocol()
    with failures(), Index(folder, address, collections=_collections(rights, reader)) as index:
        cables = number(index.stats().cables, "cable")
        server = server_of(Tools(index))
        if http:
            _serve_http(server, _PORT if port is None else port, cables)
        else:
            tell(
                f"cablegram: {cables} for an assistant on standard input and output; Ctrl-C ends it"
            )
            _serve_standard_streams(server)


def _collections(rights: Path | None, reader: str | None) -> tuple[Path, ...]:
    """The index folders that a reader may read; none where there are no rights."""
    if rights is None and reader is None and not read_settings().rights:
        return ()
    found = read_rights_of(rights).of(Reader(reader or ""))
    if not found:
        raise Failure(f"{reader or 'whoever has not signed in'} may read no collection.")
    return tuple(each.folder for each in found)


def _protocol() -> Callable[[Tools], MCPServer]:
    """What makes the server. Raises Failure where the protocol's library is not installed."""
    try:
        from mcp.server import MCPServer  # noqa: F401
    except ImportError as error:
        # A package that this one needs in turn is another matter.
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise Failure(
            "cablegram mcp needs the package mcp, 2.3 or newer; install it with: pip install 'cablegram[mcp]'"
        ) from error
    return mcp_server


def mcp_server(tools: Tools) -> MCPServer:
    """The server of these tools, for either way of speaking with it."""
    from mcp.server import MCPServer
    from mcp.server.mcpserver.exceptions import ToolError
    from pydantic import ValidationError

    class Server(MCPServer):
        """Refuses arguments that a tool does not have, which the library passes over, and tells in one sentence what
        is wrong with one that it has."""

        async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
            _check_names(name, arguments, offered)
            try:
                return await super().call_tool(name, arguments, context)
            except ToolError as error:
                if isinstance(error.__cause__, ValidationError):
                    raise ToolError(_sentence(error.__cause__)) from error.__cause__
                raise

    offered = {name: _tool(name, getattr(tools, name)) for name in TOOLS}
    server = Server(
        "cablegram",
        title="Cablegram",
        version=metadata.version("cablegram"),
        instructions=INSTRUCTIONS,
        tools=list(offered.values()),
        log_level="WARNING",
    )
    for attachment in ATTACHMENTS:
        _offer(server, attachment, tools)
    for request in REQUESTS:
        server.add_prompt(_prompt(request))
    return server


def _offer(server: MCPServer, attachment: Attachment, tools: Tools) -> None:
    """Offers what stands behind addresses as resources."""
    from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError

    text = attachment.text(tools)

    @wraps(text)
    def read(**named: str) -> str:
        try:
            return text(**named)
        except NotFound as error:
            raise ResourceNotFoundError(str(error)) from error
        except SearchError as error:
            raise ResourceError(str(error)) from error

    server.resource(
        attachment.template,
        name=attachment.name,
        title=attachment.title,
        description=attachment.description,
        mime_type="text/plain",
    )(read)


def _prompt(request: Request) -> Prompt:
    """A request as the protocol describes it."""
    from mcp.server.mcpserver.prompts.base import Prompt

    prompt = Prompt.from_function(
        _refusing(request.text), request.name, request.title, request.description
    )
    for argument in prompt.arguments or ():
        argument.description = request.described[argument.name]
    return prompt


def _refusing(text: Callable[..., str]) -> Callable[..., str]:
    """The same, with what is wrong with an argument told as the protocol has it."""
    from mcp.shared.exceptions import MCPError
    from mcp_types import INVALID_PARAMS

    @wraps(text)
    def worded(**named: str) -> str:
        try:
            return text(**named)
        except SearchError as error:
            raise MCPError(INVALID_PARAMS, str(error)) from error

    return worded


def _tool(name: str, method: Callable[..., Any]) -> Tool:
    """A tool as the protocol describes it: its text, the schema of its parameters and that of its answer."""
    from mcp.server.mcpserver.tools import Tool
    from mcp_types import ToolAnnotations

    tool = Tool.from_function(
        _telling(method),
        name,
        TOOLS[name],
        inspect.getdoc(method),
        annotations=ToolAnnotations(
            read_only_hint=True,
            destructive_hint=False,
            idempotent_hint=True,
            open_world_hint=False,
        ),
        # Without this a type that has no schema would be passed over in silence.
        structured_output=True,
    )
    for parameter, schema in tool.parameters["properties"].items():
        schema["description"] = PARAMETERS[parameter]
        if (name, parameter) in LIMITS:
            schema["minimum"], schema["maximum"] = LIMITS[name, parameter]
    tool.parameters["additionalProperties"] = False
    return tool


def _telling(method: Callable[..., Any]) -> Callable[..., Any]:
    """The same, with errors as the protocol's library hands them to the assistant: of others it tells the name only."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(method)
    def answer(*arguments: Any, **named: Any) -> Any:
        try:
            return method(*arguments, **named)
        except SearchError as error:
            raise ToolError(str(error)) from error

    return answer


def _sentence(wrong: ValidationError) -> str:
    """What is wrong with the arguments of a call."""
    first = wrong.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    return f"The argument {name} is wrong: {first['msg'][:1].lower()}{first['msg'][1:]}."


def _check_names(name: str, arguments: dict[str, Any], offered: dict[str, Tool]) -> None:
    from mcp.server.mcpserver.exceptions import ToolError

    if name in offered:
        known = offered[name].parameters["properties"]
        unknown = [each for each in arguments if each not in known]
        if unknown:
            raise ToolError(
                f"The tool {name} has no argument {unknown[0][:40]!r}; it has {', '.join(known) or 'none'}."
            )


def _serve_standard_streams(server: MCPServer) -> None:
    """Until standard input ends, or Ctrl-C."""
    import anyio

    def end(signal_number: int, frame: FrameType | None) -> NoReturn:
        # A thread waits in a read of standard input, which no signal ends, and Python waits for threads. There is
        # nothing to be lost: the index is only read.
        interrupted = signal_number == signal.SIGINT
        if interrupted:
            tell("cablegram: interrupted")
        sys.stderr.flush()
        os._exit(INTERRUPTED if interrupted else 0)

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    try:
        anyio.run(server.run_stdio_async)
    except BaseExceptionGroup as group:
        _, others = group.split(BrokenPipeError)
        if others:
            raise
        # Whoever asked went away before the answer was written: as with any other command.
        raise BrokenPipeError from group


def _serve_http(server: MCPServer, port: int, cables: str) -> None:
    """At an address of this machine that no other can reach, until Ctrl-C or SIGTERM.

    The protocol's library answers only requests to a local name (Host) from a local page or none (Origin), so that no
    page of another site can ask.
    """
    import uvicorn

    def end(signal_number: int, frame: FrameType | None) -> NoReturn:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    try:
        listener = socket.create_server((_LOOPBACK, port))
    except OSError as error:
        reason = f"can't listen on port {port} of {_LOOPBACK} ({error.strerror})"
        raise Failure(f"{reason}; choose another with --port") from error
    with listener:
        app = server.streamable_http_app(
            streamable_http_path=_PATH, host=_LOOPBACK, stateless_http=True, json_response=True
        )
        config = uvicorn.Config(app, log_level="warning", access_log=False)
        chosen = listener.getsockname()[1]
        tell(
            f"cablegram: {cables} for an assistant at http://{_LOOPBACK}:{chosen}{_PATH} (Ctrl-C ends it)"
        )
        uvicorn.Server(config).run(sockets=[listener])
