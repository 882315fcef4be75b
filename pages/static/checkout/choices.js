// What is chosen by a press: the way of delivery, and the way to pay.

import { byId, el, fill, isNothing, money } from "../dom.js";

const TEST_PAYMENTS = [
  ["test:approve", "Test card that pays"],
  ["test:decline", "Test card that is declined"],
  ["test:action", "Test card that asks to confirm"],
];

/** Show the ways each group of goods may travel; `choose` is called with the group and the handle pressed. */
export function showDelivery(cart, choose) {
  const groups = cart.deliveryGroups.nodes.filter((group) => group.deliveryOptions.length > 0);
  const hint = cart.delivery.addresses.length > 0 ? "There is no way to deliver to this address." : "Fill in the address to see how it can be delivered.";
  const lists = groups.map((group, number) => choices(`delivery-${number}`, "How it travels", group.deliveryOptions.map((option) => ({
    value: option.handle,
    text: option.title ?? option.handle,
    detail: option.description,
    side: isNothing(option.estimatedCost) ? "Free" : money(option.estimatedCost),
    checked: option.handle === group.selectedDeliveryOption?.handle,
    chosen: () => choose(group, option.handle),
  }))));
  keepingFocus(() => fill(byId("delivery-options"), lists.length > 0 ? lists : el("p", { className: "quiet" }, hint)));
}

/** Show the ways to pay that the shop offers; when nothing is left to pay there is nothing to choose. */
export function showPayment(cart, { manualPaymentMethods = [], testPayments = false, providers = [] }) {
  const wanted = byId("form").elements.payment?.value;
  const manual = manualPaymentMethods.map((name) => ({ value: `manual:${name}`, text: capitalized(name) }));
  const tests = testPayments ? TEST_PAYMENTS.map(([value, text]) => ({ value, text, detail: "No money moves" })) : [];
  const hosted = providers.filter(({ hostedSessionId }) => hostedSessionId).map(({ name, hostedSessionId: value }) => ({
    value,
    text: "Card or another way online",
    detail: `You pay on the page of ${capitalized(name)} and come back`,
  }));
  const offered = isNothing(cart.cost.checkoutChargeAmount) ? [] : [...hosted, ...tests, ...manual];
  for (const [place, method] of offered.entries()) method.checked = wanted ? method.value === wanted : place === 0;
  keepingFocus(() => fill(byId("payment-methods"), offered.length > 0 ? choices("payment", "How you pay", offered) : el("p", { className: "quiet" }, "Nothing is left to pay.")));
}

/** The payment as the API takes it. */
export function paymentNow(cart, billing) {
  const amount = cart.cost.checkoutChargeAmount;
  const method = byId("form").elements.payment?.value;
  const billingAddress = mailing(billing);
  if (!method) return { amount, freePaymentMethod: { billingAddress } };
  if (method.startsWith("manual:")) return { amount, manualPaymentMethod: { name: method.slice("manual:".length) } };
  return { amount, directPaymentMethod: { sessionId: method, billingAddress } };
}

function choices(name, legend, options) {
  const rows = options.map(({ value, text, detail, side, checked, chosen }) =>
    el(
      "label",
      { className: "choice" },
      el("input", { type: "radio", name, value, checked, onchange: chosen }),
      el("span", {}, text, detail ? el("span", { className: "quiet small" }, ` ${detail}`) : null),
      el("span", {}, side ?? ""),
    ),
  );
  return el("fieldset", { className: "choices", "aria-label": legend }, rows);
}

/** Redraw without taking the keyboard away from the choice it was on. */
function keepingFocus(redraw) {
  const { name, value, type } = document.activeElement ?? {};
  redraw();
  if (type === "radio") [...document.getElementsByName(name)].find((input) => input.value === value)?.focus();
}

/** A billing address by the names that mailing addresses use. */
function mailing({ countryCode, provinceCode, ...address } = {}) {
  return { ...address, country: countryCode, province: provinceCode };
}

function capitalized(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
