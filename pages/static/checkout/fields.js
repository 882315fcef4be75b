// The fields of the form: their values, and the problems shown beside them.

import { byId, el, fill } from "../dom.js";

/** A labelled field with room for its problem. `choices` makes it a list to choose from. */
export function fieldOf(name, { label, required = false, autocomplete, choices, value = "", hint, inputMode }) {
  const control = choices
    ? el("select", { id: name, name, autocomplete, required }, choices.map(({ value: key, text }) => el("option", { value: key }, text)))
    : el("input", { id: name, name, autocomplete, required, inputMode, maxLength: 255, placeholder: hint });
  control.value = value;
  const optional = required ? null : el("span", { className: "quiet" }, " (optional)");
  return el(
    "div",
    { className: "field", "data-field": name },
    el("label", { htmlFor: name }, label, optional),
    control,
    el("p", { className: "problem", id: `${name}-problem` }),
  );
}

/** What the form's named controls hold, trimmed. */
export function valuesOf(form) {
  return Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
}

/** Names of required controls in a part of the page that are still empty. */
export function emptyIn(part) {
  const asked = [...part.querySelectorAll("[required]")].filter((control) => !control.closest("[hidden]"));
  return asked.filter((control) => control.value.trim() === "").map((control) => control.name);
}

/** Show a problem beside its field, or take it away; false where the page shows no such field. */
export function mark(name, message = "") {
  const control = byId(name);
  const place = byId(`${name}-problem`);
  if (!control || !place || control.closest("[hidden]")) return false;
  place.textContent = message;
  control.setAttribute("aria-invalid", message ? "true" : "false");
  if (message) control.setAttribute("aria-describedby", place.id);
  else control.removeAttribute("aria-describedby");
  return true;
}

export function unmarkAll(part) {
  for (const control of part.querySelectorAll('[aria-invalid="true"]')) mark(control.name);
}

/** Show what was refused: beside the fields that are to blame, the rest on top of the form. Answers the first field. */
export function showProblems(errors) {
  const placed = errors.filter(({ field, message }) => field && mark(field, message));
  const others = errors.filter((error) => !placed.includes(error));
  const box = byId("problems");
  box.classList.toggle("bad", others.length > 0);
  fill(box, others.length > 1 ? el("ul", {}, others.map(({ message }) => el("li", {}, message))) : others[0]?.message);
  return placed[0]?.field;
}

/** Bring the first problem before the reader's eyes and keyboard. */
export function attend(field) {
  (byId(field) ?? byId("problems")).focus();
}
