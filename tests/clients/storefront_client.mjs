// @shopify/storefront-api-client: a typed question, its mistakes, and a product whose options @shopify/hydrogen-react works out.
import { createStorefrontApiClient } from '@shopify/storefront-api-client';
import { getAdjacentAndFirstAvailableVariants, getProductOptions, isOptionValueCombinationInEncodedVariant } from '@shopify/hydrogen-react';

const [shop, handle] = process.argv.slice(2);
const client = createStorefrontApiClient({
  storeDomain: 'https://shop.example',
  apiVersion: '2026-04',
  publicAccessToken: 'unused',
  // The client insists on https; the server of the test has no certificate.
  customFetchApi: (url, init) => fetch(url.replace('https://shop.example', shop), init),
});

const variant = 'id availableForSale selectedOptions { name value } product { handle }';
const { data, errors } = await client.request(
  `query Product($handle: String!) {
    product(handle: $handle) {
      handle encodedVariantExistence encodedVariantAvailability
      options { name optionValues { name firstSelectableVariant { ${variant} } swatch { color image { previewImage { url } } } } }
      selectedOrFirstAvailableVariant { ${variant} }
      adjacentVariants { ${variant} }
      variants(first: 250) { nodes { ${variant} } }
    }
  }`,
  { variables: { handle } },
);
if (errors) throw new Error(JSON.stringify(errors));
const { product } = data;

const indexes = (each) =>
  product.options.map((option) =>
    option.optionValues.findIndex((value) => value.name === each.selectedOptions.find(({ name }) => name === option.name).value),
  );
const combinations = product.options.reduce(
  (sofar, option) => sofar.flatMap((head) => option.optionValues.map((_, index) => [...head, index])),
  [[]],
);
const allowed = (encoded) => combinations.filter((each) => isOptionValueCombinationInEncodedVariant(each, encoded));

const asked = await client.fetch('{ shop { name } }');
const wrong = await client.request('{ shop { nonsense } }');

console.log(
  JSON.stringify({
    shop: (await asked.json()).data.shop.name,
    status: asked.status,
    mistake: wrong.errors.graphQLErrors.map((each) => each.message),
    existing: product.variants.nodes.map(indexes).sort(),
    available: product.variants.nodes.filter((each) => each.availableForSale).map(indexes).sort(),
    decodedExisting: allowed(product.encodedVariantExistence).sort(),
    decodedAvailable: allowed(product.encodedVariantAvailability).sort(),
    selected: product.selectedOrFirstAvailableVariant.selectedOptions,
    adjacent: getAdjacentAndFirstAvailableVariants(product).length,
    options: getProductOptions(product).map((option) => ({
      name: option.name,
      values: option.optionValues.map(({ name, exists, available, selected }) => ({ name, exists, available, selected })),
    })),
  }),
);
