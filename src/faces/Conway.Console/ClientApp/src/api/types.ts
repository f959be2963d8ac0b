// Made from openapi.json by 'npm run types'; edits here are lost.

export type Architecture = {
  system: string
  description: string | null
  at: string
  looked: string[]
  missing: string[]
  contexts: MapContext[]
  relations: MapRelation[]
  dependencies: MapDependency[]
  mapFindings: Finding[]
  services: DeclaredService[]
  users: DeclaredUser[]
  externals: ExternalSystem[]
  boundaries: ServiceBoundary[]
  traffic: RunSeen | null
  drift: DriftedEdge[]
  driftFindings: Finding[]
  unjudged: UnjudgedRule[]
  sources: ServiceSource[] | null
}

export type BoardBoundary = {
  a: string
  b: string
  counts: BoundaryCount[]
}

export type BoardEntryPoint = {
  kind: EntryPointKind
  name: string
  place: CodeLine
}

export type BoardService = {
  name: string
  codeLines: number
  cohesion: number
  tables: string[]
  entryPoints: BoardEntryPoint[]
}

export type BoardUnit = {
  id: number
  name: string
  fullName: string
  kind: string
  role: UnitRole
  service: string | null
  shared: SharedAs | null
  margin: number
  pull: number
  rival: string | null
  rivalPull: number
  codeLines: number
  constraintLine: number | null
}

export type BoundaryCost = {
  kind: CostKind
  from: string
  to: string
  count: number
  what: string
  instead: string
  places: CodeLine[]
}

export type BoundaryCount = {
  kind: CostKind
  count: number
}

export type BoundaryFigure = {
  name: string
  value: number | null
  says: string
}

export type Build = {
  state: BuildState
  startedAt: string | null
  durationMs: number | null
  lines: string[]
}

export type BuildState = 'none' | 'waiting' | 'running' | 'succeeded' | 'failed'

export type Call = {
  callee: string
  listener: string | null
  attemptTimeoutMs: number
  budgetMs: number
  retries: number
  balance: string
  required: boolean
  endpoints: Endpoint[]
}

export type CodeEntry = {
  kind: EntryPointKind
  name: string
  place: Place
}

export type CodeLine = {
  file: string
  line: number
}

export type ComparedChange = {
  rateRatio: number | null
  errorRatio: Difference
  p50: Difference
  p95: Difference
  p99: Difference
}

export type ComparedFigures = {
  count: number
  errors: number
  requestsPerSecond: number
  errorRatio: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
}

export type ComparedRow = {
  service: string
  route: string | null
  run: ComparedFigures | null
  with: ComparedFigures | null
  change: ComparedChange | null
}

export type ComparedRun = {
  run: string
  from: string
  until: string
  complete: boolean
  damage: string[]
}

export type Comparison = {
  run: ComparedRun
  with: ComparedRun
  rows: ComparedRow[]
}

export type ConsoleParts = {
  name: string
  system: boolean
  decomposition: boolean
}

export type ContextKind = 'core' | 'supporting' | 'generic' | null

export type ContextPattern = 'partnership' | 'sharedKernel' | 'customerSupplier' | 'conformist' | 'antiCorruptionLayer' | 'openHost' | 'publishedLanguage' | 'separateWays'

export type CostKind = 'transaction' | 'sharedTable' | 'callInLoop' | 'call' | 'join' | 'foreignKey' | 'foreignRead' | 'inheritance' | 'sharedContract' | 'event'

export type CriticalStretch = {
  spanId: string
  fromMs: number
  untilMs: number
}

export type DeclaredCall = {
  callee: string
  protocol: string
  timeoutMs: number | null
  retries: number
  required: boolean
}

export type DeclaredEvent = {
  name: string
  topic: string | null
  others: string[]
}

export type DeclaredJob = {
  name: string
  when: string
}

export type DeclaredRoute = {
  path: string
  methods: string[]
}

export type DeclaredService = {
  name: string
  description: string | null
  context: string | null
  team: string | null
  technology: string
  replicas: number
  tags: string[]
  rest: string | null
  grpc: string | null
  versions: string[]
  budgetMs: number | null
  routes: DeclaredRoute[]
  calls: DeclaredCall[]
  stores: DeclaredStore[]
  publishes: DeclaredEvent[]
  consumes: DeclaredEvent[]
  jobs: DeclaredJob[]
  sagas: string[]
}

