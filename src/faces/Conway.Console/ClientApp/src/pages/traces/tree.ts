import type { CriticalStretch, Span, Trace } from '../../api/types'

/** A span where it stands in the waterfall. */
export type Row = { span: Span; depth: number; children: number; hidden: number }

/** The spans in the order of the waterfall: children under their parent by start, and those whose parent never arrived at the end of the top level.
 *  A circle of parents, which only broken instrumentation can send, is cut rather than followed. */
export function rowsOf(spans: Span[], folded: ReadonlySet<string>): Row[] {
  const ids = new Set(spans.map((span) => span.spanId))
  const children = new Map<string | null, Span[]>()
  for (const span of spans) {
    const parent = span.parentId && span.parentId !== span.spanId && ids.has(span.parentId) ? span.parentId : null
    const list = children.get(parent)
    if (list) list.push(span)
    else children.set(parent, [span])
  }
  for (const list of children.values()) list.sort((a, b) => a.startMs - b.startMs)

  const rows: Row[] = []
  const seen = new Set<string>()
  const stack = (children.get(null) ?? []).toReversed().map((span) => ({ span, depth: 0 }))
  const below = (span: Span): number => {
    let total = 0
    const waiting = [...(children.get(span.spanId) ?? [])]
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      total++
      waiting.push(...(children.get(one.spanId) ?? []))
    }
    return total
  }
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (seen.has(next.span.spanId)) continue
    seen.add(next.span.spanId)
    const own = children.get(next.span.spanId) ?? []
    const fold = folded.has(next.span.spanId)
    rows.push({ span: next.span, depth: next.depth, children: own.length, hidden: fold ? below(next.span) : 0 })
    if (!fold) for (const child of own.toReversed()) stack.push({ span: child, depth: next.depth + 1 })
  }
  // Whatever hangs in a circle was reached from no root; it is shown rather than lost.
  for (const span of spans) if (!seen.has(span.spanId) && folded.size === 0) rows.push({ span, depth: 0, children: 0, hidden: 0 })
  return rows
}

/** Where the bars of a trace begin and end, in milliseconds; clocks that disagree may begin before zero. */
export function extentOf(trace: Trace): { from: number; until: number } {
  let from = 0
  let until = trace.durationMs
  for (const span of trace.spans) {
    from = Math.min(from, span.startMs)
    until = Math.max(until, span.startMs + span.durationMs)
  }
  return { from, until: until > from ? until : from + 1 }
}

/** About `wanted` round marks for an axis of `length` milliseconds. */
export function marksOf(length: number, wanted = 5): number[] {
  const rough = length / wanted
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= rough)!
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step)
}

/** How the critical path divides over services, largest first: the answer to "where did the time go". */
export function shareOf(trace: Trace): { service: string; ms: number; part: number }[] {
  const services = new Map(trace.spans.map((span) => [span.spanId, span.service]))
  const sums = new Map<string, number>()
  let whole = 0
  for (const stretch of trace.criticalPath) {
    const service = services.get(stretch.spanId)
    const ms = stretch.untilMs - stretch.fromMs
    if (!service || !(ms > 0)) continue
    sums.set(service, (sums.get(service) ?? 0) + ms)
    whole += ms
  }
  return [...sums].map(([service, ms]) => ({ service, ms, part: ms / whole })).sort((a, b) => b.ms - a.ms)
}

/** Stretches so near to each other that no screen shows what is between them become one: a span with thousands of them is drawn with as few
 *  pieces as can be told apart. @param gap In milliseconds. */
export function joined(stretches: CriticalStretch[], gap: number): CriticalStretch[] {
  const made: CriticalStretch[] = []
  for (const stretch of [...stretches].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = made.at(-1)
    if (last && stretch.fromMs - last.untilMs < gap) last.untilMs = Math.max(last.untilMs, stretch.untilMs)
    else made.push({ ...stretch })
  }
  return made
}
