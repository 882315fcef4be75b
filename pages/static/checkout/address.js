// The delivery address: fields as the chosen country writes its addresses.

import { byId, el, fill } from "../dom.js";
import { emptyIn, fieldOf, valuesOf } from "./fields.js";

const NAMES = {
  firstName: "First name",
  lastName: "Last name",
  company: "Company",
  address1: "Street and number",
  address2: "Apartment, floor, building",
};
const AUTOCOMPLETE = {
  firstName: "given-name",
  lastName: "family-name",
  company: "organization",
  address1: "address-line1",
  address2: "address-line2",
  city: "address-level2",
  provinceCode: "address-level1",
  zip: "postal-code",
};

/** Fill the list of countries and choose one. */
export function offerCountries(codes, chosen) {
  const names = new Intl.DisplayNames([navigator.language, "en"], { type: "region" });
  const named = codes.filter((code) => code !== "ZZ").map((code) => ({ code, name: names.of(code) }));
  named.sort((one, other) => one.name.localeCompare(other.name));
  fill(byId("countryCode"), named.map(({ code, name }) => el("option", { value: code }, name)));
  byId("countryCode").value = codes.includes(chosen) ? chosen : (named[0]?.code ?? "");
}

/** Show the fields of the chosen country; what was typed already stays. */
export async function showFields(known = {}) {
  const country = byId("countryCode").value;
  const form = await formOf(country);
  if (byId("countryCode").value !== country) return;
  const typed = { ...known, ...present(valuesOf(byId("form"))) };
  const rows = form.rows.map((row) => el("div", { className: "row" }, row.map((name) => field(name, form, typed[name]))));
  fill(byId("address-fields"), rows);
}

/** Goods that do not travel need no address, only the country that the invoice is for. */
export function askOnlyForWhatTravels(cart) {
  const travels = cart.lines.nodes.some(({ merchandise }) => merchandise.requiresShipping);
  byId("address-title").textContent = travels ? "Delivery address" : "Invoice";
  for (const part of ["address-fields", "phone-part", "delivery"]) byId(part).hidden = !travels;
}

/** Who the invoice is for: the address of the goods or, where they need none, the country alone. */
export function billingNow() {
  return addressNow() ?? { countryCode: byId("countryCode").value };
}

/** The address as the API takes it, or null while something required is missing or none is needed. */
export function addressNow() {
  if (byId("address-fields").hidden || emptyIn(byId("address")).length > 0) return null;
  const { email, code, ...address } = valuesOf(byId("form"));
  const wanted = [...Object.keys(AUTOCOMPLETE), "countryCode", "phone"];
  return Object.fromEntries(Object.entries(address).filter(([name, value]) => wanted.includes(name) && value !== ""));
}

async function formOf(country) {
  const answer = await fetch(`/checkout/address-forms/${encodeURIComponent(country)}.json`);
  return answer.ok ? answer.json() : { rows: [["firstName", "lastName"], ["address1"], ["address2"], ["city", "zip"]], required: ["lastName", "address1", "city"], names: {}, provinces: [] };
}

function field(name, form, value) {
  const provinces = [{ value: "", text: "Choose …" }, ...form.provinces.map(({ code, name: text }) => ({ value: code, text }))];
  return fieldOf(name, {
    label: form.names[name] ?? NAMES[name] ?? name,
    required: form.required.includes(name),
    autocomplete: AUTOCOMPLETE[name],
    choices: name === "provinceCode" ? provinces : undefined,
    value,
  });
}

function present(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}
