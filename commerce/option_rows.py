"""The options of kept products and their values become equal to drafts; what is only called otherwise stays itself."""

from collections.abc import Sequence
from typing import Any

from commerce.kept_products import KeptProduct, batches
from commerce.product_drafts import OptionDraft, ProductDraft
from commerce.product_rows import add_options, value_columns
from database.updating import update_many
from models.catalog import ProductOption, ProductOptionValue

Row = dict[str, Any]


async def change_options(changes: Sequence[tuple[KeptProduct, ProductDraft]]) -> None:
    """Make the options of these products those of their drafts."""
    moved: list[Row] = []
    new: list[tuple[int, int, OptionDraft]] = []
    gone: list[int] = []
    same: list[tuple[OptionDraft, OptionDraft]] = []
    for kept, draft in changes:
        known = {option.id: (at, option) for at, option in enumerate(kept.draft.options, 1)}
        by_name = {option.name: option.id for option in kept.draft.options}
        for at, option in enumerate(draft.options, 1):
            key = option.id or by_name.get(option.name)
            place, before = known.pop(key, (0, None))
            if key is None or before is None:
                new.append((kept.row.id, at, option))
                continue
            same.append((before, option))
            if (place, before.name) != (at, option.name):
                moved.append({"id": key, "position": at, "name": option.name})
        gone += [key for key in known if key is not None]
    await _remove(ProductOption, gone)
    await update_many(ProductOption, [{"id": r["id"], "position": -r["position"], "name": _aside(r)} for r in moved])
    await update_many(ProductOption, moved)
    await _change_values(same)
    await add_options(new)


async def _change_values(options: Sequence[tuple[OptionDraft, OptionDraft]]) -> None:
    different: list[Row] = []
    renamed: list[Row] = []
    new: list[ProductOptionValue] = []
    gone: list[int] = []
    for before, after in options:
        known = {value.id: (at, value) for at, value in enumerate(before.values, 1)}
        by_name = {value.name: value.id for value in before.values}
        for at, value in enumerate(after.values, 1):
            key = value.id or by_name.get(value.name)
            place, kept = known.pop(key, (0, None))
            columns = value_columns(value, at)
            if key is None or kept is None:
                new.append(ProductOptionValue(option_id=before.id, **columns))
            elif (place, kept) != (at, value):
                different.append({"id": key, **columns})
                renamed += [different[-1]] if kept.name != value.name else []
        gone += [key for key in known if key is not None]
    await _remove(ProductOptionValue, gone)
    await update_many(ProductOptionValue, [{"id": row["id"], "name": _aside(row)} for row in renamed])
    await update_many(ProductOptionValue, different)
    await ProductOptionValue.bulk_create(new, batch_size=1_000)


def _aside(row: Row) -> str:
    """A name nothing else has, for the moment between two of them being swapped."""
    return f"\x7f{row['id']}"


async def _remove(table: type[ProductOption] | type[ProductOptionValue], ids: Sequence[int]) -> None:
    for some in batches(ids):
        await table.filter(id__in=some).delete()
