"""Changes to the pictures of a product. Pure: a draft in, a changed draft or a refusal out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from commerce.product_drafts import ImageDraft, ProductDraft
from commerce.refusals import Refusal


class NoSuchPicture(Refusal):
    """The product has no such picture."""

    code = "MEDIA_DOES_NOT_EXIST"


def with_new_images(draft: ProductDraft, new: Sequence[ImageDraft]) -> ProductDraft:
    """The product with these pictures more, behind the others; those it shows already are left as they are."""
    shown = {image.url for image in draft.images}
    fresh = {image.url: image for image in new if image.url not in shown}
    return replace(draft, images=(*draft.images, *fresh.values()))


def with_described_images(draft: ProductDraft, alts: Mapping[int, str | None]) -> ProductDraft:
    """The product with other words for what its pictures (by id) show."""
    _check(draft, list(alts))
    images = (replace(i, alt_text=alts[i.id]) if i.id is not None and i.id in alts else i for i in draft.images)
    return replace(draft, images=tuple(images))


def without_images(draft: ProductDraft, ids: Sequence[int]) -> ProductDraft:
    """The product without these pictures; variants that show them show none."""
    _check(draft, ids)
    left = tuple(image for image in draft.images if image.id not in ids)
    urls = {image.url for image in left}
    variants = tuple(v if v.image in urls else replace(v, image=None) for v in draft.variants)
    return replace(draft, images=left, variants=variants)


def reordered_images(draft: ProductDraft, moves: Sequence[tuple[int, int]]) -> ProductDraft:
    """The product with its pictures moved, one after the other: (id, place counted from zero)."""
    _check(draft, [key for key, _ in moves])
    images = list(draft.images)
    for key, place in moves:
        moved = next(image for image in images if image.id == key)
        images.remove(moved)
        images.insert(max(place, 0), moved)
    return replace(draft, images=tuple(images))


def _check(draft: ProductDraft, ids: Sequence[int]) -> None:
    if set(ids) - {image.id for image in draft.images}:
        raise NoSuchPicture("The product has no such picture.", field=("media",))
