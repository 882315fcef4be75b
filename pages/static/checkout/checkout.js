// The checkout page: opens the cart of its address, keeps it in step with the form, and places the order.

import { byId, el, fill } from "../dom.js";
import { operationsAt } from "../operations.js";
import { addressNow, askOnlyForWhatTravels, billingNow, offerCountries, showFields } from "./address.js";
import { Attempt } from "./attempt.js";
import { Cart, Refused } from "./cart.js";
import { paymentNow, showDelivery, showPayment } from "./choices.js";
import { attend, emptyIn, mark, showProblems, unmarkAll, valuesOf } from "./fields.js";
import { showPolicies } from "./policies.js";
import { showSummary } from "./summary.js";

const key = decodeURIComponent(location.pathname.split("/").at(-1)) + keyInSearch();
const cart = new Cart(`gid://shopwright/Cart/${key}`, await operationsAt("/assets/checkout/operations.graphql"));
const attempt = new Attempt(cart);
let payments = {};
let sent = {};

await start().catch((error) => say(inWords(error)));

async function start() {
  if (attempt.wasAccepted) return leaveFor(await attempt.outcome({ waiting: offerToGoOn }).catch(stay));
  const { cart: open, shop } = await cart.open();
  greet(shop);
  if (!open && attempt.wasMade) return leaveFor(await attempt.submit({ waiting: say }));
  if (!open) return say("This cart is not here any more. If you placed an order, its confirmation is in your mail.");
  if (open.totalQuantity === 0) return say("Your cart is empty.");
  return open && show(open, shop);
}

/** Of what a bank's page adds to the address nothing stays: it may hold secrets of the payment. */
function keyInSearch() {
  const own = new URLSearchParams(location.search).get("key");
  const kept = own === null ? "" : `?${new URLSearchParams({ key: own })}`;
  if (kept !== location.search) history.replaceState(null, "", location.pathname + kept);
  return kept;
}

/** Back from the page where the payment is confirmed, and it is not: go there again, or do without it. */
function offerToGoOn(message, url) {
  if (!byId("waiting").hidden || !url) return url ? undefined : say(message);
  byId("loading").hidden = true;
  byId("waiting").hidden = false;
  byId("waiting-message").textContent = message;
  byId("go-on").href = url;
  byId("other-way").addEventListener("click", payAnotherWay, { once: true });
  return byId("waiting-title").focus();
}

function payAnotherWay() {
  attempt.forget();
  byId("waiting").hidden = true;
  reopen().catch((error) => say(inWords(error)));
}

async function reopen() {
  const { cart: open, shop } = await cart.open();
  greet(shop);
  if (!open) return say("This cart is not here any more. If you placed an order, its confirmation is in your mail.");
  return show(open, shop);
}

/** An attempt that failed: tell it and go on with the form. */
async function stay(error) {
  const { cart: open, shop } = await cart.open();
  greet(shop);
  if (!open) throw error;
  await show(open, shop);
  attend(showProblems(problemsOf(error)));
}

async function show(open, shop) {
  payments = shop.paymentSettings;
  const { address = {} } = open.delivery.addresses[0] ?? {};
  byId("email").value = open.buyerIdentity.email ?? "";
  byId("phone").value = address.phone ?? "";
  offerCountries(shop.shipsToCountries, address.countryCode ?? open.buyerIdentity.countryCode ?? payments.countryCode);
  await showFields(address);
  askOnlyForWhatTravels(open);
  sent = { address: JSON.stringify(addressNow()), email: open.buyerIdentity.email ?? "" };
  cart.onChange(draw);
  draw(open, []);
  byId("summary").open = matchMedia("(min-width: 56rem)").matches;
  byId("loading").hidden = true;
  byId("waiting").hidden = true;
  byId("checkout").hidden = false;
  listen();
}

function greet(shop) {
  document.title = `Checkout · ${shop.name}`;
  byId("shop-name").textContent = shop.name;
  showPolicies([shop.termsOfService, shop.privacyPolicy, shop.refundPolicy].filter(Boolean));
}

function draw(now, remarks) {
  showSummary(now, { remove: removeCode });
  showDelivery(now, chooseDelivery);
  showPayment(now, payments);
  byId("remarks").hidden = remarks.length === 0;
  byId("remarks").textContent = remarks.map(({ message }) => message).join(" ");
}

