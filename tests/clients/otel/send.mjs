// Sends one trace, one of each metric kind, and two logs with the real SDK, over one protocol, then exits.
// usage: node send.mjs <grpc|http/protobuf|http/json> <endpoint> <service>
import { createRequire } from 'node:module';
import { context, metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { logs, SeverityNumber } from '@opentelemetry/api-logs';

const [protocol, endpoint, service] = process.argv.slice(2);
process.env.OTEL_SERVICE_NAME = service;
process.env.OTEL_RESOURCE_ATTRIBUTES = `service.instance.id=${service}-1,service.namespace=shop`;
process.env.OTEL_EXPORTER_OTLP_ENDPOINT = endpoint;
process.env.OTEL_EXPORTER_OTLP_PROTOCOL = protocol;
process.env.OTEL_EXPORTER_OTLP_COMPRESSION = protocol === 'http/json' ? 'none' : 'gzip';
process.env.OTEL_TRACES_EXPORTER = 'otlp';
process.env.OTEL_METRICS_EXPORTER = 'otlp';
process.env.OTEL_LOGS_EXPORTER = 'otlp';
process.env.OTEL_NODE_RESOURCE_DETECTORS = 'env,process';

const { NodeSDK } = createRequire(import.meta.url)('@opentelemetry/sdk-node');
const sdk = new NodeSDK();
sdk.start();

const tracer = trace.getTracer('client', '1.2.3');
const meter = metrics.getMeter('client');
const logger = logs.getLogger('client');

const counter = meter.createCounter('orders.placed', { unit: '{order}', description: 'orders placed' });
counter.add(3, { channel: 'web' });
counter.add(2, { channel: 'app' });
meter.createUpDownCounter('carts.open').add(-4);
meter.createHistogram('order.value', { unit: 'EUR', advice: { explicitBucketBoundaries: [10, 100] } }).record(42.5);
meter.createObservableGauge('stock').addCallback((result) => result.observe(17));

const root = tracer.startSpan('POST /orders', {
  kind: SpanKind.SERVER,
  attributes: { 'http.request.method': 'POST', 'http.route': '/orders', 'http.response.status_code': 500, tags: ['a', 'b'], ratio: 0.5, first: true },
});
context.with(trace.setSpan(context.active(), root), () => {
  const child = tracer.startSpan('charge', { kind: SpanKind.CLIENT, links: [{ context: root.spanContext() }] });
  child.addEvent('refused', { reason: 'no funds' });
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'card refused' });
  logger.emit({ severityNumber: SeverityNumber.ERROR, severityText: 'ERROR', body: 'card refused – später', attributes: { 'order.id': 17 } });
  child.end();
});
logger.emit({ severityNumber: SeverityNumber.INFO, body: { order: 17, lines: [1, 2] } });
root.end();
console.log(root.spanContext().traceId);
await sdk.shutdown();
