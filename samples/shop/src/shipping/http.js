"use strict";
const { STATUS_CODES } = require("node:http");
const { trace } = require("@opentelemetry/api");

const BODY_BYTES_MAX = 256 * 1024;

/** An error that is the caller's to read (RFC 9457). */
class Problem extends Error {
  constructor(status, detail, more = {}) {
    super(detail);
    Object.assign(this, { status, more });
  }
}
exports.Problem = Problem;

/** The request's JSON. */
exports.readJson = async function readJson(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_BYTES_MAX) throw new Problem(413, `The body is larger than ${BODY_BYTES_MAX} bytes.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    throw new Problem(400, "The body is not JSON.");
  }
};

exports.sendJson = function sendJson(response, status, value) {
  send(response, status, "application/json", value);
};

exports.sendProblem = function sendProblem(response, problem) {
  const { status, message, more } = problem;
  const traceId = trace.getActiveSpan()?.spanContext().traceId;
  send(response, status, "application/problem+json", { type: "about:blank", title: STATUS_CODES[status], status, detail: message, ...more, traceId });
};

function send(response, status, type, value) {
  if (response.headersSent) return response.destroy();
  response.writeHead(status, { "content-type": type });
  response.end(JSON.stringify(value));
}
