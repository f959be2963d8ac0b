import { describe, expect, it } from 'vitest'
import type { Span, Trace } from '../src/api/types'
import { extentOf, joined, marksOf, rowsOf, shareOf } from '../src/pages/traces/tree'

const span = (spanId: string, parentId: string | null, startMs = 0, more: Partial<Span> = {}): Span => ({ spanId, parentId, service: 's', instance: null, name: spanId, kind: 'server', startMs, durationMs: 10, selfMs: 1, status: 'unset', statusMessage: null, onCriticalPath: false, missingParent: false, attributes: {}, events: [], ...more })
const trace = (spans: Span[], more: Partial<Trace> = {}): Trace => ({ traceId: 't', start: '', durationMs: 10, criticalPathMs: 0, spans, criticalPath: [], logs: [], ...more })
const shape = (spans: Span[], folded: string[] = []) => rowsOf(spans, new Set(folded)).map((row) => `${' '.repeat(row.depth)}${row.span.spanId}${row.hidden ? `+${row.hidden}` : ''}`)

describe('a waterfall', () => {
  it('has children under their parent in the order they began', () => {
    expect(shape([span('c', 'a', 5), span('a', null), span('b', 'a', 1), span('d', 'b', 2)])).toEqual(['a', ' b', '  d', ' c'])
  })

  it('draws stretches of the critical path as one where nobody could see what is between them', () => {
    const stretch = (fromMs: number, untilMs: number) => ({ spanId: 's', fromMs, untilMs })
    expect(joined([stretch(20, 30), stretch(0, 10), stretch(10.4, 12)], 0.5)).toEqual([stretch(0, 12), stretch(20, 30)])
    expect(joined(Array.from({ length: 5_000 }, (_, at) => stretch(at, at + 0.6)), 5)).toEqual([stretch(0, 4999.6)])
  })

  it('folds what is under a span and counts it', () => {
    expect(shape([span('a', null), span('b', 'a', 1), span('d', 'b', 2)], ['a'])).toEqual(['a+2'])
  })

  it('shows spans whose parent never came, and spans that are each other\'s parents', () => {
    expect(shape([span('a', null), span('b', 'lost', 3)])).toEqual(['a', 'b'])
    expect(shape([span('a', 'b'), span('b', 'a')]).sort()).toEqual(['a', 'b'])
    expect(shape([span('a', 'a')])).toEqual(['a'])
  })

  it('has room for clocks that disagree', () => {
    expect(extentOf(trace([span('a', null, 0), span('b', 'a', -3), span('c', 'a', 8)]))).toEqual({ from: -3, until: 18 })
    expect(extentOf(trace([], { durationMs: 0 }))).toEqual({ from: 0, until: 1 })
  })

  it('marks its axis at round numbers', () => {
    expect(marksOf(48)).toEqual([0, 10, 20, 30, 40])
    expect(marksOf(1)).toEqual([0, 0.2, 0.4, 0.6000000000000001, 0.8, 1])
  })

  it('tells in which services the critical path ran', () => {
    const spans = [span('a', null, 0, { service: 'orders' }), span('b', 'a', 0, { service: 'payments' })]
    expect(shareOf(trace(spans, { criticalPath: [{ spanId: 'a', fromMs: 0, untilMs: 2 }, { spanId: 'b', fromMs: 2, untilMs: 8 }, { spanId: 'gone', fromMs: 8, untilMs: 9 }] }))).toEqual([
      { service: 'payments', ms: 6, part: 0.75 }, { service: 'orders', ms: 2, part: 0.25 },
    ])
  })
})
