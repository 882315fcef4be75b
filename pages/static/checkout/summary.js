// What is in the cart, what it costs, and the codes that make it cheaper.

import { byId, el, fill, isNothing, money, picture } from "../dom.js";

/** Show the lines and the sums of a cart; `remove` is called with `{code}` or `{giftCard}` to take one off. */
export function showSummary(cart, { remove }) {
  fill(byId("lines"), cart.lines.nodes.map(line));
  fill(byId("totals"), sums(cart).map(([name, amount, kind]) => [el("dt", { className: kind }, name), el("dd", { className: kind }, amount)]));
  fill(byId("codes"), cart.discountCodes.map((code) => discountChip(code, remove)), cart.appliedGiftCards.map((card) => cardChip(card, remove)));
  byId("summary-total").textContent = money(cart.cost.totalAmount);
  byId("place-order").textContent = `Place order · ${money(cart.cost.checkoutChargeAmount)}`;
}

function line({ quantity, cost, merchandise, attributes }) {
  const options = merchandise.selectedOptions.filter(({ value }) => value !== "Default Title").map(({ value }) => value);
  const noted = attributes.filter(({ key }) => !key.startsWith("_")).map(({ key, value }) => `${key}: ${value}`);
  const cheaper = cost.totalAmount.amount !== cost.subtotalAmount.amount;
  return el(
    "li",
    {},
    picture(merchandise.image),
    el("div", {}, el("div", {}, merchandise.product.title), el("div", { className: "quiet small" }, [...options, ...noted, `× ${quantity}`].join(" · "))),
    el("div", {}, cheaper ? el("del", { className: "quiet small" }, `${money(cost.subtotalAmount)} `) : null, money(cost.totalAmount)),
  );
}

function sums({ lines, cost, deliveryGroups, discountAllocations, appliedGiftCards }) {
  const { currencyCode } = cost.totalAmount;
  const chosen = deliveryGroups.nodes.map((group) => group.selectedDeliveryOption).filter(Boolean);
  const delivery = chosen.reduce((sum, option) => sum + Number(option.estimatedCost.amount), 0);
  return [
    ["Subtotal", money(cost.subtotalAmount)],
    ...discountAllocations.map(({ code, title, discountedAmount }) => [code ?? title ?? "Discount", `−${money(discountedAmount)}`]),
    travels(lines) && ["Delivery", chosen.length === 0 ? "—" : delivery === 0 ? "Free" : money({ amount: delivery, currencyCode })],
    cost.totalTaxAmount && !isNothing(cost.totalTaxAmount) ? ["Tax", money(cost.totalTaxAmount)] : null,
    ["Total", money(cost.totalAmount), "sum"],
    ...appliedGiftCards.map((card) => [`Gift card •••• ${card.lastCharacters}`, `−${money(card.amountUsed)}`]),
    appliedGiftCards.length > 0 ? ["To pay", money(cost.checkoutChargeAmount), "sum"] : null,
  ].filter(Boolean);
}

function travels(lines) {
  return lines.nodes.some(({ merchandise }) => merchandise.requiresShipping);
}

function discountChip({ code, applicable }, remove) {
  const words = el("span", { className: applicable ? "" : "unused" }, code);
  return chip([words, applicable ? null : el("span", { className: "unseen" }, ", which does not apply to this cart")], () => remove({ code }));
}

function cardChip({ id, lastCharacters }, remove) {
  return chip([`Gift card •••• ${lastCharacters}`], () => remove({ giftCard: id }));
}

/** A code with a cross: pressing it takes the code off, and who cannot see the cross hears that. */
function chip(words, remove) {
  return el("li", {}, el("button", { type: "button", title: "Remove", onclick: remove }, el("span", { className: "unseen" }, "Remove "), words, el("span", { "aria-hidden": "true" }, " ✕")));
}
