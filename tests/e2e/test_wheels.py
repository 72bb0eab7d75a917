"""The addons as packages: built as README.md says, installed into an environment that
has no copy of this repository, and started from there.
"""

import shutil
import zipfile

import pytest
import requests

from dev.addons import ROOT, addons, manifest, to_choose
from tests.e2e.harness import DEV, Client, Server, database
from tests.e2e.own_odoo import OwnOdoo, packages, read

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

NAME = "pom_wheels"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """With all packages, built and installed."""
    blocks, _apps = read()
    mine = OwnOdoo(tmp_path_factory.mktemp("wheels"), packages(blocks[:1]))
    mine.clone()
    mine.configure()
    for block in blocks:
        for command in block:
            mine.run(command)
    yield mine


@pytest.fixture(scope="module")
def wheels(own):
    """By addon, its package."""
    found = {}
    for path in (own.copy / "dist").glob("*.whl"):
        found[path.name.split("-")[0].removeprefix("odoo_addon_")] = path
    return found


def test_each_addon_is_a_package_with_all_its_files(own, wheels):
    assert sorted(wheels) == addons()
    for addon, path in wheels.items():
        with zipfile.ZipFile(path) as archive:
            inside = set(archive.namelist())
        files = {
            str(file.relative_to(own.copy / addon))
            for file in (own.copy / addon).rglob("*")
            if file.is_file() and "__pycache__" not in file.parts
        }
        packed = {
            name.removeprefix(f"odoo/addons/{addon}/")
            for name in inside
            if name.startswith("odoo/addons/")
        }
        # What only builds it isn't needed any more.
        assert files - packed <= {"pyproject.toml"}, addon
        assert packed <= files | {"pyproject.toml"}, addon


@pytest.mark.parametrize("addon", addons())
def test_each_says_what_it_needs(wheels, addon):
    with zipfile.ZipFile(wheels[addon]) as archive:
        [name] = [n for n in archive.namelist() if n.endswith("/METADATA")]
        said = archive.read(name).decode()
    values = manifest(addon)
    assert f"Version: {values['version']}" in said
    assert f"License: {values['license']}" in said or (
        f"License-Expression: {values['license']}" in said
    )
    for below in values["depends"]:
        if below.startswith("pom_"):
            needed = f"odoo-addon-{below}".replace("_", "-")
            assert needed in said.replace("_", "-"), f"{addon} doesn't ask for {below}"
    for package in values.get("external_dependencies", {}).get("python", ()):
        assert f"Requires-Dist: {package}" in said


def test_they_install_and_serve(own, wheels):
    shutil.rmtree(own.copy)  # Nothing is read from there any more.
    database("base", NAME)
    try:
        shutil.copytree(
            DEV / "data" / "filestore" / NAME, own.folder / "data" / "filestore" / NAME
        )
        assert own.odoo("-d", NAME, "-i", ",".join(to_choose())) == []
        server = Server(NAME, crons=0, program=own.program, environ=own.environ)
        with server:
            rows = Client(server).call(
                "ir.module.module", "search_read",
                [["name", "in", addons()], ["state", "=", "installed"]], ["name"],
            )  # fmt: skip
            missing = set(addons()) - {row["name"] for row in rows}
            # These wait for an addon of Odoo's that isn't installed here.
            assert all(manifest(name).get("auto_install") for name in missing)
            assert (
                requests.get(f"{server.url}/p/nothing", timeout=60).status_code == 404
            )
            assert requests.get(f"{server.url}/pom/api", timeout=60).ok
        where = own.run(
            [
                *own.program[:1],
                "-c",
                "import odoo.addons.pom_payment as m; print(m.__file__)",
            ],
            own.folder,
        )
        assert str(own.site) in where and str(ROOT) not in where
    finally:
        database("drop", NAME)
