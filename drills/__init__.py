"""Drills: the promises of a correct shop, tried at full size on the real thing. `./shopwright drill` runs them.

A drill is one module here with a first line that says what it tries, a number of rounds, and one function:

    \"\"\"A thousand shoppers at once want the last ten units.\"\"\"

    ROUNDS = 20

    async def drill(ground: Ground, rounds: Iterable[int]) -> AsyncGenerator[Round, None]:
        async with shop_at(ground, "--workers", "2") as shop:
            for number in rounds:
                ...
                yield Round({"orders": 10, "oversold": 0}, broken=[])

It is listed by being here. `ground.database` is the address of an empty PostgreSQL database that is dropped
afterwards, `ground.folder` a folder for whatever it writes. It yields once for each number in `rounds`, in their order:
a drill that was stopped goes on with the numbers that are left, on another database, so no round may need what an
earlier one left. Figures are added up over the rounds into one line; what `broken` says, in words, makes the command
exit 1. Chance comes from `random.Random(number)`, so that a round can be played again. Whatever is started is started
in a `with`, so that it ends when the drill is stopped.

Tests run the same acts at the smallest size that can fail. Nothing of the shop imports this room.
"""
