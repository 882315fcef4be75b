"""The storefront schema: what shoppers and their frontends may ask."""
