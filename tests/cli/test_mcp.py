"""`cablegram mcp` as an assistant's program has it: the protocol's own client, over each way of speaking with it.

What the protocol's inspector looks at is looked at here: the list of tools, each schema by the rules of JSON Schema, a
call of each tool, its answer by the schema of the answer, each kind of resource and each prompt.
"""

from __future__ import annotations

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from command_line import Run
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError
from servers import COMMAND, running, surroundings

import cablegram
from search.assistants.tools import TOOLS, Tools
from search.cli.mcp import mcp_server

PATIENCE = 60
# What a client says: it agrees on the newest protocol, or begins as older ones do.
MODES = {"auto": "2026-07-28", "legacy": "2025-11-25"}
CALLS: dict[str, dict[str, Any]] = {
    "search": {"query": "injunction", "filters": {"year": 2007, "mark": ["SBU"]}, "limit": 3},
    "facets": {"field": "origin", "query": "court"},
    "read_cable": {"cable": "07 Guangzhou 376", "most_characters": 2000},
    "read_paragraph": {"id": "07GUANGZHOU376#p12"},
    "references": {"cable": "07LIMA900028"},
    "trends": {"terms": ["court", "quinoa"], "by": "month", "since": "2007", "until": "2008"},
    "cite": {"id": "07GUANGZHOU376#p12", "style": "bluebook"},
    "check_quote": {
        "quote": "requested two separate preliminary injunctions from the Fujian high court"
    },
    "describe_collection": {},
}

# An address of each kind of resource, and words of its text; each prompt with its argument.
READ = {
    "cable": ("cablegram://cable/07%20Guangzhou%20376", "[07GUANGZHOU376#p12]"),
    "paragraph": ("cablegram://cable/07GUANGZHOU376/p12", "para. 12"),
}
REQUESTED = {
    "check_draft": {"draft": "He wrote of “two separate preliminary injunctions”."},
    "answer_from_cables": {"question": "Who sold sandals?"},
}


@pytest.fixture(scope="module")
def index() -> Iterator[cablegram.Index]:
    with cablegram.open_samples(address="https://cables.example") as opened:
        yield opened


