"""An Odoo 19 as somebody else has it: its own virtual environment, configuration, data
and database, made by what README.md says under *Install it in your own Odoo 19*.
"""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from importlib.metadata import distribution
from pathlib import Path

import odoo.release

from tests.e2e.harness import DEV, ROOT

TITLE = "## Install it in your own Odoo 19"
#: Odoo's editor wants these, too; here they came for the tests.
ODOO_TOO = ("beautifulsoup4", "soupsieve")
#: Where Odoo's own code is.
CODE = Path(odoo.release.__file__).parents[1]
#: What tells our own environment's programs where things are.
OURS = ("ODOO_", "POM_", "PYTHON", "VIRTUAL_ENV")
START = "import sys; sys.argv[0] = 'odoo'; import odoo.cli; odoo.cli.main()"


def read():
    """The words of README.md.

    :return: its blocks of commands (lines each), and the apps that it names
    """
    text = (ROOT / "README.md").read_text()
    section = text.partition(TITLE)[2].partition("\n## ")[0]
    blocks = [
        textwrap.dedent(block).strip().splitlines()
        for block in re.findall(r"\n( *)```\n(.*?)\n\1```", section, re.DOTALL)
        for block in block[1:]
    ]
    step = re.search(r"Update the list of apps.*?:(.*?)\.\n", section, re.DOTALL)
    return blocks, [
        " ".join(name.split()) for name in re.findall(r"\*(.+?)\*", step[1])
    ]


def packages(blocks):
    """Names of all that the commands install."""
    words = [word for block in blocks for line in block for word in line.split()]
    return {
        word.lower()
        for word in words
        if re.fullmatch(r"[A-Za-z][\w-]+", word) and word not in ("pip", "install")
    }


class OwnOdoo:
    """
    :param folder: empty; all of it is in there but the database
    :param lacks: packages that its Python doesn't have, as README would bring them
    """

    def __init__(self, folder, lacks):
        self.folder = folder
        self.copy = folder / "pom"
        self.conf = folder / "odoo.conf"
        self.venv = folder / "venv"
        self.environ = {
            key: value for key, value in os.environ.items() if not key.startswith(OURS)
        }
        self.environ["PATH"] = f"{self.venv}/bin:{os.environ['PATH']}"
        self.environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
        subprocess.run([sys.executable, "-m", "venv", self.venv], check=True)
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        self.site = self.venv / "lib" / version / "site-packages"
        self._provide(lacks)

    def _provide(self, lacks):
        """What Odoo itself needs: from our own environment, which took it from pip."""
        (self.site / "odoo.pth").write_text(f"{CODE}\n")
        text = (ROOT / "dev" / "requirements.in").read_text()
        names = re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
        for name in (*names, *ODOO_TOO):
            if name.lower() not in lacks:
                self._link(distribution(name))

    def _link(self, package):
        for file in package.files:
            source = Path(package.locate_file(file))
            if ".." in file.parts or not source.is_file():
                continue  # Programs, which name their own Python.
            target = self.site / file
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                shutil.copy(source, target)

    def clone(self):
        """All files of this repository as they are here."""
        listed = subprocess.run(
            ["git", "ls-files", "-co", "--exclude-standard"],
            cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
        for name in listed.stdout.splitlines():
            if (ROOT / name).is_file():
                (self.copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, self.copy / name)

    def configure(self, *addons_paths):
        paths = [CODE / "odoo" / "addons", *addons_paths]
        self.conf.write_text(
            "[options]\n"
            f"data_dir = {self.folder / 'data'}\n"
            f"addons_path = {','.join(map(str, paths))}\n"
            f"db_host = {os.environ['PGHOST']}\n"
            f"db_port = {os.environ.get('PGPORT', '5432')}\n"
            f"db_user = {os.environ.get('PGUSER', 'odoo')}\n"
            "http_interface = 127.0.0.1\n"
            "list_db = False\n"
        )

    @property
    def program(self):
        python = str(self.venv / "bin" / "python")
        return (python, "-c", START, f"--config={self.conf}")

    def run(self, command, cwd=None):
        """
        :param command: a line for the shell, or a list of words
        :raises AssertionError: with all that it said
        """
        done = subprocess.run(
            command, cwd=cwd or self.copy, env=self.environ,
            shell=isinstance(command, str), capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def odoo(self, *options):
        """
        :return: the lines of its log that complain
        """
        options = [*options, "--stop-after-init", "--no-http", "--max-cron-threads=0"]
        said = self.run([*self.program, *options, "--log-level=warn"], DEV)
        words = (" WARNING ", " ERROR ", " CRITICAL ", "Traceback")
        return [line for line in said.splitlines() if any(w in line for w in words)]
