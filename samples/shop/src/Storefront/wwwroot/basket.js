// The customer's basket. Its id is kept here, the basket itself by its service.
import { Problem, request } from "./api.js";
import { action } from "./trace.js";

const KEY = "shop.basket";
const EMPTY = { id: null, lines: [], quantity: 0, totalCents: 0, stale: false };

export const basket = {
  onchange: () => {},

  async load(options) {
    const id = localStorage.getItem(KEY);
    if (!id) return changed(EMPTY);
    try {
      return changed(await request(`/api/basket/${id}`, options));
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 404) throw error;
      localStorage.removeItem(KEY); // forgotten there, so forgotten here
      return changed(EMPTY);
    }
  },

  put(product, quantity) {
    return action("put into basket", async (trace) => {
      let id = localStorage.getItem(KEY);
      if (!id) {
        id = (await request("/api/basket", { method: "POST", trace })).id;
        localStorage.setItem(KEY, id);
      }
      return changed(await request(`/api/basket/${id}/lines/${product}`, { method: "PUT", body: { quantity }, trace }));
    });
  },

  async add(product) {
    const { lines } = await basket.load();
    const had = lines.find((l) => l.product === product)?.quantity ?? 0;
    return basket.put(product, Math.min(had + 1, 99));
  },

  /** After the order: the goods are not wanted a second time. */
  async leave(options) {
    const id = localStorage.getItem(KEY);
    localStorage.removeItem(KEY);
    changed(EMPTY);
    if (id) await request(`/api/basket/${id}`, { method: "DELETE", ...options }).catch(() => {});
  },
};

function changed(state) {
  basket.onchange(state);
  return state;
}
