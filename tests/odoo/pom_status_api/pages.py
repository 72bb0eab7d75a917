"""Lists that come page by page."""


def all_pages(ask, name, **given):
    """
    :param ask: a method of the client
    :return: all that is in a list, and how many pages there were
    """
    found, pages, cursor = [], 0, {}
    while True:
        page = ask(**given, **cursor).data
        found += page[name]
        pages += 1
        if not page["next"]:
            return found, pages
        cursor = {"cursor": page["next"]}
