// An order as its buyer reads it: how far it has come, its parcels, what was bought and what it cost.

import { byId, el, fill, isNothing, money } from "../dom.js";

const PAID = {
  PENDING: "Waiting for payment",
  AUTHORIZED: "Payment approved",
  PARTIALLY_PAID: "Partly paid",
  PAID: "Paid",
  PARTIALLY_REFUNDED: "Partly refunded",
  REFUNDED: "Refunded",
  VOIDED: "Payment voided",
  EXPIRED: "Payment expired",
};
const SENT = {
  UNFULFILLED: "Being prepared",
  PARTIALLY_FULFILLED: "Partly sent",
  FULFILLED: "Sent",
  RESTOCKED: "Returned to stock",
};
const PARCEL = {
  PENDING: "Packed",
  IN_TRANSIT: "On its way",
  OUT_FOR_DELIVERY: "Arriving today",
  DELIVERED: "Delivered",
  FAILURE: "Could not be delivered",
  CANCELED: "Canceled",
};
const CHANGES = {
  "order.placed": "Your order was placed",
  "order.paid": "Your payment arrived",
  "order.canceled": "Your order was canceled",
  "order.closed": "Your order is complete",
  "order.fulfilled": "Your order was sent",
  "order.partially_fulfilled": "A part of your order was sent",
  "order.refunded": "Money was paid back to you",
  "order.voided": "The payment was let go",
  "fulfillment.tracked": "Your parcel can be tracked",
  "fulfillment.in_transit": "Your parcel is on its way",
  "fulfillment.out_for_delivery": "Your parcel arrives today",
  "fulfillment.delivered": "Your parcel was delivered",
  "fulfillment.failed": "Your parcel could not be delivered",
  "return.requested": "You asked to send something back",
  "return.approved": "The shop takes your goods back",
  "return.declined": "The shop cannot take your goods back",
  "return.canceled": "Your return was called off",
  "return.received": "Your goods came back to the shop",
};
const RETURN = {
  REQUESTED: "Asked for: the shop will answer",
  OPEN: "Agreed: please send it",
  DECLINED: "The shop cannot take it back",
  CLOSED: "Came back",
  CANCELED: "Called off",
};

/** Show everything about an order as it stands. */
export function showOrder(order) {
  byId("order-title").textContent = order.canceledAt ? `Order ${order.name} is canceled` : `Thank you! Order ${order.name}`;
  byId("placed").textContent = `Placed ${when(order.processedAt)}${order.email ? ` · we write to ${order.email}` : ""}`;
  fill(byId("steps"), stepsOf(order).map(step));
  fill(byId("parcels"), (order.successfulFulfillments ?? []).map(parcel));
  fill(byId("lines"), order.lineItems.nodes.map(line));
  byId("returns-part").hidden = order.returns.length === 0;
  fill(byId("returns"), order.returns.map(returned));
  byId("address-part").hidden = !order.shippingAddress;
  fill(byId("address"), (order.shippingAddress?.formatted ?? []).map((part) => el("div", {}, part)));
  fill(byId("totals"), sums(order).map(([name, amount, kind]) => [el("dt", { className: kind }, name), el("dd", { className: kind }, amount)]));
}

/** Say what has just happened, and remember it in the list of what has happened since. */
export function tellChange(kind, occurredAt) {
  if (kind === "snapshot") return;
  const words = CHANGES[kind] ?? worded(kind);
  byId("history").prepend(el("li", {}, el("span", {}, words), el("time", { className: "quiet small", dateTime: occurredAt }, when(occurredAt))));
  byId("history-part").hidden = false;
}

function stepsOf({ financialStatus, fulfillmentStatus, canceledAt, successfulFulfillments }) {
  const delivered = successfulFulfillments?.length > 0 && successfulFulfillments.every(({ state }) => state === "DELIVERED");
  if (canceledAt) return [{ text: "Canceled", done: true }, ...(financialStatus === "PENDING" ? [] : [{ text: PAID[financialStatus] ?? "—", done: true }])];
  return [
    { text: "Placed", done: true },
    { text: PAID[financialStatus] ?? "—", done: !["PENDING", "EXPIRED", "PARTIALLY_PAID"].includes(financialStatus) },
    { text: SENT[fulfillmentStatus], done: fulfillmentStatus === "FULFILLED" },
    { text: "Delivered", done: delivered && fulfillmentStatus === "FULFILLED" },
  ];
}

function step({ text, done }) {
  return el("li", { className: done ? "done" : "" }, el("span", { className: "mark", "aria-hidden": "true" }, done ? "✓" : ""), text, el("span", { className: "unseen" }, done ? " (done)" : " (to come)"));
}

function parcel({ state, trackingCompany, trackingInfo }, place) {
  const links = trackingInfo.map(({ number, url }) => (isWeb(url) ? el("a", { href: url, rel: "noreferrer" }, `Track ${number ?? "it"}`) : (number ?? null)));
  return el("li", {}, el("strong", {}, `Parcel ${place + 1}: ${PARCEL[state] ?? worded(state)}`), el("span", { className: "quiet" }, trackingCompany ? ` with ${trackingCompany} ` : " "), links);
}

function returned({ state, declineReason, lines }) {
  const goods = lines.map(({ quantity, lineItem }) => `${quantity} × ${lineItem.title}`).join(", ");
  return el("li", {}, el("strong", {}, RETURN[state] ?? worded(state)), el("div", {}, goods), declineReason ? el("div", { className: "quiet" }, declineReason) : null);
}

function line({ title, variantTitle, quantity, currentQuantity, returnedQuantity, discountedTotalPrice }) {
  const kind = variantTitle === "Default Title" ? [] : [variantTitle];
  const canceled = quantity > currentQuantity ? [`${quantity - currentQuantity} canceled`] : [];
  const back = returnedQuantity > 0 ? [`${returnedQuantity} came back`] : [];
  return el("li", {}, el("div", {}, el("div", {}, title), el("div", { className: "quiet small" }, [...kind, `× ${quantity}`, ...canceled, ...back].join(" · "))), el("div", {}, money(discountedTotalPrice)));
}

function sums({ subtotalPrice, totalShippingPrice, totalTax, totalPrice, totalRefunded }) {
  return [
    subtotalPrice ? ["Subtotal", money(subtotalPrice)] : null,
    ["Delivery", isNothing(totalShippingPrice) ? "Free" : money(totalShippingPrice)],
    totalTax && !isNothing(totalTax) ? ["Tax", money(totalTax)] : null,
    ["Total", money(totalPrice), "sum"],
    isNothing(totalRefunded) ? null : ["Paid back", money(totalRefunded)],
  ].filter(Boolean);
}

function when(time) {
  return new Intl.DateTimeFormat(navigator.language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(time));
}

/** Only addresses of the web become links: a tracking address comes from elsewhere. */
function isWeb(url) {
  return /^https?:\/\//i.test(url ?? "");
}

function worded(name) {
  const words = name.toLowerCase().replaceAll(/[._]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
