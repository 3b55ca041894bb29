// Validates the fields, exchanges them for a payment method, and talks to the one parent named in the page.

const form = document.querySelector("form");
const fields = { number: form.number, expiry: form.expiry, cvc: form.cvc };
const brandLabel = document.querySelector(".brand");
const parentOrigin = form.dataset.origin;
const BRANDS = [
  { name: "amex", label: "Amex", pattern: /^3[47]/, lengths: [15], groups: [4, 6, 5], cvc: 4 },
  { name: "visa", label: "Visa", pattern: /^4/, lengths: [16], groups: [4, 4, 4, 4], cvc: 3 },
  { name: "mastercard", label: "Mastercard", pattern: /^(5[1-5]|2[2-7])/, lengths: [16], groups: [4, 4, 4, 4], cvc: 3 },
];
const OTHER = { name: "unknown", label: "", lengths: [12, 13, 14, 15, 16, 17, 18, 19], groups: [4, 4, 4, 4, 3], cvc: 3 };
const FIELD_OF_PARAMETER = { number: "number", exp_month: "expiry", exp_year: "expiry", cvc: "cvc" };
const UNREACHABLE = "We could not reach the payment service, and nothing was charged. Please try again.";
const touched = new Set();

const digits = (text) => text.replace(/\D/g, "");
const brand = () => BRANDS.find(({ pattern }) => pattern.test(digits(fields.number.value))) ?? OTHER;
const alone = window.parent === window;
const tell = (message) => alone || window.parent.postMessage(message, parentOrigin);

function passesLuhn(number) {
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (place % 2 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

function grouped(number, groups) {
  const parts = [];
  let rest = number;
  for (const size of groups) {
    if (!rest) break;
    parts.push(rest.slice(0, size));
    rest = rest.slice(size);
  }
  return parts.join(" ");
}

function expiryText(text, deleting) {
  let value = digits(text);
  if (value.length === 6 && value.slice(2, 4) === "20") value = value.slice(0, 2) + value.slice(4);
  if (value.length === 1 && (Number(value) > 1 || /^\d\s*\//.test(text))) value = `0${value}`;
  if (value.length < 2 || (value.length === 2 && deleting)) return value;
  return `${value.slice(0, 2)} / ${value.slice(2, 4)}`;
}

function expiry() {
  const value = digits(fields.expiry.value);
  return { month: Number(value.slice(0, 2)), year: 2000 + Number(value.slice(2)), complete: value.length === 4 };
}

const problems = {
  number() {
    const value = digits(fields.number.value);
    if (!value) return ["incomplete_number", "Enter your card number."];
    if (value.length < Math.min(...brand().lengths)) return ["incomplete_number", "Your card number is incomplete."];
    if (!brand().lengths.includes(value.length) || !passesLuhn(value)) return ["incorrect_number", "Check your card number."];
  },
  expiry() {
    const { month, year, complete } = expiry();
    const now = new Date();
    if (!complete) return ["incomplete_expiry", "Enter the expiry date as month and year."];
    if (month < 1 || month > 12) return ["invalid_expiry_month", "The month is between 01 and 12."];
    if (year * 12 + month - 1 < now.getFullYear() * 12 + now.getMonth()) return ["invalid_expiry_year", "This date is in the past."];
  },
  cvc() {
    const length = brand().cvc;
    if (digits(fields.cvc.value).length !== length) return ["incomplete_cvc", `Enter the ${length}-digit security code.`];
  },
};

function show(name, message) {
  const error = document.getElementById(`${name}-error`);
  if (error.textContent !== message) error.textContent = message;
  if (message) fields[name].setAttribute("aria-invalid", "true");
  else fields[name].removeAttribute("aria-invalid");
}

function refresh(name) {
  if (touched.has(name)) show(name, problems[name]()?.[1] ?? "");
}

function retype(input, text) {
  const before = digits(input.value.slice(0, input.selectionStart)).length;
  const atEnd = input.selectionStart === input.value.length;
  input.value = text;
  if (atEnd) return;
  let caret = 0;
  for (let seen = 0; seen < before && caret < text.length; caret += 1) if (/\d/.test(text[caret])) seen += 1;
  input.setSelectionRange(caret, caret);
}

function formatted(name, deleting) {
  if (name === "number") return grouped(digits(fields.number.value).slice(0, 19), brand().groups);
  if (name === "expiry") return expiryText(fields.expiry.value, deleting);
  return digits(fields.cvc.value).slice(0, brand().cvc);
}

for (const [name, input] of Object.entries(fields)) {
  input.addEventListener("input", (event) => {
    retype(input, formatted(name, event.inputType?.startsWith("delete")));
    brandLabel.textContent = brand().label;
    show(name, "");
    touched.delete(name);
    const complete = Object.values(problems).every((problem) => !problem());
    tell({ type: "larkspur:change", complete, brand: brand().name });
  });
  input.addEventListener("blur", () => {
    if (input.value) touched.add(name);
    refresh(name);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") tell({ type: "larkspur:submit" });
  });
}

function failure(code, message, field) {
  if (field) {
    show(field, message);
    touched.add(field);
    fields[field].focus();
  }
  return { error: { code, message, field: field ?? null } };
}

async function createPaymentMethod() {
  for (const name of Object.keys(fields)) {
    touched.add(name);
    refresh(name);
  }
  const wrong = Object.keys(fields).find((name) => problems[name]());
  if (wrong) return failure(...problems[wrong](), wrong);
  const { month, year } = expiry();
  const body = new URLSearchParams({
    type: "card",
    "card[number]": digits(fields.number.value),
    "card[exp_month]": month,
    "card[exp_year]": year,
    "card[cvc]": digits(fields.cvc.value),
  });
  try {
    const answer = await fetch("/v1/payment_methods", {
      method: "POST",
      headers: { Authorization: `Bearer ${form.dataset.publishableKey}` },
      body,
    });
    const { id, card, error } = await answer.json();
    if (error) return failure(error.code ?? "api_error", error.message, FIELD_OF_PARAMETER[error.param]);
    const { brand: name, last4, exp_month, exp_year } = card;
    return { id, card: { brand: name, last4, exp_month, exp_year } };
  } catch {
    return failure("gateway_unreachable", UNREACHABLE);
  }
}

window.addEventListener("message", async (event) => {
  if (event.origin !== parentOrigin || event.source !== window.parent) return;
  const { type, theme } = event.data ?? {};
  if (type === "larkspur:create_payment_method") event.ports[0]?.postMessage(await createPaymentMethod());
  if (type === "larkspur:set_theme") document.documentElement.dataset.theme = theme === "dark" ? "dark" : "light";
  if (type === "larkspur:focus") fields.number.focus();
});

document.documentElement.toggleAttribute("data-alone", alone);
form.addEventListener("submit", (event) => event.preventDefault());
const main = document.querySelector("main");
new ResizeObserver(() => {
  const { paddingTop, paddingBottom } = getComputedStyle(document.body);
  const height = Math.ceil(main.getBoundingClientRect().height + parseFloat(paddingTop) + parseFloat(paddingBottom));
  tell({ type: "larkspur:height", height });
}).observe(main);
tell({ type: "larkspur:ready" });
