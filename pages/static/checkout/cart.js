// The cart as the page knows it, and every change to it. Changes wait for each other, so that the last answer is the newest.

import { ask } from "../graphql.js";

/** What the shop refused, or what could not be asked: `errors` have a message and, where one is to blame, a field. */
export class Refused extends Error {
  constructor(errors) {
    super(errors.map(({ message }) => message).join(" "));
    this.errors = errors;
  }
}

export class Cart {
  #turn = Promise.resolve();
  #listeners = new Set();

  /** What the shop remarked about the last change. */
  remarks = [];

  constructor(id, operation) {
    this.id = id;
    this.operation = operation;
    this.now = null;
  }

  /** Hear of every new state of the cart, with what the shop remarked about it. */
  onChange(listener) {
    this.#listeners.add(listener);
  }

  async open() {
    const { cart, shop } = await this.run("OpenCheckout", {});
    this.now = cart;
    return { cart, shop };
  }

  /** Run one change after those before it; a refusal is thrown, the cart that came with it is kept all the same. */
  change(name, variables) {
    const done = this.#turn.then(() => this.#changed(name, variables));
    this.#turn = done.catch(() => {}).then(() => this.#tell());
    return done;
  }

  /** Resolves when every change so far has been answered. */
  settled() {
    return this.#turn;
  }

  /** Ask one operation of the page; errors of any kind are thrown as refusals in words. */
  async run(name, variables) {
    const answer = await ask("/graphql", this.operation(name, { cartId: this.id, ...variables })).catch(() => {
      throw new Refused([{ message: "The shop could not be reached. Check your connection and try again." }]);
    });
    if (answer.errors?.length) throw new Refused(answer.errors.map(({ message }) => ({ message })));
    return answer.data;
  }

  async #changed(name, variables) {
    this.remarks = [];
    const { change } = await this.run(name, variables);
    this.now = change.cart ?? this.now;
    this.remarks = change.warnings ?? [];
    if (change.userErrors.length > 0) throw new Refused(change.userErrors.map(withField));
    return this.now;
  }

  #tell() {
    for (const listener of this.#listeners) listener(this.now, this.remarks);
  }
}

function withField({ field, code, message }) {
  return { field: field?.at(-1), code, message };
}
