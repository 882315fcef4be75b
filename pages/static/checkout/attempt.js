// Placing the order so that it happens once: one token per try, kept across reloads, and the outcome asked for until it is known.

import { Refused } from "./cart.js";

/** What this browser remembers of the try to complete one cart. */
export class Attempt {
  constructor(cart) {
    this.cart = cart;
    this.key = `shopwright:attempt:${cart.id.split("/").at(-1).split("?")[0]}`;
  }

  get #kept() {
    return JSON.parse(localStorage.getItem(this.key) ?? "{}");
  }

  #keep(changes) {
    localStorage.setItem(this.key, JSON.stringify({ ...this.#kept, ...changes }));
  }

  get wasMade() {
    return "token" in this.#kept;
  }

  get wasAccepted() {
    return "id" in this.#kept;
  }

  /** Forget this try: the next one is a new one, and nobody waits for this one any more. */
  forget() {
    localStorage.removeItem(this.key);
    this.given = true;
  }

  /** Submit the cart, again with the same token if it may have been submitted before, and wait for the outcome. */
  async submit({ waiting = () => {} } = {}) {
    if (!this.wasMade) this.#keep({ token: newToken() });
    this.given = false;
    for (let tries = 0; tries < PATIENCE; tries += 1) {
      const { cartSubmitForCompletion: payload } = await this.cart.run("Submit", { attemptToken: this.#kept.token });
      const wait = this.#accepted(payload);
      if (!wait) return this.outcome({ waiting });
      await pause(wait);
    }
    throw new Refused([{ message: "Another try to pay this cart is still under way. Please wait a minute and place the order again." }]);
  }

  /**
   * Wait until the attempt has an end, and give back where to go next: `{order}`, or `{url}` of the page on which the
   * shopper confirms the payment. Who has been there already is not sent again: `waiting` is told where it was.
   */
  async outcome({ waiting = () => {} } = {}) {
    while (!this.given) {
      const { cartCompletionAttempt: attempt } = await this.cart.run("Attempt", { attemptId: this.#kept.id });
      if (attempt?.__typename === "CartCompletionSuccess") return { order: attempt };
      if (attempt?.__typename === "CartCompletionActionRequired") {
        const url = attempt.action?.redirectUrl;
        if (url && this.#kept.sent !== url) return this.#sentTo(url);
        waiting("As soon as it is, this page goes on by itself.", url);
        await this.#lookAgain();
      } else if (attempt?.__typename !== "CartCompletionProcessing") this.#fail(attempt?.errors);
      await pause(attempt.pollDelay ?? 2000);
    }
    return undefined;
  }

  #sentTo(url) {
    this.#keep({ sent: url });
    return { url };
  }

  /** The same submission once more is no new one: it has the shop ask whether the payment was confirmed. */
  async #lookAgain() {
    if (!this.given) await this.cart.run("Submit", { attemptToken: this.#kept.token });
  }

  /** Keeps the attempt's id; answers how long to wait before asking again where the shop is busy. */
  #accepted({ result, userErrors }) {
    if (result?.__typename === "SubmitThrottled") return Math.max(500, Date.parse(result.pollAfter) - Date.now());
    if (!result?.attemptId) this.#fail(result?.errors ?? userErrors);
    this.#keep({ id: result.attemptId });
    return 0;
  }

  #fail(errors) {
    this.forget();
    const told = errors?.length ? errors : [{ message: "The order could not be placed. Nothing was charged." }];
    throw new Refused(told.map(({ code, message }) => ({ field: fieldOf(code), message: message ?? inWords(code) })));
  }
}

const PATIENCE = 12;
const FIELDS = [
  [/^BUYER_IDENTITY_EMAIL/, "email"],
  [/^BUYER_IDENTITY_PHONE|^DELIVERY_(OPTIONS_)?PHONE/, "phone"],
  [/^DELIVERY_ADDRESS1/, "address1"],
  [/^DELIVERY_ADDRESS2/, "address2"],
  [/^DELIVERY_CITY/, "city"],
  [/^DELIVERY_COMPANY/, "company"],
  [/^DELIVERY_COUNTRY/, "countryCode"],
  [/^DELIVERY_FIRST_NAME/, "firstName"],
  [/^DELIVERY_LAST_NAME/, "lastName"],
  [/^DELIVERY_(INVALID_)?POSTAL_CODE/, "zip"],
  [/^DELIVERY_ZONE/, "provinceCode"],
];

/** The form field an error code speaks of, if it speaks of one. */
function fieldOf(code = "") {
  return FIELDS.find(([pattern]) => pattern.test(code))?.[1];
}

function inWords(code = "") {
  return `${code.charAt(0)}${code.slice(1).toLowerCase().replaceAll("_", " ")}.`;
}

function newToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, Math.min(Math.max(milliseconds ?? 500, 200), 5000)));
}
