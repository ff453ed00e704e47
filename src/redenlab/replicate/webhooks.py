"""Webhooks of Replicate: Standard Webhooks with a prediction as their body."""

from collections.abc import Mapping

from redenlab.core.calls.context import CallContext
from redenlab.core.errors import WebhookSignatureError
from redenlab.lowlevel.errors import SchemaError
from redenlab.webhooks import Webhook
from redenlab_api.replicate.api.webhooks import webhooks_default_secret_get
from redenlab_api.replicate.models import Prediction


class PredictionWebhook(Webhook):
    """Verifies and parses deliveries. They may be repeated or out of order: go by the status."""

    def prediction(self, body: bytes, headers: Mapping[str, str]) -> Prediction:
        """Verify a delivery, and return its prediction.

        Args:
            body: The request body, byte for byte.
            headers: Of the request, in any case.

        Raises:
            WebhookSignatureError: It is not genuine, or its body is no prediction.
            WebhookTooOld: It is genuine, but its time is outside of the tolerance.
        """
        delivery = self.parse(body, headers)
        try:
            return Prediction.from_dict(delivery.payload)
        except SchemaError as error:
            problem = error.problem
        raise WebhookSignatureError(f"the delivery is genuine, but no prediction: {problem}")


async def receiver(context: CallContext) -> PredictionWebhook:
    """Fetch the account's secret, and create a receiver with it."""
    secret, _ = await context.call(webhooks_default_secret_get)
    return PredictionWebhook(secret.key)
