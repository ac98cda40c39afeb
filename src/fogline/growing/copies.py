"""Which documents of a ledger are copies of one another, as far as new documents can change that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from fogline.link import keys
from fogline.link.near_duplicates import TOO_COMMON
from fogline.link.one_voice import copied_documents
from fogline.model import Document, Keys
from fogline.ports import KeepsGrounds


class Copies:
    """The copies around some documents, found by asking the ledger for those that share a name, until none is left to ask.

    ``new`` are documents that the ledger does not know the names of yet, ``gone`` those that no longer count, with their names.
    """

    def __init__(self, ledger: KeepsGrounds, new: Mapping[str, Document], gone: Mapping[str, Keys]) -> None:
        self._ledger, self._gone = ledger, gone
        self._documents = dict(new)
        named_new = list(keys.named([new[name] for name in sorted(new)]))
        self.names = {name: own for name, _, own in named_new}
        """The names of the new documents."""
        self._texts = {name: text for name, text, _ in named_new}
        self._by_key: dict[int, set[str]] = {}
        for name, own in self.names.items():
            for one in own:
                self._by_key.setdefault(one, set()).add(name)
        self._keys: dict[str, Keys] = dict(self.names)
        self._common = _Common()
        self._asked: set[str] = set()
        self._pairs: list[tuple[str, str]] = []
        self.turned: set[str] = set()
        """Documents with a run of words that has become, or ceased to be, boilerplate."""

    def around(self, names: Collection[str]) -> set[str]:
        """These documents and all that hang together with them by being copies."""
        found = set(names)
        while left := found - self._asked:
            self._ask(left)
            found = _hanging(found, self._pairs)
        return found

    def pairs(self, names: Collection[str]) -> list[tuple[str, str]]:
        """The pairs of copies of which one is among these documents, in reading order."""
        self.around(names)
        return [pair for pair in self._pairs if pair[0] in names or pair[1] in names]

    def beside_gone(self) -> set[str]:
        """Documents that shared a name with one that is gone."""
        held = self._held({key for own in self._gone.values() for key in own})
        return {name for own in held.values() for name in own} - self._gone.keys()

    def _ask(self, left: Collection[str]) -> None:
        """Bring in the documents that share a name with any of these, and find the copies anew."""
        unnamed = left - self._keys.keys()
        self._keys |= self._ledger.keys_of_documents(unnamed) if unnamed else {}
        asked = {key for name in left for key in self._keys.get(name, ())}
        near = {name for own in self._held(asked).values() for name in own} | set(left)
        missing = near - self._documents.keys() - self._gone.keys()
        self._documents |= self._ledger.whole(missing)
        self._asked |= set(left)
        self._pairs = copied_documents(self._documents.values(), self._common)

    def _held(self, asked: Collection[int]) -> Mapping[int, set[str]]:
        """Who has each of these names, boilerplate left out; those for whom that turned are noted."""
        slack = len(self.names) + len(self._gone)
        found: dict[int, set[str]] = {}
        stored = self._ledger.sharing(asked, TOO_COMMON + slack)
        for key in asked:
            known = stored.get(key)
            if known is not None and not known:  # far more than can turn
                self._common.add(key)
                continue
            held = dict(known or {})
            before = len(set(held.values())) > TOO_COMMON
            held = {name: text for name, text in held.items() if name not in self._gone}
            held |= {name: self._texts[name] for name in self._by_key.get(key, ())}
            after = len(set(held.values())) > TOO_COMMON
            if key & 1 or not (before or after):
                found[key] = set(held)
            elif before is not after:
                self.turned |= held.keys()
                found[key] = set(held)
            if not key & 1 and after:
                self._common.add(key)
        return found


class _Common:
    """The runs of words that are boilerplate in the ledger, known by their names."""

    def __init__(self) -> None:
        self._keys: set[int] = set()

    def add(self, key: int) -> None:
        self._keys.add(key)

    def __contains__(self, words: object) -> bool:
        return bool(self._keys) and keys.of_run(str(words)) in self._keys


def _hanging(names: Iterable[str], pairs: Iterable[tuple[str, str]]) -> set[str]:
    """The documents that pairs join to these, directly or not."""
    beside: dict[str, set[str]] = {}
    for one, other in pairs:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    found, left = set(names), list(names)
    while left:
        for name in beside.get(left.pop(), set()) - found:
            found.add(name)
            left.append(name)
    return found
