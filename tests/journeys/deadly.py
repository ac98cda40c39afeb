"""Reading that kills or holds its process: in a module of its own, as every process that dies is followed by one that loads it."""

import os
import time

from fogline.model import Article


def sicken(shard: tuple[Article, ...]) -> list[str]:
    """The names of the articles, unless one of them ends the process, or never lets it end."""
    for article in shard:
        if article.raw == b"poison":
            os._exit(1)
        while article.raw == b"tar":
            time.sleep(60)
    return [article.name for article in shard]
