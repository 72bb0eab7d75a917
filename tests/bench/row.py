"""What every benchmark returns."""


def row(name: str, ours: float, theirs: float, unit: str, number: int) -> dict:
    """
    :param number: of what was measured
    """
    return {
        "name": name,
        "ours": ours,
        "theirs": theirs,
        "ratio": ours / theirs,
        "unit": unit,
        "n": number,
    }
