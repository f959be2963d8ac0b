// The shop's services, through the gateway, at this page's own origin.
import { tracedFetch } from "./trace.js";

/** An answer that is not 2xx: problem details, with errors by field when there are any. */
export class Problem extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `The shop answered ${status}.`);
    Object.assign(this, { status, errors: problem.errors ?? {}, traceId: problem.traceId });
  }
}

/** A sentence for a person. */
export function describe(error) {
  if (error instanceof Problem) return error.status >= 500 ? `Something in the shop is not well at the moment. (${error.message})` : error.message;
  return error instanceof TypeError ? "The shop cannot be reached. Is it running?" : String(error?.message ?? error);
}

export async function request(path, { method = "GET", body, headers = {}, trace, signal } = {}) {
  const answer = await tracedFetch(trace, path, {
    method,
    signal,
    headers: body === undefined ? headers : { "content-type": "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (answer.status === 204 || answer.status === 304) return null;
  const value = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, value);
  return value;
}

/** How many of each product there are; an empty map when the inventory cannot say. */
export async function stockOf(products, options) {
  if (products.length === 0) return new Map();
  try {
    const levels = await request(`/api/stock?products=${products.map((p) => p.id).join(",")}`, options);
    return new Map(levels.map((l) => [l.product, l.available]));
  } catch {
    return new Map(); // the shelf's number is a courtesy: no reason not to show the goods
  }
}
