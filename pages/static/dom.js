// Small words for building a page: elements, what they show, and amounts as people write them.

/** An element with properties, attributes (`aria-…`, `data-…`) and children; null children are left out. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (key in element && !key.includes("-")) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Replace what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
}

/** An amount as people of the browser's language write it. */
export function money({ amount, currencyCode }) {
  return new Intl.NumberFormat(navigator.language, { style: "currency", currency: currencyCode }).format(amount);
}

export function isNothing({ amount }) {
  return Number(amount) === 0;
}

/** A picture of goods; the words beside it name them, so it needs none of its own. */
export function picture(image) {
  return image ? el("img", { src: image.url, alt: "", width: 64, height: 64, loading: "lazy" }) : el("span", { className: "no-picture" });
}
