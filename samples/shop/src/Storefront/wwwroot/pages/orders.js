import { request } from "../api.js";
import { el, money, note } from "../dom.js";

const KEY = "shop.orders";
const STEPS = ["placed", "paid", "packed", "shipped"];
const WORDS = { placed: "Placed", paid: "Paid", packed: "Packed", shipped: "Shipped", refused: "Payment refused", rejected: "Not in stock" };
const REASONS = {
  out_of_stock: "Somebody was quicker: there is not enough of it left. Nothing was charged.",
  card_declined: "Your bank declined the card. Nothing was charged, and the goods are back on the shelf.",
  insufficient_funds: "There is not enough money on the card. Nothing was charged, and the goods are back on the shelf.",
  amount_over_limit: "The amount is above what we may charge at once.",
};

const remembered = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");

/** Orders of this browser; the shop has no log-in. */
export function remember(order) {
  localStorage.setItem(KEY, JSON.stringify([order, ...remembered()].slice(0, 20)));
}

export async function ordersPage() {
  const orders = remembered();
  return el("section", {}, el("h1", {}, "Your orders"),
    orders.length === 0
      ? el("p", { class: "empty" }, "None yet. ", el("a", { href: "#/" }, "Find something good"), ".")
      : el("ul", { class: "lines" }, orders.map((o) => el("li", {},
          el("a", { href: `#/orders/${o.id}` }, new Date(o.at).toLocaleString()),
          el("span", { class: "price" }, money(o.totalCents))))));
}

export async function orderPage({ arg: id, signal }) {
  const place = el("section", { class: "order" });
  render(place, await request(`/api/orders/${id}`, { signal }));
  follow(place, id, signal);
  return place;
}

/** Looks again until the order has come to its end or the page is left. */
async function follow(place, id, signal) {
  while (!signal.aborted && !isOver(place.dataset.status)) {
    await new Promise((done) => setTimeout(done, 600));
    if (signal.aborted) return;
    try {
      render(place, await request(`/api/orders/${id}`, { signal }));
    } catch (error) {
      if (!signal.aborted) note("The order cannot be seen right now. It goes on all the same; looking again."); // it survives a restart of its service
    }
  }
}

function render(place, order) {
  if (order === null || place.dataset.status === order.status) return;
  place.dataset.status = order.status;
  const at = Object.fromEntries(order.history.map((h) => [h.status, new Date(h.at).toLocaleTimeString()]));
  const steps = isOver(order.status) && order.status !== "shipped" ? ["placed", order.status] : STEPS;
  const reached = steps.indexOf(order.status);
  const trace = remembered().find((o) => o.id === order.id)?.trace;

  place.replaceChildren(
    el("h1", {}, "Your order"),
    el("ol", { class: "steps", "aria-label": "Progress" }, steps.map((s, i) =>
      el("li", { class: classOf(s, i, reached), "aria-current": i === reached && "step" }, el("span", {}, WORDS[s]), el("time", {}, at[s] ?? "")))),
    order.reason ? el("p", { class: "warn", role: "alert" }, REASONS[order.reason] ?? `The payment was refused (${order.reason}). Nothing was charged.`) : "",
    order.tracking ? el("p", {}, "Parcel ", el("code", {}, order.tracking)) : "",
    el("ul", { class: "lines" }, order.lines.map((l) => el("li", {},
      el("a", { href: `#/products/${l.product}` }, `${l.quantity} × ${l.name}`), el("span", { class: "price" }, money(l.totalCents))))),
    el("p", { class: "total" }, "Total ", el("strong", {}, money(order.totalCents))),
    trace ? el("p", { class: "hint" }, "Trace ", el("code", {}, trace), " shows in Conway's console what each service did for it.") : "");
}

function classOf(step, i, reached) {
  if (step === "refused" || step === "rejected") return "bad";
  return i < reached || step === "shipped" && i === reached ? "done" : i === reached ? "now" : "";
}

const isOver = (status) => ["shipped", "refused", "rejected"].includes(status);
