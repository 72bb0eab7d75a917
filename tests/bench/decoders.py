"""A decoder of ours beside others': each in a process of its own, on the same file, by
turns and the best of three, in processor time: what else the machine does hits all
alike. Each peer has an environment of its own, made on demand under ``.dev``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from .row import row

ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT / ".dev"
ROUNDS = 3

_MEASURE = """
import json, re, sys, time
{prepare}
path = sys.argv[1]
data = open(path, "rb").read() if {whole} else None
start = time.process_time()
count = 0
{decode}
seconds = time.process_time() - start
# Not ru_maxrss, which begins with that of the process that started this one.
status = open("/proc/self/status").read()
peak = int(re.search(r"VmHWM:[^0-9]*([0-9]+)", status)[1]) / 1024
print(json.dumps({{"count": count, "seconds": seconds, "peak": peak}}))
"""


@dataclass(frozen=True)
class Decoder:
    """
    :param prepare: statements before the clock runs.
    :param decode: those that are timed: they read the file at ``path``, and ``count``
        what is in it.
    :param whole: the file is in ``data`` before the clock runs.
    :param requirement: what pip installs in an environment of its own; '' for ours.
    :param package: what is there then.
    """

    prepare: str
    decode: str
    whole: bool = False
    requirement: str = ""
    package: str = ""

    def measure(self, path: Path, count: int) -> dict:
        """
        :param count: of what is in the file
        :return: ``seconds`` and ``peak``, in megabytes
        :raises ValueError: when it reads less, or more
        """
        script = _MEASURE.format(
            prepare=self.prepare, decode=self.decode, whole=self.whole
        )
        command = [self._python(), "-c", script, str(path)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        measured = json.loads(done.stdout)
        if measured["count"] != count:
            raise ValueError(f"{measured['count']} were read instead of {count}")
        return measured

    def _python(self) -> str:
        if not self.requirement:
            return sys.executable
        folder = DEV / f"bench-{self.requirement.partition('==')[0]}"
        python = folder / "bin" / "python"
        if not list(folder.glob(f"lib/*/site-packages/{self.package}")):
            venv.create(folder, with_pip=True)
            install = [str(python), "-m", "pip", "install", "-q", self.requirement]
            subprocess.run(install, check=True)
        return str(python)


def our_decoder(name: str, decode: str, *, whole: bool = False) -> Decoder:
    """
    :param name: of the package below ``formats``, whose ``read`` the statements call
    """
    prepare = f"""
sys.path.insert(0, {str(ROOT / "dev")!r})
import pure
from odoo.addons.pom_reconcile.formats.{name} import read
"""
    return Decoder(prepare, decode, whole)


def speeds(
    name: str, ours: Decoder, peer: Decoder, unit: str, path: Path, count: int
) -> dict:
    rounds = [
        [count / one.measure(path, count)["seconds"] for one in (ours, peer)]
        for _ in range(ROUNDS)
    ]
    best, theirs = (max(figures) for figures in zip(*rounds, strict=True))
    return row(name, best, theirs, unit, count)


def peaks(
    name: str, ours: Decoder, peers: list[Decoder], path: Path, count: int
) -> dict:
    """Memory of the whole process, beside the most frugal of the peers."""
    peak, *theirs = (one.measure(path, count)["peak"] for one in (ours, *peers))
    return row(name, peak, min(theirs), "MB", count)
