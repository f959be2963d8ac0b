"use strict";
const http = require("node:http");
const { context, propagation, trace } = require("@opentelemetry/api");
const log = require("./log");
const telemetry = require("./telemetry");
const { Problem, readJson, sendJson, sendProblem } = require("./http");
const { openStore } = require("./store");
const { accept, advance, errorsOf, view } = require("./shipments");

const HOST = process.env.HOST ?? "127.0.0.1";
const PORT = Number(process.env.PORT ?? 5006);
const SWEEP_MS = 200;

const store = openStore();
let draining = false;

// ---- what others ask -------------------------------------------------------------------------------------------------

async function route(request, response) {
  const { pathname } = new URL(request.url, "http://shipping");
  if (pathname === "/health/ready") return sendJson(response, draining ? 503 : 200, { status: draining ? "draining" : "healthy" });
  if (pathname === "/health/live") return sendJson(response, 200, { status: "healthy" });

  const order = /^\/shipments\/([A-Za-z0-9-]{1,64})$/.exec(pathname)?.[1];
  if (!order) throw new Problem(404, "There is nothing here.");
  trace.getActiveSpan()?.updateName(`${request.method} /shipments/{order}`).setAttribute("http.route", "/shipments/{order}");
  switch (request.method) {
    case "PUT": return putShipment(order, request, response);
    case "GET": return getShipment(order, response);
    default: throw new Problem(405, `${request.method} is not allowed here.`);
  }
}

/** Asking twice for the same order ships it once. */
async function putShipment(order, request, response) {
  const body = await readJson(request);
  const errors = errorsOf(body);
  if (Object.keys(errors).length > 0) throw new Problem(400, "The shipment cannot be accepted as it is.", { errors });

  const known = store.find(order);
  if (known) return sendJson(response, 200, view(known));
  const shipment = accept(order, body.lines, traceparentOf(context.active()), Date.now());
  store.save(shipment);
  log.info(`Shipment of ${order} accepted`, { order });
  sendJson(response, 201, view(shipment));
}

function getShipment(order, response) {
  const shipment = store.find(order);
  if (!shipment) throw new Problem(404, `There is no shipment of '${order}'.`);
  sendJson(response, 200, view(shipment));
}

// ---- what happens by itself ------------------------------------------------------------------------------------------

/** Packs and ships what is due. The due times are in the store, so a restart only makes it late. */
function sweep() {
  for (const shipment of store.due(Date.now())) {
    const asked = propagation.extract(context.active(), { traceparent: shipment.traceparent ?? undefined });
    trace.getTracer("shipping").startActiveSpan(`shipment ${shipment.state}`, { attributes: { "shop.order": shipment.order } }, asked, (span) => {
      const next = advance(shipment, Date.now());
      store.save(next);
      span.updateName(`shipment ${next.state}`).end();
      log.info(`Order ${next.order} ${next.state}`, { order: next.order, tracking: next.tracking });
    });
  }
}

function traceparentOf(active) {
  const carrier = {};
  propagation.inject(active, carrier);
  return carrier.traceparent ?? null;
}

// ---- from start to end -----------------------------------------------------------------------------------------------

const server = http.createServer((request, response) => {
  const start = performance.now();
  const asked = context.active();
  response.on("finish", () => {
    if (request.url.startsWith("/health")) return;
    const took = (performance.now() - start).toFixed(1);
    context.with(asked, () => log.info(`${request.method} ${request.url} ${response.statusCode} in ${took} ms`, { status: response.statusCode }));
  });
  route(request, response).catch((error) => {
    if (error instanceof Problem) return sendProblem(response, error);
    log.error(error.stack);
    sendProblem(response, new Problem(500, "Something went wrong here."));
  });
});

const sweeping = setInterval(() => {
  try {
    sweep();
  } catch (error) {
    log.error(error.stack); // tried again at the next sweep
  }
}, SWEEP_MS);

server.listen(PORT, HOST, () => log.info(`Shipping listens on http://${HOST}:${server.address().port}`));
server.on("error", (error) => {
  log.error(`Cannot listen on ${HOST}:${PORT}: ${error.message}`);
  process.exit(1);
});

for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, stop);

/** Not ready any more, a moment for the balancer to hear it, then finish what is in flight. */
function stop() {
  draining = true;
  clearInterval(sweeping);
  setTimeout(() => {
    server.close(async () => {
      store.close();
      await telemetry.flush();
      process.exit(0);
    });
    server.closeIdleConnections();
  }, 250);
}
