"""One HTTP request and the answers that are kept: what it may be answered with, and whether its answer is kept."""

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass

from engine.engine import Answer, Operation
from engine.keeping import KeptAnswer, KeptAnswers


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came: a body by POST, or a query string by GET."""

    method: str
    text: bytes


@dataclass(frozen=True, slots=True)
class Turn:
    """One request that is anybody's, in the edition that was current when it came."""

    answers: KeptAnswers
    kind: str
    asked: Asked
    edition: Hashable

    @property
    def key(self) -> str:
        """What its answer is kept under: all that was asked, word for word."""
        return f"{self.asked.method} {hashlib.sha256(self.asked.text).hexdigest()}"

    def found(self) -> KeptAnswer | None:
        """What is kept for it."""
        return self.answers.get(self.key, self.edition)

    def kept(self, operation: Operation, answer: Answer) -> KeptAnswer | None:
        """Keep the answer, if it may be."""
        facts, payload = operation.facts, answer.payload
        if not facts.keeping.allowed or facts.kind != "query" or payload.keys() != {"data"}:
            return None
        if not self.answers.lasts(operation.document, operation.document.operation(facts.name)):
            return None
        return self.answers.put(self.key, answer.encoded, self.edition)


def is_known(etag: str, names: str) -> bool:
    """Whether a client that names these tags in `If-None-Match` has the answer of this tag."""
    known = [name.strip().removeprefix("W/") for name in names.split(",")]
    return etag in known or known == ["*"]
