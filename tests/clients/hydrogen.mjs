// A visitor's cart kept by @shopify/hydrogen: every default operation of its cart handler, with its own cookie for the cart.
// After each act the cart is fetched as a page of a storefront would, and what the act is about is printed.
import { InMemoryCache, cartGetIdDefault, cartSetIdDefault, createCartHandler, createStorefrontClient } from '@shopify/hydrogen';

const shop = process.argv[2];
const { storefront } = createStorefrontClient({
  storeDomain: shop,
  publicStorefrontToken: 'unused',
  cache: new InMemoryCache(),
  waitUntil: () => {},
  i18n: { language: 'EN', country: 'NO' },
});

let cookie = '';
const cart = createCartHandler({
  storefront,
  getCartId: () => cartGetIdDefault(new Headers({ cookie }))(),
  setCartId: (id) => cartSetIdDefault()(id),
  cartQueryFragment: `#graphql
    fragment CartApiQuery on Cart {
      id note checkoutUrl totalQuantity
      attributes { key value }
      buyerIdentity { email countryCode }
      cost { totalAmount { amount currencyCode } }
      discountCodes { code applicable }
      appliedGiftCards { id lastCharacters }
      lines(first: $numCartLines) { nodes { id quantity merchandise { ... on ProductVariant { id } } } }
      delivery { addresses { id selected address { ... on CartDeliveryAddress { city } } } }
      deliveryGroups(first: 5) { nodes { id deliveryOptions { handle title } selectedDeliveryOption { handle } } }
      shipping: metafield(namespace: "custom", key: "engraving") { value }
    }`,
});

const told = {};
async function act(name, run, about) {
  const { cart: changed, userErrors, errors, warnings } = await run();
  if (errors) throw new Error(`${name}: ${JSON.stringify(errors)}`);
  cookie = cart.setCartId(changed.id).get('Set-Cookie').split(';')[0];
  const now = await cart.get();
  told[name] = { refused: userErrors, warned: warnings ?? [], is: about(now) };
  return now;
}

const address = (city, zip) => ({
  deliveryAddress: { firstName: 'Kari', lastName: 'Nordmann', address1: 'Storgata 1', city, zip, countryCode: 'NO' },
});
const quantities = (now) => now.lines.nodes.map((line) => line.quantity);
const cities = (now) => now.delivery.addresses.map((each) => [each.address.city, each.selected]);
const codes = (now) => now.discountCodes.map((each) => [each.code, each.applicable]);
const cards = (now) => now.appliedGiftCards.map((each) => each.lastCharacters);
const chosen = (now) => now.deliveryGroups.nodes.map((group) => group.selectedDeliveryOption.handle);

const { products } = await storefront.query(
  `#graphql
  query Goods($country: CountryCode, $language: LanguageCode) @inContext(country: $country, language: $language) {
    products(first: 2, query: "available_for_sale:true") { nodes { variants(first: 1) { nodes { id } } } }
  }`,
  { cache: storefront.CacheShort() },
);
const [one, another] = products.nodes.map((product) => product.variants.nodes[0].id);
told.nobody = await cart.get();

let now = await act('create', () => cart.create({ lines: [{ merchandiseId: one, quantity: 1 }] }), quantities);
now = await act('addLines', () => cart.addLines([{ merchandiseId: another, quantity: 2 }]), (cart) => quantities(cart).sort());
const line = now.lines.nodes.find((each) => each.merchandise.id === another).id;
await act('updateLines', () => cart.updateLines([{ id: line, quantity: 3 }]), (cart) => quantities(cart).sort());
await act('removeLines', () => cart.removeLines([line]), quantities);
await act('updateNote', () => cart.updateNote('Ring twice'), (cart) => cart.note);
await act('updateAttributes', () => cart.updateAttributes([{ key: 'wrap', value: 'yes' }]), (cart) => cart.attributes);
await act('updateBuyerIdentity', () => cart.updateBuyerIdentity({ email: 'kari@example.com', countryCode: 'NO' }), (cart) => cart.buyerIdentity);

await act('updateDiscountCodes', () => cart.updateDiscountCodes(['FIRSTWALK']), codes);
await act('updateDiscountCodes to none', () => cart.updateDiscountCodes([]), codes);
await act('updateGiftCardCodes', () => cart.updateGiftCardCodes(['LARK-MOOR-GIFT-2026']), cards);
await act('updateGiftCardCodes to none', () => cart.updateGiftCardCodes([]), cards);
now = await act('addGiftCardCodes', () => cart.addGiftCardCodes(['LARK-MOOR-GIFT-2026']), cards);
const cardIds = now.appliedGiftCards.map((card) => card.id);
await act('removeGiftCardCodes', () => cart.removeGiftCardCodes(cardIds), cards);

now = await act('addDeliveryAddresses', () => cart.addDeliveryAddresses([{ address: address('Oslo', '0155'), selected: true }]), cities);
let place = now.delivery.addresses[0].id;
now = await act('updateDeliveryAddresses', () => cart.updateDeliveryAddresses([{ id: place, address: address('Bergen', '5003'), selected: true }]), cities);
const group = now.deliveryGroups.nodes[0];
const option = group.deliveryOptions.find((each) => each.handle !== group.selectedDeliveryOption.handle) ?? group.deliveryOptions[0];
told.wanted = [option.handle];
await act('updateSelectedDeliveryOption', () => cart.updateSelectedDeliveryOption([{ deliveryGroupId: group.id, deliveryOptionHandle: option.handle }]), chosen);
now = await act('replaceDeliveryAddresses', () => cart.replaceDeliveryAddresses([{ address: address('Tromsø', '9008'), selected: true }]), cities);
place = now.delivery.addresses[0].id;
await act('removeDeliveryAddresses', () => cart.removeDeliveryAddresses([place]), cities);

const unnamed = async (name, run) => {
  const { userErrors, errors } = await run();
  if (errors) throw new Error(`${name}: ${JSON.stringify(errors)}`);
  told[name] = { refused: userErrors, warned: [], is: (await cart.get()).shipping };
};
await unnamed('setMetafields', () => cart.setMetafields([{ key: 'custom.engraving', value: 'K. N.', type: 'single_line_text_field' }]));
await unnamed('deleteMetafield', () => cart.deleteMetafield('custom.engraving'));

told.operations = Object.keys(cart).sort();
console.log(JSON.stringify(told));
