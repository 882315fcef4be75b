"""The cards of the stand-in, by the names that Stripe gives its own test cards; the last two are ours."""

DECLINES = {
    "pm_card_chargeDeclined": {"code": "card_declined", "decline_code": "generic_decline"},
    "pm_card_chargeDeclinedInsufficientFunds": {"code": "card_declined", "decline_code": "insufficient_funds"},
    "pm_card_chargeDeclinedExpiredCard": {"code": "expired_card"},
    "pm_card_chargeDeclinedProcessingError": {"code": "processing_error"},
    "pm_card_authenticationRequired": {"code": "authentication_required", "decline_code": "authentication_required"},
}
NEEDS_THE_BANK = {"pm_card_threeDSecure2Required", "pm_card_threeDSecureRequired"}
REFUNDS_FAIL = {"pm_card_refundFail"}
NO_PARTS = {"pm_card_jcb"}
REFUSES_CAPTURE = {"pm_card_captureFail"}
