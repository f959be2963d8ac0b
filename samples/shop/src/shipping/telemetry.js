"use strict";
// Ordinary OpenTelemetry: service name, resource and endpoint come from the standard OTEL_* variables.
// Loaded before everything else (node --require), so that node:http is instrumented.

const { registerInstrumentations } = require("@opentelemetry/instrumentation");
const { logs } = require("@opentelemetry/api-logs");

process.env.OTEL_SEMCONV_STABILITY_OPT_IN ??= "http"; // http.request.method, not http.method

/** Sends what is still queued; bounded, because a collector that is gone must not hold a shutdown up. */
exports.flush = async () => {};

if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT) {
  const { NodeTracerProvider, BatchSpanProcessor } = require("@opentelemetry/sdk-trace-node");
  const { OTLPTraceExporter } = require("@opentelemetry/exporter-trace-otlp-http");
  const { LoggerProvider, BatchLogRecordProcessor } = require("@opentelemetry/sdk-logs");
  const { MeterProvider, PeriodicExportingMetricReader } = require("@opentelemetry/sdk-metrics");
  const { OTLPMetricExporter } = require("@opentelemetry/exporter-metrics-otlp-http");
  const { OTLPLogExporter } = require("@opentelemetry/exporter-logs-otlp-http");
  const { HttpInstrumentation } = require("@opentelemetry/instrumentation-http");
  const { detectResources, envDetector } = require("@opentelemetry/resources");

  const resource = detectResources({ detectors: [envDetector] });
  const often = { scheduledDelayMillis: 500 };
  const tracing = new NodeTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter(), often)] });
  const logging = new LoggerProvider({ resource, processors: [new BatchLogRecordProcessor(new OTLPLogExporter(), often)] });
  const exportIntervalMillis = Number(process.env.OTEL_METRIC_EXPORT_INTERVAL || 5000);
  const metering = new MeterProvider({ resource, readers: [new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter(), exportIntervalMillis, exportTimeoutMillis: Math.min(exportIntervalMillis, 30000) })] });
  tracing.register(); // W3C trace context and baggage
  logs.setGlobalLoggerProvider(logging);
  registerInstrumentations({
    meterProvider: metering,
    instrumentations: [new HttpInstrumentation({ ignoreIncomingRequestHook: (request) => request.url.startsWith("/health") })],
  });

  exports.flush = () =>
    Promise.race([
      Promise.allSettled([tracing.shutdown(), logging.shutdown(), metering.shutdown()]),
      new Promise((done) => setTimeout(done, 1000).unref()),
    ]);
}
