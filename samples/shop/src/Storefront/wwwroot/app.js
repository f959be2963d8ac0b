// Which page is shown, and what all pages share.
import { basketPage } from "./pages/basket.js";
import { browsePage } from "./pages/browse.js";
import { orderPage, ordersPage } from "./pages/orders.js";
import { productPage } from "./pages/product.js";
import { basket } from "./basket.js";
import { describe } from "./api.js";
import { el, note } from "./dom.js";

const routes = [
  [/^#\/products\/([\w-]+)$/, productPage],
  [/^#\/basket$/, basketPage],
  [/^#\/orders\/([\w-]+)$/, orderPage],
  [/^#\/orders$/, ordersPage],
  [/^(?:#\/)?(?:\?(.*))?$/, browsePage],
];

const main = document.getElementById("main");
const search = document.getElementById("search");
let leave = new AbortController();

async function show() {
  leave.abort(); // what the last page was still waiting for is not wanted any more
  leave = new AbortController();
  const { signal } = leave;
  const hash = location.hash || "#/";
  if (document.activeElement !== search) search.value = new URLSearchParams(hash.split("?")[1]).get("search") ?? "";
  const [pattern, page] = routes.find(([r]) => r.test(hash)) ?? [null, null];
  try {
    const content = page
      ? await page({ arg: pattern.exec(hash)[1], signal })
      : el("section", { class: "empty" }, el("h1", {}, "There is no such page"), el("a", { href: "#/" }, "Back to the shop"));
    if (signal.aborted) return;
    main.replaceChildren(content);
    document.title = (main.querySelector("h1")?.textContent ?? "Shop") + " · Hearth & Home";
    if (document.activeElement !== search) main.focus({ preventScroll: true });
    if (!hash.includes("?")) scrollTo(0, 0);
  } catch (error) {
    if (signal.aborted) return;
    main.replaceChildren(el("section", { class: "empty" },
      el("h1", {}, "This did not work"),
      el("p", {}, describe(error)),
      el("button", { class: "button", onclick: show }, "Try again")));
  }
}

let typing;
search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    location.hash = search.value.trim() ? `#/?search=${encodeURIComponent(search.value.trim())}` : "#/";
  }, 250);
});
search.form.addEventListener("submit", (event) => event.preventDefault());

basket.onchange = ({ quantity }) => {
  const count = document.getElementById("basket-count");
  count.textContent = quantity;
  count.hidden = quantity === 0;
};

addEventListener("hashchange", show);
addEventListener("unhandledrejection", (event) => {
  if (event.reason?.name !== "AbortError") note(describe(event.reason));
});
basket.load().catch(() => {}); // the pages say it when something is wrong
show();
