"use strict";
const crypto = require("node:crypto");

// How long each state lasts, in ms, and what follows. No entry: it is the last.
const NEXT = {
  accepted: { after: 700, state: "packed" },
  packed: { after: 1200, state: "shipped" },
};

/** A shipment as it begins. Pure: the time comes in. */
exports.accept = (order, lines, traceparent, now) =>
  enter({ order, lines, traceparent, tracking: trackingOf(order), history: [] }, "accepted", now);

/** The shipment in its next state. */
exports.advance = (shipment, now) => enter(shipment, NEXT[shipment.state].state, now);

/** What callers see. */
exports.view = ({ order, state, tracking, lines, history }) => ({ order, state, tracking, lines, history });

/** What is wrong with a request, by field; empty when it is right. */
exports.errorsOf = function errorsOf(body) {
  const errors = {};
  if (!Array.isArray(body?.lines) || body.lines.length === 0) {
    errors.lines = ["Must be a list of at least one line."];
    return errors;
  }
  body.lines.forEach((line, i) => {
    if (typeof line?.product !== "string") errors[`lines[${i}].product`] = ["Must be a product's id."];
    if (!Number.isInteger(line?.quantity) || line.quantity < 1) errors[`lines[${i}].quantity`] = ["Must be a whole number above 0."];
  });
  return errors;
};

function enter(shipment, state, now) {
  const next = NEXT[state];
  return {
    ...shipment,
    state,
    dueAt: next ? now + next.after : null,
    history: [...shipment.history, { state, at: new Date(now).toISOString() }],
  };
}

// The same order has the same number, however often it is asked for.
const trackingOf = (order) => "CW" + crypto.createHash("sha256").update(order).digest("hex").slice(0, 10).toUpperCase();
