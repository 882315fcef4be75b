"""Indexes for what is looked up by a column alone: it took as long as there were orders, carts or products."""

from tortoise import migrations
from tortoise.migrations import operations as ops
from tortoise.indexes import Index


class Migration(migrations.Migration):
    dependencies = [("models", "0008_editions"), ("models", "0008_files")]

    initial = False

    operations = [
        ops.AddIndex(
            model_name="Cart",
            index=Index(fields=["customer_id"], name="cart_by_customer"),
        ),
        ops.AddIndex(
            model_name="CartLine",
            index=Index(fields=["parent_id"], name="cart_line_by_parent"),
        ),
        ops.AddIndex(
            model_name="CartLine",
            index=Index(fields=["variant_id"], name="cart_line_by_variant"),
        ),
        ops.AddIndex(
            model_name="FulfillmentLine",
            index=Index(fields=["order_line_id"], name="fulfillment_line_by_line"),
        ),
        ops.AddIndex(
            model_name="Order",
            index=Index(fields=["customer_id", "id"], name="order_by_customer"),
        ),
        ops.AddIndex(
            model_name="OrderLine",
            index=Index(fields=["variant_id"], name="order_line_by_variant"),
        ),
        ops.AddIndex(
            model_name="PaymentOperation",
            index=Index(fields=["payment_id", "kind"], name="payment_operation_by_payment"),
        ),
        ops.AddIndex(
            model_name="Product",
            index=Index(fields=["published_at"], name="product_by_publication"),
        ),
        ops.AddIndex(
            model_name="ReturnLine",
            index=Index(fields=["order_line_id"], name="return_line_by_line"),
        ),
        ops.AddIndex(
            model_name="ShippingLine",
            index=Index(fields=["order_id"], name="shipping_line_by_order"),
        ),
        ops.AddIndex(
            model_name="TaxLine",
            index=Index(fields=["order_line_id"], name="tax_line_by_line"),
        ),
        ops.AddIndex(
            model_name="TaxLine",
            index=Index(fields=["order_id"], name="tax_line_by_order"),
        ),
    ]
