// The shop's terms, read on the page itself: nobody has to leave the checkout for them.

import { byId, el, fill } from "../dom.js";

/** A button for each text; pressing it opens the text over the page. */
export function showPolicies(policies) {
  fill(byId("policies"), policies.map((policy) => el("button", { type: "button", className: "link", onclick: () => open(policy) }, policy.title)));
}

function open({ title, body }) {
  const dialog = byId("policy");
  fill(dialog, el("form", { method: "dialog", className: "dialog-head" }, el("h2", { id: "policy-title" }, title), el("button", {}, "Close")), paragraphsOf(body));
  dialog.showModal();
  dialog.scrollTop = 0;
}

/** The text of an HTML document by its paragraphs; whatever else it holds stays out of the page. */
function paragraphsOf(html) {
  const parts = new DOMParser().parseFromString(html, "text/html").body.querySelectorAll("h1, h2, h3, h4, p, li");
  return [...parts].map((part) => el(part.tagName.startsWith("H") ? "h3" : "p", {}, part.textContent));
}
