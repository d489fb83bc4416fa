"""The real fast-agent, run on an unpacked bundle as its README says."""

import io
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

_SECONDS = 300
_INTERPRETERS = ("python3.13", "python3.14", "python3.12", "python3.15")
# What a server's runner needs from this machine, and fast-agent does not hand down.
_PASSED_ON = ("UV_", "PIP_", "npm_config_", "SSL_CERT_", "NODE_EXTRA_CA_CERTS")


def required() -> None:
    """Skips the test where the bundle's own tools are missing, and fails it in CI."""
    missing = [name for name in ("node", "npx") if shutil.which(name) is None]
    missing += [] if _uv() else ["uv"]
    missing += [] if _python() else ["Python 3.12 or newer"]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"the bundle cannot be run here, it needs: {', '.join(missing)}")
    if missing:
        pytest.skip(f"the bundle needs: {', '.join(missing)}")


def unpacked(content: bytes, into: Path) -> Path:
    """The folder of a bundle as it comes out of its archive, with programs that can be run."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for one in archive.infolist():
            archive.extract(one, into)
            (into / one.filename).chmod(one.external_attr >> 16)
        return into / archive.namelist()[0].split("/")[0]


def run(folder: Path, prompt: str, env: Mapping[str, str]) -> str:
    """What the agent of the folder answers to the prompt when no model is asked."""
    done = program(folder, env, "agent.py", "--model", "passthrough", "--quiet", "-m", prompt)
    assert done.returncode == 0, f"exit {done.returncode}: {done.stderr[-2000:]}{done.stdout}"
    return done.stdout


def program(
    folder: Path, env: Mapping[str, str], name: str, *args: str
) -> subprocess.CompletedProcess[str]:
    """One of the bundle's programs, run to its end in the environment its header asks for."""
    values = ["--env-file", ".env"] if (folder / ".env").exists() else []
    command = [_uv(), "run", "--no-project", *values, name, *args]
    return _done(folder, env, command)


def prefetch(folder: Path, env: Mapping[str, str]) -> None:
    """Fetches the servers of the bundle, as its README asks for before the first start."""
    done = _done(folder, env, [str(folder / "prefetch.sh")])
    assert done.returncode == 0, done.stderr[-2000:]


def _done(
    folder: Path, env: Mapping[str, str], command: list[str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env={**_environment(folder), **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )


def _environment(folder: Path) -> dict[str, str]:
    """The environment of the tests, with runners in front that keep the machine's settings."""
    python = _python()
    assert python is not None
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VIRTUAL_ENV", "FAST_AGENT"))}
    kept |= {"UV_PYTHON": python, "UV_PYTHON_DOWNLOADS": "never"}
    runners = folder.parent / f".{folder.name}-runners"
    runners.mkdir(exist_ok=True)
    for name in ("npx", "uvx"):
        _runner(runners / name, kept)
    return kept | {"PATH": f"{runners}{os.pathsep}{kept['PATH']}"}


def _runner(path: Path, environment: Mapping[str, str]) -> None:
    real = _beside_python(path.name)
    kept = {k: v for k, v in environment.items() if k.startswith(_PASSED_ON)}
    lines = [f"export {key}='{value}'" for key, value in kept.items() if "'" not in value]
    path.write_text("\n".join(["#!/bin/sh", *lines, f"exec '{real}' \"$@\"", ""]))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def _uv() -> str:
    return _beside_python("uv") or ""


def _beside_python(name: str) -> str | None:
    """A program of this environment, or of the machine."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def _python() -> str | None:
    """An interpreter that fast-agent can run in, if the machine has one."""
    named = [found for name in _INTERPRETERS if (found := shutil.which(name))]
    home = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    versions = [
        str(found) for name in _INTERPRETERS for found in home.glob(f"versions/*/bin/{name}")
    ]
    return next((one for one in versions + named if _works(one)), None)


def _works(python: str) -> bool:
    asked = [python, "-c", "import sys; sys.exit(not (3, 12) <= sys.version_info < (3, 16))"]
    return subprocess.run(asked, capture_output=True, timeout=60, check=False).returncode == 0