export type DeclaredStore = {
  name: string
  engine: string
  tables: string[]
  pii: string[]
}

export type DeclaredUser = {
  journey: string
  description: string | null
  services: string[]
}

export type DecompositionAlternative = {
  id: string
  title: string
  how: string
  total: number
  price: DecompositionPricePart[]
  pareto: boolean
  services: number
  contested: number
  shared: number
}

export type DecompositionBoard = {
  revision: number
  id: string
  services: BoardService[]
  units: BoardUnit[]
  contested: number[]
  boundaries: BoardBoundary[]
}

export type DecompositionBoundary = {
  a: string
  b: string
  costs: BoundaryCost[]
}

export type DecompositionCoverage = {
  files: number
  lines: number
  types: number
  tables: number
  entryPoints: number
  useCases: number
  namesBound: number
  callsBound: number
}

export type DecompositionEdit = {
  add: string | null
  remove: DecompositionLineId | null
}

export type DecompositionLeftOut = {
  id: string
  needs: string
}

export type DecompositionLine = {
  number: number
  text: string
  understood: boolean
}

export type DecompositionLineId = {
  number: number
  text: string
}

export type DecompositionMove = {
  unit: number
  service: string | null
}

export type DecompositionOverview = {
  name: string
  revision: number
  recommended: string
  coverage: DecompositionCoverage
  alternatives: DecompositionAlternative[]
  notTried: DecompositionLeftOut[]
  constraintsFile: string
  lines: DecompositionLine[]
  findings: Finding[]
  holds: boolean
  undo: string | null
  trouble: string | null
}

export type DecompositionPricePart = {
  part: string
  share: number
  weight: number
}

export type DecompositionUnit = {
  revision: number
  unit: BoardUnit
  place: CodeLine
  nested: string[]
  tables: string[]
  pulls: UnitPull[]
  reasons: UnitReason[]
  total: number
  price: DecompositionPricePart[]
  moves: UnitMove[]
}

export type Difference = {
  value: number | null
  low: number | null
  high: number | null
  verdict: Verdict
}

export type DriftedEdge = {
  from: string
  to: string
  kind: DriftKind
  declared: string | null
  seen: number | null
  protocols: string[]
  message: boolean
  coverage: number | null
  named: number | null
  findings: Finding[]
  accepted: string | null
}

export type DriftKind = 'agrees' | 'notJudged' | 'notSeen' | 'accepted' | 'forbidden' | 'undeclared' | 'protocol' | 'undeclaredInCode' | 'unexercised' | 'unmadeInCode'

export type DroppedNotice = {
  count: number
}

export type Endpoint = {
  id: string
  address: string
  state: string
  inFlight: number
  ewmaMs: number | null
  ejectedUntil: string | null
  requests: number
  failures: number
}

export type EntryPointKind = 'controller' | 'minimalApi' | 'page' | 'grpc' | 'hub' | 'soap' | 'consumer' | 'job' | 'hosted' | 'program'

export type EnvironmentVariable = {
  name: string
  value: string
  masked: boolean
  from: string
}

export type EvidenceKind = 'code' | 'relations' | 'joins' | 'data' | 'transactions' | 'history'

export type Explanation = {
  path: string
  about: string
  type: string
  default: string | null
  value: string | null
  place: Place | null
  example: string | null
  bounds: string | null
}

export type ExternalSystem = {
  name: string
  what: string
  services: string[]
  place: Place | null
}

export type Finding = {
  code: string
  severity: FindingSeverity
  title: string
  message: string
  why: string
  mend: string
  modelPath: string | null
  place: Place | null
  sourceLine: string | null
  since: string | null
  unless: string | null
  measure: FindingMeasure | null
  patch: string | null
  evidence: FindingEvidence[]
  fingerprint: string | null
}

export type FindingCounts = {
  error: number
  warning: number
  info: number
}

export type FindingEvidence = {
  text: string
  place: Place | null
  traceId: string | null
}

export type FindingHistory = {
  points: FindingPoint[]
  findings: PastFinding[]
  trouble: string | null
}

export type FindingList = {
  findings: Finding[]
}

export type FindingMeasure = {
  value: number
  limit: number
  unit: string
}

export type FindingPoint = {
  at: string
  run: string
  error: number
  warning: number
  info: number
}

export type FindingSeverity = 'error' | 'warning' | 'info'

export type GatewayRoute = {
  path: string
  methods: string[]
  url: string
}

