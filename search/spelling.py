"""Near misses: which known words a mistyped one may have meant."""

GRAM = 3


def grams(word: str) -> frozenset[str]:
    """The word's letters in threes, its ends counted as spaces."""
    padded = f"  {word} "
    return frozenset(padded[start : start + GRAM] for start in range(len(padded) - GRAM + 1))


def tolerance(word: str) -> int:
    """How many slips are forgiven: none in numbers and in one or two letters, two in long words."""
    if len(word) < GRAM or any(sign.isdigit() for sign in word):
        return 0
    return 1 if len(word) < 8 else 2


def distance(one: str, other: str, *, most: int) -> int:
    """How many letters were left out, added, changed or swapped with their neighbour; `most` + 1 for any more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        now = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            now.append(cost)
        if min(now) > most:
            return most + 1
        before, last = last, now
    return last[-1]


def nearest(word: str, candidates: list[str]) -> list[str]:
    """The candidates within the word's tolerance, nearest first: only those of the least distance.

    Of three letters all must be there, for most words of three letters are one letter from another: `mgu` is `mug`,
    and `hat` is never `cat`.
    """
    most = tolerance(word)
    if len(word) == GRAM:
        candidates = [candidate for candidate in candidates if sorted(candidate) == sorted(word)]
    measured = [(distance(word, candidate, most=most), candidate) for candidate in candidates]
    near = sorted(pair for pair in measured if pair[0] <= most)
    return [candidate for slips, candidate in near if slips == near[0][0]]


def forms(word: str) -> list[str]:
    """The word and its English singular, where it looks like a plural."""
    if len(word) > 4 and word.endswith("ies"):
        return [word, f"{word[:-3]}y"]
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes", "zes")):
        return [word, word[:-2]]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return [word, word[:-1]]
    return [word]
