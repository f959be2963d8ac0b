import { Problem, describe, request } from "../api.js";
import { basket } from "../basket.js";
import { el, money, note } from "../dom.js";
import { action } from "../trace.js";
import { remember } from "./orders.js";

const TEST_CARDS = [
  ["4242 4242 4242 4242", "pays"],
  ["4000 0000 0000 0002", "is declined"],
  ["4000 0000 0000 9995", "has no money"],
];

export async function basketPage({ signal }) {
  const place = el("section", {}, el("h1", {}, "Your basket"));
  render(place, await basket.load({ signal }));
  return place;
}

function render(place, state) {
  const heading = el("h1", {}, "Your basket");
  if (state.lines.length === 0) {
    place.replaceChildren(heading, el("p", { class: "empty" }, "It is empty. ", el("a", { href: "#/" }, "Find something good"), "."));
    return;
  }
  place.replaceChildren(heading,
    state.stale && el("p", { class: "warn" }, "The catalog does not answer: these are the last known prices.") || "",
    el("div", { class: "checkout" },
      el("div", {},
        el("ul", { class: "lines" }, state.lines.map((line) => row(place, line))),
        el("p", { class: "total" }, "Total ", el("strong", {}, money(state.totalCents)))),
      form(state)));
}

function row(place, line) {
  const set = async (quantity) => render(place, await basket.put(line.product, quantity));
  return el("li", {},
    el("a", { href: `#/products/${line.product}` }, line.name),
    el("span", { class: "stepper" },
      el("button", { "aria-label": `One ${line.name} less`, onclick: () => set(line.quantity - 1) }, "−"),
      el("output", { "aria-label": "Quantity" }, line.quantity),
      el("button", { "aria-label": `One ${line.name} more`, disabled: line.quantity >= 99, onclick: () => set(line.quantity + 1) }, "+")),
    el("span", { class: "price" }, money(line.totalCents)));
}

function form(state) {
  // The name of each field is what the services call it, so their errors find it.
  const fields = [
    field("customer.name", "Name", { autocomplete: "name", value: "Ada Lovelace" }),
    field("customer.email", "E-mail", { type: "email", autocomplete: "email", value: "ada@example.com" }),
    field("customer.address", "Address", { autocomplete: "street-address", value: "12 St James's Square, London" }),
    field("number", "Card number", { inputmode: "numeric", autocomplete: "off", list: "cards", value: TEST_CARDS[0][0] }),
    field("expiry", "Expires", { placeholder: "12/39", autocomplete: "off", value: "12/39" }),
    field("cvc", "CVC", { inputmode: "numeric", autocomplete: "off", value: "123" }),
  ];
  const trouble = el("p", { class: "warn", role: "alert", hidden: true });
  const button = el("button", { class: "button wide", type: "submit" }, `Place order · ${money(state.totalCents)}`);
  const key = crypto.randomUUID(); // the same however often the button is pressed

  const node = el("form", { class: "panel", novalidate: true, onsubmit: submit },
    el("h2", {}, "Delivery and payment"),
    fields,
    el("datalist", { id: "cards" }, TEST_CARDS.map(([number, what]) => el("option", { value: number }, what))),
    el("p", { class: "hint" }, "Test cards: ", TEST_CARDS.map(([number, what], i) => `${i ? ", " : ""}…${number.slice(-4)} ${what}`).join(""), "."),
    trouble,
    button);
  return node;

  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    show({}, null);
    try {
      await place();
    } catch (error) {
      show(error instanceof Problem ? error.errors : {}, describe(error));
    } finally {
      button.disabled = false;
    }
  }

  function place() {
    return action("place order", async (trace) => {
      const typed = Object.fromEntries(new FormData(node));
      const card = await request("/api/cards", { method: "POST", body: { number: typed.number, expiry: typed.expiry, cvc: typed.cvc }, trace });
      const order = await request("/api/orders", {
        method: "POST",
        headers: { "Idempotency-Key": key },
        body: { basket: state.id, card: card.token, customer: { name: typed["customer.name"], email: typed["customer.email"], address: typed["customer.address"] } },
        trace,
      });
      remember({ id: order.id, trace: trace.traceId, at: new Date().toISOString(), totalCents: order.totalCents });
      await basket.leave({ trace });
      note("Thank you. Your order is placed.");
      location.hash = `#/orders/${order.id}`;
    });
  }

  function show(errors, message) {
    for (const f of fields) {
      const input = f.querySelector("input");
      const text = errors[input.name]?.join(" ") ?? "";
      f.querySelector(".error").textContent = text;
      input.toggleAttribute("aria-invalid", text !== "");
    }
    const elsewhere = Object.entries(errors).filter(([name]) => !fields.some((f) => f.querySelector("input").name === name)).flatMap(([, said]) => said);
    trouble.textContent = elsewhere.join(" ") || (message && Object.keys(errors).length === 0 ? message : "");
    trouble.hidden = trouble.textContent === "";
    node.querySelector("[aria-invalid]")?.focus();
  }
}

function field(name, label, attributes) {
  const id = `field-${name.replace(".", "-")}`;
  return el("div", { class: "field" },
    el("label", { for: id }, label),
    el("input", { id, name, "aria-describedby": `${id}-error`, ...attributes }),
    el("span", { class: "error", id: `${id}-error` }));
}
