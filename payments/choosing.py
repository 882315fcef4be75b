"""Which providers a shop can take payments with."""

from collections.abc import Mapping

from payments.gateway import Gateway
from payments.test import TestGateway

Gateways = Mapping[str, Gateway]


def gateways() -> Gateways:
    """The providers of this process, by name."""
    return {TestGateway.name: TestGateway()}


def gateway_for(session_id: str, among: Gateways) -> Gateway | None:
    """The provider a client's payment session belongs to."""
    return next((gateway for gateway in among.values() if gateway.takes(session_id)), None)