function listen() {
  byId("countryCode").addEventListener("change", () => showFields().then(sendAddress).catch(tell));
  byId("form").addEventListener("change", ({ target }) => {
    mark(target.name);
    if (target.name === "email") sendEmail().catch(tell);
    if (target.closest("#address") && target.name !== "countryCode") sendAddress().catch(tell);
  });
  byId("code-form").addEventListener("submit", (event) => {
    event.preventDefault();
    addCode(byId("code").value.trim()).catch((error) => mark("code", inWords(error)));
  });
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    placeOrder().catch(tell);
  });
}

async function sendEmail() {
  const { email } = valuesOf(byId("form"));
  if (!email || email === sent.email || !byId("email").validity.valid) return;
  sent.email = email;
  await cart.change("SetBuyer", { buyer: { email, countryCode: byId("countryCode").value } }).catch((error) => again("email", error));
}

async function sendAddress() {
  const address = addressNow();
  const written = JSON.stringify(address);
  if (!address || written === sent.address) return;
  sent.address = written;
  await cart.change("SetAddress", { address }).catch((error) => again("address", error));
}

/** What was refused was not taken: it is sent again when the order is placed. */
function again(what, error) {
  delete sent[what];
  throw error;
}

function chooseDelivery(group, handle) {
  const options = [{ deliveryGroupId: group.id, deliveryOptionHandle: handle }];
  cart.change("ChooseDelivery", { options }).catch(tell);
}

/** One field takes both kinds of code: it is tried as a discount first, then as a gift card. */
async function addCode(code) {
  mark("code");
  if (code === "") return;
  const before = cart.now.discountCodes.map((discount) => discount.code);
  const after = await cart.change("SetDiscountCodes", { codes: [...before, code] });
  const taken = after.discountCodes.find((discount) => discount.code.toLowerCase() === code.toLowerCase());
  if (!taken?.applicable) await addGiftCard(code, before);
  byId("code").value = "";
}

/** What was no discount may be a gift card; a discount that is known but does not apply is told as such. */
async function addGiftCard(code, codesBefore) {
  const reason = cart.remarks.findLast((remark) => remark.code.startsWith("DISCOUNT_"));
  const cards = cart.now.appliedGiftCards.length;
  await cart.change("SetDiscountCodes", { codes: codesBefore });
  if (reason && reason.code !== "DISCOUNT_NOT_FOUND") throw new Refused([reason]);
  const withCard = await cart.change("AddGiftCard", { code });
  if (withCard.appliedGiftCards.length === cards) throw new Refused([{ message: "This code does not apply to your cart." }]);
}

function removeCode({ code, giftCard }) {
  const codes = cart.now.discountCodes.map((discount) => discount.code).filter((other) => other !== code);
  const change = giftCard ? cart.change("RemoveGiftCard", { id: giftCard }) : cart.change("SetDiscountCodes", { codes });
  change.catch(tell);
}

async function placeOrder() {
  unmarkAll(byId("form"));
  fill(byId("problems"));
  const missing = missingFields();
  if (missing.length > 0) return attend(showProblems(missing));
  const button = byId("place-order");
  button.disabled = true;
  button.textContent = "Placing your order …";
  try {
    await sendEmail();
    await sendAddress();
    await cart.settled();
    await cart.change("SetPayment", { payment: paymentNow(cart.now, billingNow()) });
    button.textContent = "Placing your order …";
    leaveFor(await attempt.submit({ waiting: (message) => (button.textContent = message) }));
  } catch (error) {
    button.disabled = false;
    if (cart.now) draw(cart.now, []);
    attend(showProblems(problemsOf(error)));
  }
}

function missingFields() {
  const empty = emptyIn(byId("form")).map((field) => ({ field, message: "Please fill this in." }));
  const odd = byId("email").value && !byId("email").validity.valid ? [{ field: "email", message: "This does not look like an email address." }] : [];
  return [...empty, ...odd];
}

/** To the order once it is placed, or to the bank's page when it wants to ask first. */
function leaveFor(next) {
  if (next?.url) return location.assign(next.url);
  if (!next?.order) return undefined;
  const number = next.order.orderId.split("/").at(-1).split("?")[0];
  return location.replace(`/orders/${encodeURIComponent(number)}#${next.order.orderToken}`);
}

function tell(error) {
  showProblems(problemsOf(error));
}

function say(message) {
  byId("loading").hidden = false;
  byId("loading").textContent = message;
}

function problemsOf(error) {
  return error instanceof Refused ? error.errors : [{ message: inWords(error) }];
}

function inWords(error) {
  if (!(error instanceof Refused)) console.error(error);
  return error instanceof Refused ? error.message : "Something went wrong on this page. Please load it again.";
}
