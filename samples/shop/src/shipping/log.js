"use strict";
const { trace } = require("@opentelemetry/api");
const { logs, SeverityNumber } = require("@opentelemetry/api-logs");

const SEVERITY = { info: SeverityNumber.INFO, warn: SeverityNumber.WARN, error: SeverityNumber.ERROR };

/** One record: a JSON line on standard output, and the same over OTLP. */
function write(level, message, fields = {}) {
  const span = trace.getActiveSpan()?.spanContext();
  const ids = span ? { traceId: span.traceId, spanId: span.spanId } : {};
  console.log(JSON.stringify({ timestamp: new Date().toISOString(), level, message, ...ids, fields }));
  logs.getLogger("shipping").emit({ severityNumber: SEVERITY[level], severityText: level, body: message, attributes: fields });
}

exports.info = (message, fields) => write("info", message, fields);
exports.warn = (message, fields) => write("warn", message, fields);
exports.error = (message, fields) => write("error", message, fields);
