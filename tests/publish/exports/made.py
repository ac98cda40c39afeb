"""An account of the made war, and one that does its worst to a file format."""

from datetime import UTC, datetime

from tests.publish.world import THEATRE, TOWN, World, world

from fogline.model import Account, Run

RUN = Run(extractor="by-hand", version="1", cleaner="1", theatre="made")
STARTED = datetime(2025, 3, 3, 12, tzinfo=UTC)

WORST = '=cmd|"/c calc"!A1 <script>alert(1)</script> ‮; ]]> "quoted", \U0001f3f3 \x0b Дібрівка took Dubrova.'


def account(made: World | None = None) -> Account:
    """All of the made war."""
    made = made or world()
    return Account(
        claims=made.claims,
        every={claim.id: claim for claim in made.claims},
        documents=made.documents,
        hashes={document.id: "0" * 64 for document in made.documents.values()},
        conclusions=made.conclusions,
        control=(made.control,),
        points={7: TOWN},
        runs=((RUN, STARTED),),
        theatre=THEATRE,
        version="1",
    )


def hostile() -> Account:
    """The made war with a quotation that breaks careless writers."""
    from dataclasses import replace

    made = account()
    worst = replace(made.claims[4], quote=WORST)
    claims = (*made.claims[:4], worst, *made.claims[5:])
    return replace(made, claims=claims, every={claim.id: claim for claim in claims})


def nothing() -> Account:
    """A ledger in which there is nothing yet."""
    from dataclasses import replace

    from fogline.model import Conclusions

    return replace(
        account(),
        claims=(),
        every={},
        documents={},
        hashes={},
        conclusions=Conclusions(),
        control=(),
        points={},
        runs=(),
    )
