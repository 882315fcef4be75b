// The header without which the staff API answers nothing: typed once, then sent from every tab while the page is open.

export class RequiredHeader {
  #last = "";

  constructor({ name, hint }) {
    this.name = name;
    this.hint = hint;
  }

  /** The headers with this one in them, as it was given here or last given in another tab; null if it never was. */
  applied(headers) {
    this.#last = this.#given(headers) || this.#last;
    return this.#last ? { ...headers, [this.#spelled(headers)]: this.#last } : null;
  }

  /** The text of a headers pane with the header filled in where it was left empty. */
  filled(text) {
    const headers = parsed(text);
    if (!headers || this.#given(headers) || !this.#last) return text;
    return JSON.stringify({ ...headers, [this.#spelled(headers)]: this.#last }, null, 2);
  }

  #given(headers) {
    return String(headers[this.#spelled(headers)] ?? "").trim();
  }

  #spelled(headers) {
    return Object.keys(headers).find((name) => name.toLowerCase() === this.name.toLowerCase()) ?? this.name;
  }
}

function parsed(text) {
  try {
    return JSON.parse(text || "{}");
  } catch {
    return null;
  }
}
