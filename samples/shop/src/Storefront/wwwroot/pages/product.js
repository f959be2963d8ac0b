import { request, stockOf } from "../api.js";
import { el, money } from "../dom.js";
import { picture } from "../picture.js";
import { add } from "./browse.js";

export async function productPage({ arg: id, signal }) {
  const product = await request(`/api/products/${id}`, { signal });
  const available = (await stockOf([product], { signal })).get(id);
  return el("section", { class: "product" },
    picture(product),
    el("div", { class: "about" },
      el("a", { class: "back", href: `#/?category=${encodeURIComponent(product.category)}` }, `← ${product.category}`),
      el("h1", {}, product.name),
      el("p", {}, product.description),
      el("p", { class: "price large" }, money(product.priceCents)),
      el("p", { class: "stock" }, words(available)),
      el("button", { class: "button", disabled: available === 0, onclick: () => add(product) }, available === 0 ? "Sold out" : "Add to basket")));
}

function words(available) {
  if (available === undefined) return "We cannot say right now how many there are.";
  if (available === 0) return "Sold out.";
  return available < 10 ? `Only ${available} left.` : "In stock.";
}