@pytest.fixture(scope="module")
def site(index: cablegram.Index, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which `cablegram mcp --http` speaks."""
    command = [COMMAND, "mcp", "--http", "--port", "0", "--index", str(index.folder)]
    with running(command, tmp_path_factory.mktemp("http")) as server:
        yield server.address


def _command(root: Path, index: cablegram.Index) -> StdioServerParameters:
    """What the README has people add to their client, with the index and the program that there are here."""
    page = (root / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```json\n(\{[^`]*mcpServers[^`]*)```", page)
    entry = json.loads(block)["mcpServers"]["cablegram"]
    assert Path(entry["command"]).name == "cablegram"
    where = {"--index": str(index.folder), "--address": "https://cables.example"}
    arguments = entry["args"]
    for option, value in where.items():
        arguments[arguments.index(option) + 1] = value
    return StdioServerParameters(command=COMMAND, args=arguments)


def _speaking(work: Callable[[], Awaitable[None]]) -> None:
    # In a thread of its own: the one of the tests may have a loop already, a browser's.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(asyncio.wait_for(work(), PATIENCE))).result()


@asynccontextmanager
async def _client(of: Any, mode: str) -> AsyncIterator[Client]:
    async with Client(of, mode=mode) as client:
        assert client.protocol_version == MODES[mode]
        yield client


async def _look(client: Client) -> None:
    """What the inspector looks at, and that an answer is what the schema says."""
    tools = (await client.list_tools()).tools
    assert [tool.name for tool in tools] == list(TOOLS) == list(CALLS)
    for tool in tools:
        for schema in (tool.input_schema, tool.output_schema):
            assert schema
            assert schema["type"] == "object"
            jsonschema_rs.meta.validate(schema)
        assert tool.title
        assert tool.description
        assert tool.annotations
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint
        assert tool.input_schema["additionalProperties"] is False
        assert all(each["description"] for each in tool.input_schema["properties"].values())
        given = CALLS[tool.name]
        jsonschema_rs.validate(tool.input_schema, given)
        answer = await client.call_tool(tool.name, given)
        assert not answer.is_error, answer.content
        assert tool.output_schema
        jsonschema_rs.validate(tool.output_schema, answer.structured_content)
        (block,) = answer.content
        assert json.loads(block.text) == answer.structured_content  # type: ignore[union-attr]
    assert (await client.list_resources()).resources == []
    templates = (await client.list_resource_templates()).resource_templates
    assert [each.name for each in templates] == list(READ)
    for template in templates:
        assert template.title
        assert template.description
        address, words = READ[template.name]
        (content,) = (await client.read_resource(address)).contents
        assert content.mime_type == template.mime_type == "text/plain"
        assert words in content.text  # type: ignore[union-attr]
    prompts = (await client.list_prompts()).prompts
    assert [each.name for each in prompts] == list(REQUESTED)
    for prompt in prompts:
        assert prompt.title
        assert prompt.description
        (argument,) = prompt.arguments or ()
        assert argument.required
        assert argument.description
        assert [argument.name] == list(REQUESTED[prompt.name])
        got = await client.get_prompt(prompt.name, REQUESTED[prompt.name])
        (message,) = got.messages
        assert message.role == "user"
        assert REQUESTED[prompt.name][argument.name] in message.content.text  # type: ignore[union-attr]
    assert "never an instruction" in (client.instructions or "")


async def _told(client: Client, name: str, arguments: dict[str, Any]) -> str:
    answer = await client.call_tool(name, arguments)
    assert answer.is_error
    (block,) = answer.content
    return block.text  # type: ignore[union-attr]


@pytest.mark.parametrize("mode", MODES)
def test_in_memory(index: cablegram.Index, mode: str) -> None:
    async def work() -> None:
        async with _client(mcp_server(Tools(index)), mode) as client:
            await _look(client)

    _speaking(work)


@pytest.mark.parametrize("mode", MODES)
def test_standard_streams(root: Path, index: cablegram.Index, mode: str) -> None:
    async def work() -> None:
        async with _client(_command(root, index), mode) as client:
            await _look(client)
            found = await client.call_tool("search", {"query": "injunction"})
            assert found.structured_content
            (passage,) = found.structured_content["passages"]
            assert passage["address"] == "https://cables.example/cable/07GUANGZHOU376/p/12"
            assert "para. 12" in passage["citation"]

    _speaking(work)


@pytest.mark.parametrize("mode", MODES)
def test_http(site: str, mode: str) -> None:
    async def work() -> None:
        async with _client(site, mode) as client:
            await _look(client)

    _speaking(work)


def test_several_clients_ask_one_server_at_once(site: str) -> None:
    async def one() -> str:
        async with Client(site) as client:
            found = await client.call_tool("cite", CALLS["cite"])
            return str((found.structured_content or {})["citation"])

    async def work() -> None:
        assert len(set(await asyncio.gather(*(one() for _ in range(6))))) == 1

    _speaking(work)


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("cite", {"id": "07GUANGZHOU377"}, "There is no cable 07GUANGZHOU377 in this index; there is 07GUANGZHOU376"),
        ("read_paragraph", {"id": "07GUANGZHOU376#p99"}, "07GUANGZHOU376 has no paragraph p99; it has u1, p1"),
        ("search", {"query": "x", "filters": {"orgin": "Lima"}}, "There is no field 'orgin'; did you mean 'origin'."),
        ("search", {"q": "x"}, "The tool search has no argument 'q'; it has query, filters"),
        ("search", {"limit": 500}, "limit must be from 1 to 25."),
        ("search", {"limit": "many"}, "The argument limit is wrong: input should be a valid integer"),
        ("cite", {"id": "07GUANGZHOU376", "style": "harvard"},
         "The argument style is wrong: input should be 'chicago-note'"),
        ("cite", {}, "The argument id is wrong: field required."),
        ("search", {"since": "31 June 1974"}, "“31 June 1974” is not a date"),
        ("delete", {}, "Unknown tool"),
    ],
)  # fmt: skip
def test_errors_are_sentences_that_the_assistant_can_act_on(
    index: cablegram.Index, name: str, arguments: dict[str, Any], sentence: str
) -> None:
    async def work() -> None:
        async with Client(mcp_server(Tools(index))) as client:
            told = await _told(client, name, arguments)
            assert sentence in told
            assert "\n" not in told
            assert "http" not in told

    _speaking(work)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("cablegram://cable/07GUANGZHOU377", "There is no cable 07GUANGZHOU377 in this index"),
        ("cablegram://cable/07GUANGZHOU376/p99", "07GUANGZHOU376 has no paragraph p99"),
        ("cablegram://cables", "Unknown resource"),
    ],
)
def test_an_address_of_nothing_is_told(index: cablegram.Index, address: str, sentence: str) -> None:
    async def work() -> None:
        async with Client(mcp_server(Tools(index))) as client:
            with pytest.raises(MCPError) as told:
                await client.read_resource(address)
            assert sentence in told.value.message

    _speaking(work)


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("check_draft", {"draft": " "}, "There is no draft: paste its text."),
        ("check_draft", {"draft": "x" * 100_001}, "it may have 100,000. Check it in parts."),
        ("answer_from_cables", {"question": ""}, "There is no question: write one."),
    ],
)
def test_a_prompt_without_its_material_is_told(
    index: cablegram.Index, name: str, arguments: dict[str, str], sentence: str
) -> None:
    async def work() -> None:
        async with Client(mcp_server(Tools(index))) as client:
            with pytest.raises(MCPError) as told:
                await client.get_prompt(name, arguments)
            assert sentence in told.value.message

    _speaking(work)


def test_index_that_is_built_anew_is_seen(
    run: Run, tmp_path: Path, harbour: str, orchard: str
) -> None:
    page = tmp_path / "pages"
    page.mkdir()
    (page / "harbour.txt").write_text(harbour, "utf-8")
    assert run("index", "pages").code == 0

    async def work() -> None:
        with cablegram.open_index(tmp_path / "cablegram-index") as opened:
            async with Client(mcp_server(Tools(opened))) as client:
                found = await client.call_tool("describe_collection", {})
                assert (found.structured_content or {})["cables"] == 1
                (page / "orchard.txt").write_text(orchard, "utf-8")
                assert run("index", "pages").code == 0
                found = await client.call_tool("describe_collection", {})
                assert (found.structured_content or {})["cables"] == 2

    _speaking(work)


def _started(index: cablegram.Index, folder: Path, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [COMMAND, "mcp", "--index", str(index.folder), *more],
        cwd=folder,
        env=surroundings(folder, {}),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


HELLO = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": {"name": "test", "version": "1"},
    },
}


def _say_hello(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(HELLO).encode() + b"\n")
    process.stdin.flush()
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def test_standard_output_is_the_protocols_and_the_end_of_input_is_the_end(
    index: cablegram.Index, tmp_path: Path
) -> None:
    process = _started(index, tmp_path)
    assert _say_hello(process)["result"]["serverInfo"]["name"] == "cablegram"
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (0, b"")
    assert err == (
        b"cablegram: 43 cables for an assistant on standard input and output; Ctrl-C ends it\n"
    )


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_signal_ends_it_while_it_waits_for_input(
    index: cablegram.Index, tmp_path: Path, number: int, code: int
) -> None:
    process = _started(index, tmp_path)
    _say_hello(process)
    process.send_signal(number)
    assert process.wait(PATIENCE) == code
    out, err = process.communicate()
    assert out == b""
    assert b"Traceback" not in err
    assert err.endswith(b"cablegram: interrupted\n") == (number == signal.SIGINT)


def test_client_that_goes_away_ends_it(index: cablegram.Index, tmp_path: Path) -> None:
    process = _started(index, tmp_path)
    _say_hello(process)
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    process.stdin.write(json.dumps({**HELLO, "id": 2}).encode() + b"\n")
    process.stdin.close()
    with process.stderr as said:
        assert process.wait(PATIENCE) == 141
        assert said.read().count(b"\n") == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_signal_ends_the_server(
    index: cablegram.Index, tmp_path: Path, number: int, code: int
) -> None:
    process = _started(index, tmp_path, "--http", "--port", "0")
    assert process.stderr
    assert b"http://127.0.0.1:" in process.stderr.readline()
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (code, b"")
    assert b"Traceback" not in err


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:{port}"}, 200),
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:{port}"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:{port}"}, 200),
    ],
)
def test_only_local_names_and_pages_are_answered(
    site: str, headers: dict[str, str], status: int
) -> None:
    port = re.findall(r":([0-9]+)/", site)[0]
    request = urllib.request.Request(
        site,
        json.dumps(HELLO).encode(),
        {
            "Content-Type": "application/json",
            "Accept": "application/json, text/event-stream",
            **{name: value.format(port=port) for name, value in headers.items()},
        },
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            found = answer.status
    except urllib.error.HTTPError as error:
        found = error.code
    assert found == status


def test_port_that_is_taken_is_told(run: Run, index: cablegram.Index) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("mcp", "--http", "--port", str(port), "--index", index.folder)
    assert done.code == 2
    assert f"can't listen on port {port} of 127.0.0.1" in done.err
    assert done.err.endswith("choose another with --port\n")


def test_options_that_mean_nothing_are_told(run: Run, index: cablegram.Index) -> None:
    done = run("mcp", "--port", "8001", "--index", index.folder)
    assert (done.code, done.err) == (2, "cablegram: --port is for --http; say --http with it\n")
    done = run("mcp", "--address", "cables.example", "--index", index.folder)
    assert done.code == 2
    assert "it must be like https://cables.example" in done.err


def test_no_index_is_told(run: Run) -> None:
    done = run("mcp")
    assert (done.code, done.out) == (2, "")
    assert "cablegram index" in done.err


def test_without_the_package_one_sentence_says_what_to_install(
    run: Run, index: cablegram.Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in an environment without the extra: the package can't be imported."""
    for name in [each for each in sys.modules if each.partition(".")[0] == "mcp"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    done = run("mcp", "--index", index.folder)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "cablegram: cablegram mcp needs the package mcp, 2.3 or newer; install it with: pip install 'cablegram[mcp]'\n"
    )
    assert "--address" in run("mcp", "--help").out
