// What a shopper can do with an order: call it off, send something back, have a new link mailed.

import { byId, el, fill } from "../dom.js";

const REASONS = ["It does not fit", "It is not as described", "It arrived damaged", "I changed my mind", "Another reason"];
const LOST = "The shop could not be reached. Check your connection and try again.";
let offered = "";

/** Show what the order allows now. A form that is open keeps what was filled in, as long as the goods are the same. */
export function offerActs(order) {
  byId("cancel").hidden = !order.cancelable;
  const lines = order.lineItems.nodes.filter((line) => line.returnableQuantity > 0);
  byId("return").hidden = lines.length === 0;
  const now = JSON.stringify(lines.map(({ id, returnableQuantity }) => [id, returnableQuantity]));
  if (now === offered) return;
  offered = now;
  fill(byId("return-lines"), lines.map(lineOf));
}

/** Let the buttons act: `mutate` carries a mutation out, `show` shows the order afterwards. */
export function listenForActs(mutate, show) {
  opens("cancel");
  opens("return");
  byId("cancel-yes").addEventListener("click", () => act("cancel", () => mutate("CancelOrder", {}), show, "Your order is canceled."));
  byId("return-form").addEventListener("change", () => problem("return", ""));
  byId("return-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const wanted = wantedLines();
    if (wanted.length === 0) return problem("return", "Choose what you want to send back.");
    const note = byId("return-note").value.trim() || null;
    return act("return", () => mutate("ReturnGoods", { lines: wanted, note }), show, "The shop was asked. Its answer comes here and by mail.");
  });
}

/** For a link whose time is over: a new one goes to the order's email. */
export function offerNewLink(mutate) {
  byId("loading").hidden = true;
  byId("expired").hidden = false;
  const button = byId("send-link");
  const answer = byId("send-link-answer");
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      const { userErrors } = await mutate("SendLink");
      answer.textContent = userErrors.length > 0 ? refusal(userErrors[0]) : "It is on its way. Look into the mailbox of the order's address.";
    } catch (error) {
      console.warn(error);
      button.disabled = false;
      answer.textContent = LOST;
    }
  });
}

function opens(name) {
  const dialog = byId(`${name}-dialog`);
  byId(name).addEventListener("click", () => {
    problem(name, "");
    dialog.showModal();
  });
  byId(`${name}-no`).addEventListener("click", () => dialog.close());
}

async function act(name, mutation, show, told) {
  const button = byId(`${name}-yes`);
  problem(name, "");
  button.disabled = true;
  try {
    const { order, userErrors } = await mutation();
    if (order) show(order);
    if (userErrors.length > 0) return problem(name, userErrors[0].message);
    byId(`${name}-dialog`).close();
    byId("done").textContent = told;
    byId("done").hidden = false;
  } catch (error) {
    console.warn(error);
    problem(name, LOST);
  } finally {
    button.disabled = false;
  }
  return undefined;
}

function problem(name, message) {
  byId(`${name}-problem`).textContent = message;
}

function lineOf({ id, title, variantTitle, returnableQuantity }, place) {
  const kind = variantTitle === "Default Title" ? "" : ` · ${variantTitle}`;
  const numbers = Array.from({ length: returnableQuantity + 1 }, (_, units) => el("option", { value: units }, String(units)));
  const reasons = REASONS.map((reason) => el("option", {}, reason));
  return el(
    "fieldset",
    { className: "return-line", "data-line": id },
    el("legend", {}, title, kind),
    el("div", {}, el("label", { htmlFor: `units-${place}` }, "How many"), el("select", { id: `units-${place}`, name: "units" }, numbers)),
    el("div", {}, el("label", { htmlFor: `reason-${place}` }, "Why"), el("select", { id: `reason-${place}`, name: "reason" }, reasons)),
  );
}

function wantedLines() {
  const lines = [...byId("return-lines").querySelectorAll("fieldset")].map((line) => ({
    lineItemId: line.dataset.line,
    quantity: Number(line.querySelector('[name="units"]').value),
    reason: line.querySelector('[name="reason"]').value,
  }));
  return lines.filter(({ quantity }) => quantity > 0);
}

function refusal({ message, retryAfter }) {
  if (!retryAfter) return message;
  const time = new Intl.DateTimeFormat(navigator.language, { timeStyle: "short" }).format(new Date(retryAfter));
  return `You asked several times already. Please look into your mail, or ask again after ${time}.`;
}
