"""What a phone's camera reads."""

import subprocess


def scanned(image: bytes) -> str:
    """
    :param image: a file, such as PNG.
    :return: text of the codes on it, a line each; empty if there is none.
    """
    scan = subprocess.run(
        ["zbarimg", "-q", "--raw", "--nodbus", "-"],
        input=image,
        capture_output=True,
        check=False,
    )
    return scan.stdout.decode().strip()
