"""Which providers a shop can take payments with."""

from collections.abc import Mapping

from payments.gateway import Gateway
from payments.test import TestGateway

Gateways = Mapping[str, Gateway]


def gateways(*others: Gateway) -> Gateways:
    """The providers of this process, by name: the test provider, and those the shop has an account with."""
    return {gateway.name: gateway for gateway in (TestGateway(), *others)}


def gateway_for(session_id: str, among: Gateways) -> Gateway | None:
    """The provider a client's payment session belongs to."""
    return next((gateway for gateway in among.values() if gateway.takes(session_id)), None)
