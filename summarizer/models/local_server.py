"""llama.cpp in a process of its own: `python -m summarizer.models.local_server` serves one GGUF file.

A process can be ended at any moment; a thread in llama.cpp cannot, and would keep Ctrl-C waiting until
it has read the prompt. It takes its settings as a line of JSON on stdin, so that the key is in no list
of processes; answers with its address, or with an error, as a line of JSON on stdout; and ends when
stdin is closed, so that it never outlives the process that started it.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from typing import Any

from ..errors import LocalModelError


@dataclass(frozen=True, slots=True)
class Launch:
    """What is served, and how.

    Attributes:
        weights: A GGUF file.
        key: The API key that requests must have.
        context_tokens: How many tokens the model reads and writes together.
        threads: How many threads compute.
    """

    weights: str
    key: str = field(repr=False)
    context_tokens: int
    threads: int


class LocalServer:
    """A running server.

    Args:
        launch: What to serve.

    Attributes:
        address: Its OpenAI-compatible base URL.

    Raises:
        LocalModelError: It could not be started: llama.cpp's own words say why.
    """

    def __init__(self, launch: Launch) -> None:
        module = "summarizer.models.local_server"
        paths = [path or os.getcwd() for path in sys.path]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # llama.cpp's log
            text=True,
            start_new_session=True,  # a Ctrl-C at the terminal is for the caller alone
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        )
        try:
            self.address = self._started(launch)
        except BaseException:
            self.stop()
            raise

    @property
    def is_running(self) -> bool:
        """False once it has ended, by itself or not."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End it at once."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _started(self, launch: Launch) -> str:
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        said = {"error": "it ended without a word, perhaps for lack of memory"}
        with contextlib.suppress(OSError, ValueError):  # it may have ended already
            process.stdin.write(json.dumps(asdict(launch)) + "\n")
            process.stdin.flush()
            said = json.loads(process.stdout.readline())
        if "address" in said:
            return f"{said['address']}/v1"
        raise LocalModelError(f"llama.cpp could not load {launch.weights}: {said['error']}")


def _serve(launch: Launch) -> Any:
    """Start llama.cpp's server in this process; it runs while the result is kept."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = launch.weights
    params.n_ctx = launch.context_tokens
    params.n_parallel = 1
    params.cpuparams.n_threads = launch.threads
    params.hostnames = ["127.0.0.1"]
    params.port = 0  # the server takes a free one
    params.api_keys = [launch.key]
    params.verbosity = -1
    return xllamacpp.Server(params)


def main() -> None:
    """Serve what stdin says, until stdin is closed."""
    try:
        server = _serve(Launch(**json.loads(sys.stdin.readline())))
        said = {"address": server.listening_address}
    except Exception as error:
        said = {"error": " ".join(str(error).split())}
    print(json.dumps(said), flush=True)
    sys.stdin.read()
    os._exit(0)  # llama.cpp would first finish what it is computing


if __name__ == "__main__":
    main()