export type Graph = {
  windowMs: number
  nodes: GraphNode[]
  edges: GraphEdge[]
}

export type GraphEdge = {
  from: string
  to: string
  declared: boolean
  observed: boolean
  required: boolean
  protocol: string
  requestsPerSecond: number | null
  errorRatio: number | null
  retriesPerSecond: number | null
  p50Ms: number | null
  p99Ms: number | null
}

export type GraphNode = {
  id: string
  kind: GraphNodeKind
  state: ServiceState
  context: string | null
  team: string | null
  replicas: number
  healthy: number
  requestsPerSecond: number | null
  errorRatio: number | null
  p99Ms: number | null
}

export type GraphNodeKind = 'service' | 'gateway' | 'store' | 'unknown'

export type Health = {
  path: string
  intervalMs: number
  lastCheckedAt: string | null
  lastAnswer: string | null
}

export type Journey = {
  name: string
  running: boolean
  ratePerSecond: number
  started: number
  succeeded: number
  failed: number
  skipped: number
  p50Ms: number | null
  p99Ms: number | null
  lastFailure: JourneyFailure | null
}

export type JourneyFailure = {
  time: string
  step: string
  detail: string
  traceId: string | null
}

export type JourneyList = {
  paused: boolean
  journeys: Journey[]
}

export type JsonElement = unknown

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'

export type LogPage = {
  records: LogRecord[]
  before: string | null
  scanned: number
  complete: boolean
}

export type LogRecord = {
  id: string
  time: string
  service: string
  instance: string | null
  level: LogLevel
  message: string
  traceId: string | null
  spanId: string | null
  source: LogSource
  attributes: Record<string, unknown>
}

export type LogSource = 'otlp' | 'stdout' | 'stderr'

export type MapContext = {
  name: string
  kind: ContextKind | null
  capability: string | null
  team: string | null
  description: string | null
  services: string[]
  language: Term[]
}

export type MapCrossing = {
  depends: string
  on: string
  says: string
  event: boolean
  modelPath: string
}

export type MapDependency = {
  from: string
  to: string
  calls: number
  events: number
  crossings: MapCrossing[]
  findings: Finding[]
}

export type MapRelation = {
  downstream: string
  upstream: string
  as: ContextPattern
  mutual: boolean
  modelPath: string
}

export type Metric = {
  name: string
  service: string
  unit: string | null
  type: string
  description: string | null
  attributes: string[]
}

export type MetricLine = {
  attributes: Record<string, unknown>
  points: MetricPoint[]
}

export type MetricList = {
  metrics: Metric[]
}

export type MetricPoint = {
  time: string
  value: number | null
  p50: number | null
  p90: number | null
  p99: number | null
  count: number | null
}

export type MetricSeries = {
  name: string
  unit: string | null
  type: string
  series: MetricLine[]
}

export type ModelChange = {
  revision: number
  changed: string[]
  accepted: boolean
}

export type ModelFile = {
  name: string
  text: string
}

export type ModelOverview = {
  revision: number
  accepted: boolean
  files: ModelFile[]
  plan: JsonElement
}

export type Objective = {
  availability: number | null
  p99Ms: number | null
}

export type OneTimeCode = {
  code: string
  url: string
}

export type PastFinding = {
  fingerprint: string
  code: string
  severity: FindingSeverity
  about: string
  message: string
  first: string
  last: string
  gone: string | null
  returns: number
}

export type Place = {
  file: string
  line: number
  column: number
  length: number
}

export type PullPart = {
  kind: EvidenceKind
  share: number
}

export type Rate = {
  requestsPerSecond: number
  errorRatio: number
  p50Ms: number
  p99Ms: number
  windowMs: number
}

export type Red = {
  windowMs: number
  from: string
  until: string
  complete: boolean
  damage: string[]
  rows: RedRow[]
}

export type RedPoint = {
  time: string
  requestsPerSecond: number
  errorRatio: number
  p99Ms: number | null
}

export type RedRow = {
  service: string
  route: string | null
  count: number
  requestsPerSecond: number
  errorRatio: number
  p50Ms: number
  p90Ms: number
  p99Ms: number
  series: RedPoint[]
}

export type Replica = {
  name: string
  replica: number
  state: ServiceState
  pid: number | null
  port: number | null
  url: string | null
  startedAt: string | null
  restarts: number
  exitCode: number | null
  reason: string | null
  ejectedUntil: string | null
  ejectedBy: string[]
  lastLog: string | null
}

