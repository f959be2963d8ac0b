// W3C Trace Context from where the customer sits. An action ("place the order") is the root span, each request in it a child.

const hex = (bytes) => Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (b) => b.toString(16).padStart(2, "0")).join("");
const now = () => performance.timeOrigin + performance.now();

let waiting = [];
let timer;

/** Runs an action; requests made through its trace join it. */
export async function action(name, work) {
  const trace = { traceId: hex(16), spanId: hex(8) };
  const start = now();
  try {
    return await work(trace);
  } finally {
    report({ ...trace, name, start, duration: now() - start, status: 0 });
  }
}

/** fetch, as a span of the action's trace; without one, of its own. */
export async function tracedFetch(trace, path, options = {}) {
  const span = { traceId: trace?.traceId ?? hex(16), spanId: hex(8), parentId: trace?.spanId, method: options.method ?? "GET", path };
  const start = now();
  let status = 0;
  try {
    const answer = await fetch(path, { ...options, headers: { ...options.headers, traceparent: `00-${span.traceId}-${span.spanId}-01` } });
    status = answer.status;
    return answer;
  } finally {
    const name = `${span.method} ${path.split("?")[0].replace(/\/[a-z]-[0-9a-f]+/g, "/{id}")}`;
    report({ ...span, name, start, duration: now() - start, status });
  }
}

function report(span) {
  waiting.push(span);
  timer ??= setTimeout(send, 1000);
}

function send() {
  timer = undefined;
  const body = new Blob([JSON.stringify(waiting.splice(0, 100))], { type: "application/json" });
  navigator.sendBeacon("/rum", body); // leaves also when the page is closed; nobody waits for it
  if (waiting.length > 0) timer = setTimeout(send, 0);
}

addEventListener("pagehide", () => waiting.length > 0 && send());
