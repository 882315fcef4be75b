"""Events as Stripe sends them: signed, with the time in the signature."""

import hashlib
import hmac
import json
import time
from typing import Any

WEBHOOK_SECRET = "whsec_of_the_stand_in"


def signed(event: dict[str, Any] | bytes, *, secret: str = WEBHOOK_SECRET, seconds_from_now: int = 0) -> dict[str, Any]:
    """What to post: the body and the headers."""
    body = event if isinstance(event, bytes) else json.dumps(event).encode()
    at = int(time.time()) + seconds_from_now
    made = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return {"content": body, "headers": {"stripe-signature": f"t={at},v1={made},v0=old"}}
