"""Known vulnerabilities of what is pinned, as pip-audit finds them; see dev/audit."""

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
PINS = (
    *(HERE / f"requirements{part}.txt" for part in ("", "-dev", "-oca")),
    HERE / "site" / "requirements.txt",
)
#: Of findings that don't concern us: what is found -> why not.
ACCEPTED: dict[str, str] = {}
SECONDS = 300


class Report(NamedTuple):
    """
    :param found: sentences, one a vulnerability
    :param unknown: names that nobody could say anything about
    :param asked: how many were asked about
    """

    found: list[str]
    unknown: list[str]
    asked: int

    @property
    def says_nothing(self) -> bool:
        return len(self.unknown) == self.asked


def ask() -> str:
    """What pip-audit prints, as JSON; '' when it couldn't ask."""
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps"]
    command += ["--require-hashes", "--progress-spinner=off", "--format=json"]
    for pins in PINS:
        command += ["--requirement", str(pins)]
    try:
        answer = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return answer.stdout


def read(text: str) -> Report:
    """
    :raises ValueError: when that's no report
    """
    rows = json.loads(text)["dependencies"]
    unknown = [row["name"] for row in rows if "skip_reason" in row]
    found = [
        f"{row['name']} {row['version']}: {one['id']}, mended in "
        f"{', '.join(one['fix_versions']) or 'no version yet'}"
        for row in rows
        for one in row.get("vulns", ())
        if one["id"] not in ACCEPTED
    ]
    return Report(found, unknown, len(rows))


def main() -> int:
    try:
        report = read(ask())
    except (ValueError, KeyError):
        report = Report([], [], 0)
    if report.says_nothing:
        print(
            "Known vulnerabilities: NOT CHECKED. This machine can't ask the package "
            "index about them; run dev/audit where it can."
        )
        return 0
    for sentence in report.found:
        print(sentence)
    print(
        f"Known vulnerabilities: {len(report.found)} in {report.asked} pins; "
        f"nothing is known about {', '.join(report.unknown) or 'none'}."
    )
    return 1 if report.found else 0


if __name__ == "__main__":
    sys.exit(main())