export type Rule = {
  code: string
  title: string
  markdown: string
}

export type RunSeen = {
  run: string
  from: string
  until: string
  requests: number
  coverage: number
  spanLoss: number
  cut: boolean
}

export type ServiceBoundary = {
  service: string
  score: number | null
  figures: BoundaryFigure[]
}

export type ServiceDetail = {
  environment: EnvironmentVariable[]
  calls: Call[]
  stores: Store[]
  routes: GatewayRoute[]
  health: Health | null
  slo: Objective | null
  name: string
  description: string | null
  context: string | null
  team: string | null
  kind: ServiceKind
  tags: string[]
  state: ServiceState
  wanted: number
  waitingFor: string[]
  urls: string[]
  replicas: Replica[]
  build: Build
  rate: Rate | null
}

export type ServiceInfo = {
  name: string
  description: string | null
  context: string | null
  team: string | null
  kind: ServiceKind
  tags: string[]
  state: ServiceState
  wanted: number
  waitingFor: string[]
  urls: string[]
  replicas: Replica[]
  build: Build
  rate: Rate | null
}

export type ServiceKind = 'project' | 'command'

export type ServiceSource = {
  service: string
  types: number
  codeLines: number
  entries: CodeEntry[]
}

export type ServiceState = 'stopped' | 'building' | 'starting' | 'healthy' | 'unhealthy' | 'failed' | 'stopping' | 'waiting' | 'unknown'

export type SharedAs = 'library' | 'kernel' | 'platform' | 'replicate' | null

export type Span = {
  spanId: string
  parentId: string | null
  service: string
  instance: string | null
  name: string
  kind: string
  startMs: number
  durationMs: number
  selfMs: number
  status: SpanStatus
  statusMessage: string | null
  onCriticalPath: boolean
  missingParent: boolean
  attributes: Record<string, unknown>
  events: SpanEvent[]
}

export type SpanEvent = {
  name: string
  atMs: number
  attributes: Record<string, unknown>
}

export type SpanStatus = 'unset' | 'ok' | 'error'

export type Store = {
  name: string
  engine: string
  location: string
  sizeBytes: number | null
}

export type SystemCondition = 'starting' | 'running' | 'degraded' | 'stopping'

export type SystemInfo = {
  name: string
  run: string
  state: SystemCondition
  environment: string | null
  startedAt: string
  modelFile: string
  folder: string
  version: string
  gatewayUrl: string | null
  consoleUrl: string
  registryUrl: string | null
  otlpUrl: string | null
  services: number
  healthy: number
  findings: FindingCounts
}

export type TelemetryDrop = {
  service: string
  signal: string
  count: number
  reason: string
}

export type TelemetryOverview = {
  receivedSpans: number
  receivedLogs: number
  receivedPoints: number
  dropped: TelemetryDrop[]
  bytesOnDisk: number
  memoryOnly: boolean
  runs: TelemetryRun[]
}

export type TelemetryRun = {
  run: string
  startedAt: string
  endedAt: string | null
  bytes: number
  current: boolean
}

export type TelemetryRunDetail = {
  run: string
  startedAt: string
  endedAt: string | null
  bytes: number
  current: boolean
  damage: string[]
}

export type Term = {
  name: string
  meaning: string
}

export type Trace = {
  traceId: string
  start: string
  durationMs: number
  criticalPathMs: number
  spans: Span[]
  criticalPath: CriticalStretch[]
  logs: LogRecord[]
}

export type TracePage = {
  traces: TraceSummary[]
  before: string | null
  complete: boolean
}

export type TraceService = {
  name: string
  spans: number
  errors: number
}

export type TraceSummary = {
  traceId: string
  start: string
  durationMs: number
  rootService: string
  rootOperation: string
  spans: number
  errors: number
  services: TraceService[]
}

export type TrafficState = {
  paused: boolean
}

export type UnitMove = {
  service: string
  total: number
  change: number
  price: DecompositionPricePart[]
}

export type UnitPull = {
  service: string
  share: number
  parts: PullPart[]
}

export type UnitReason = {
  text: string
  other: number
  place: CodeLine | null
}

export type UnitRole = 'domain' | 'application' | 'endpoint' | 'persistence' | 'contract' | 'technical'

export type UnjudgedRule = {
  code: string
  title: string
  needs: string[]
  detail: string | null
}

export type Verdict = 'noise' | 'more' | 'less' | 'tooFew'
