import { request, stockOf } from "../api.js";
import { basket } from "../basket.js";
import { el, money, note } from "../dom.js";
import { picture } from "../picture.js";

export async function browsePage({ arg, signal }) {
  const asked = new URLSearchParams(arg ?? "");
  const [page, categories] = await Promise.all([list(asked, null, signal), request("/api/products/categories", { signal })]);
  const grid = el("ul", { class: "grid" });
  const more = el("button", { class: "button quiet", onclick: () => next() }, "Show more");
  let cursor = page.next;
  grid.append(...page.cards);
  more.hidden = !cursor;

  async function next() {
    more.disabled = true;
    try {
      const following = await list(asked, cursor, signal);
      grid.append(...following.cards);
      cursor = following.next;
      more.hidden = !cursor;
    } finally {
      more.disabled = false;
    }
  }

  return el("section", {},
    el("h1", {}, title(asked)),
    el("nav", { class: "chips", "aria-label": "Categories" },
      chip("All", "#/", !asked.has("category")),
      categories.map((c) => chip(c.name, `#/?category=${encodeURIComponent(c.name)}`, asked.get("category") === c.name))),
    page.cards.length > 0 ? grid : el("p", { class: "empty" }, "Nothing of that kind. Try a shorter word, or ", el("a", { href: "#/" }, "see everything"), "."),
    more);
}

async function list(asked, cursor, signal) {
  const query = new URLSearchParams(asked);
  query.set("limit", "24");
  if (cursor) query.set("cursor", cursor);
  const { items, next } = await request(`/api/products?${query}`, { signal });
  const stock = await stockOf(items, { signal });
  return { next, cards: items.map((p) => card(p, stock.get(p.id))) };
}

function card(product, available) {
  const soldOut = available === 0;
  return el("li", { class: "card" },
    el("a", { href: `#/products/${product.id}`, class: "face" },
      picture(product),
      el("span", { class: "name" }, product.name)),
    el("div", { class: "row" },
      el("span", { class: "price" }, money(product.priceCents)),
      el("button", { class: "button small", disabled: soldOut, "aria-label": soldOut ? `${product.name} is sold out` : `Add ${product.name} to the basket`, onclick: () => add(product) },
        soldOut ? "Sold out" : "Add")));
}

export async function add(product) {
  await basket.add(product.id);
  note(`${product.name} is in your basket.`);
}

const chip = (name, href, current) => el("a", { class: "chip", href, "aria-current": current && "page" }, name);

function title(asked) {
  if (asked.get("search")) return `“${asked.get("search")}”`;
  return asked.get("category") ?? "Good things for the house";
}
