"""Letters to the staff: how to choose a password, with a link that is made when the letter is written."""

import datetime as dt
from email.message import EmailMessage

from commerce.order_letters import Desk
from commerce.staff_users import mark_of
from models.staff import StaffUser
from outbox.read import Fact


async def staff_letter(desk: Desk, fact: Fact, now: dt.datetime) -> EmailMessage | None:
    """How to choose a password; nothing for who has left."""
    user = await StaffUser.get_or_none(id=fact.payload["user_id"], active=True)
    if user is None:
        return None
    token = desk.signer.staff_link(user.id, mark_of(user), now=now)
    words = {"name": user.name, "link": f"{desk.shop}/admin#password={token}", "token": token}
    return desk.sender.letter("staff_password", to=user.email, message_id=fact.event_id, when=now, **words)
