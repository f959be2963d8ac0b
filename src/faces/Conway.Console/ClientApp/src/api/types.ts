// The shapes of docs/reference/node-api.md.
export type ServiceState = 'stopped' | 'building' | 'starting' | 'healthy' | 'unhealthy' | 'failed' | 'stopping' | 'waiting'
export type FindingCounts = { error: number; warning: number; info: number }
export type SystemInfo = {
  name: string; run: string; state: 'starting' | 'running' | 'degraded' | 'stopping'; environment: string | null; startedAt: string
  modelFile: string; folder: string; version: string; gatewayUrl: string | null; consoleUrl: string; registryUrl: string | null; otlpUrl: string | null
  services: number; healthy: number; findings: FindingCounts
}
export type Replica = {
  name: string; replica: number; state: ServiceState; pid: number | null; port: number | null; url: string | null; startedAt: string | null
  restarts: number; exitCode: number | null; reason: string | null; ejectedUntil: string | null; lastLog: string | null
}
export type Build = { state: 'none' | 'waiting' | 'running' | 'succeeded' | 'failed'; startedAt: string | null; durationMs: number | null; lines: string[] }
export type Rate = { requestsPerSecond: number; errorRatio: number; p50Ms: number; p99Ms: number; windowMs: number }
export type ServiceInfo = {
  name: string; description: string | null; context: string | null; team: string | null; kind: 'project' | 'command'; tags: string[]
  state: ServiceState; wanted: number; waitingFor: string[]; urls: string[]; replicas: Replica[]; build: Build; rate: Rate | null
}
export type EnvironmentVariable = { name: string; value: string; masked: boolean; from: string }
export type Endpoint = { id: string; address: string; state: string; inFlight: number; ewmaMs: number | null; ejectedUntil: string | null; requests: number; failures: number }
export type Call = { callee: string; listener: string | null; attemptTimeoutMs: number; budgetMs: number; retries: number; balance: string; required: boolean; endpoints: Endpoint[] }
export type ServiceDetail = ServiceInfo & {
  environment: EnvironmentVariable[]; calls: Call[]
  stores: { name: string; engine: string; location: string; sizeBytes: number | null }[]
  routes: { path: string; methods: string[]; url: string }[]
  health: { path: string; intervalMs: number; lastCheckedAt: string | null; lastAnswer: string | null } | null
  slo: { availability: number | null; p99Ms: number | null } | null
}
export type GraphNode = { id: string; kind: 'service' | 'gateway' | 'store'; state: string; context: string | null; team: string | null; replicas: number; healthy: number; requestsPerSecond: number | null; errorRatio: number | null; p99Ms: number | null }
export type GraphEdge = { from: string; to: string; declared: boolean; observed: boolean; required: boolean; protocol: string; requestsPerSecond: number | null; errorRatio: number | null; retriesPerSecond: number | null; p50Ms: number | null; p99Ms: number | null }
export type Graph = { windowMs: number; nodes: GraphNode[]; edges: GraphEdge[] }
export type Level = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'
export type Attributes = Record<string, unknown>
export type LogRecord = { id: string; time: string; service: string; instance: string | null; level: Level; message: string; traceId: string | null; spanId: string | null; source: 'otlp' | 'stdout' | 'stderr'; attributes: Attributes }
export type LogPage = { records: LogRecord[]; before: string | null; dropped: number; scanned: number; complete: boolean }
export type TraceSummary = { traceId: string; start: string; durationMs: number; rootService: string; rootOperation: string; spans: number; errors: number; services: { name: string; spans: number; errors: number }[] }
export type TracePage = { traces: TraceSummary[]; before: string | null; complete: boolean }
export type SpanEvent = { name: string; atMs: number; attributes: Attributes }
export type Span = { spanId: string; parentId: string | null; service: string; instance: string | null; name: string; kind: string; startMs: number; durationMs: number; selfMs: number; status: 'unset' | 'ok' | 'error'; statusMessage: string | null; onCriticalPath: boolean; missingParent: boolean; attributes: Attributes; events: SpanEvent[] }
export type Trace = { traceId: string; start: string; durationMs: number; criticalPathMs: number; spans: Span[]; criticalPath: { spanId: string; fromMs: number; untilMs: number }[]; logs: LogRecord[] }
export type RedPoint = { time: string; requestsPerSecond: number; errorRatio: number; p99Ms: number | null }
export type RedRow = { service: string; route: string | null; count: number; requestsPerSecond: number; errorRatio: number; p50Ms: number; p90Ms: number; p99Ms: number; series: RedPoint[] }
export type Red = { windowMs: number; rows: RedRow[] }
export type Metric = { name: string; service: string; unit: string | null; type: string; description: string | null; attributes: string[] }
export type MetricPoint = { time: string; value: number | null; p50: number | null; p90: number | null; p99: number | null; count: number | null }
export type MetricSeries = { name: string; unit: string | null; type: string; series: { attributes: Attributes; points: MetricPoint[] }[] }
export type Telemetry = { receivedSpans: number; receivedLogs: number; receivedPoints: number; dropped: { service: string; signal: string; count: number; reason: string }[]; bytesOnDisk: number; memoryOnly: boolean; runs: { run: string; startedAt: string; bytes: number; current: boolean }[] }
export type Place = { file: string; line: number; column: number; length: number }
export type Finding = { code: string; severity: 'error' | 'warning' | 'info'; title: string; message: string; why: string; mend: string; modelPath: string | null; place: Place | null; sourceLine: string | null; since: string | null }
export type Rule = { code: string; title: string; why: string; markdown: string }
export type Model = { revision: number; accepted: boolean; files: { name: string; text: string }[]; plan: unknown }
export type Explanation = { path: string; about: string; type: string; default: string | null; value: string | null; place: Place | null; example: string | null; min: string | null; max: string | null }
export type Journey = { name: string; running: boolean; ratePerSecond: number; started: number; succeeded: number; failed: number; skipped: number; p50Ms: number | null; p99Ms: number | null; lastFailure: { time: string; step: string; detail: string; traceId: string | null } | null }
export type Journeys = { paused: boolean; journeys: Journey[] }
export type ModelChange = { revision: number; changed: string[]; accepted: boolean }
