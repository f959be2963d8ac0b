import { describe, expect, it } from 'vitest'
import { backOffMs } from '../src/api/backOff'
import { rank } from '../src/app/rank'
import type { LogRecord } from '../src/api/types'
import { appendBounded, emptyTail, heldMax, prependBounded, recordsMax } from '../src/pages/logs/tail'
import { align, namesOf } from '../src/pages/metrics/align'
import { pathAtLine, piecesOf } from '../src/pages/model/yaml'
import { leftOutBy } from '../src/pages/services/ejection'
import { placeLabels, placesOn } from '../src/pages/system/labels'
import { boundsOf, clearCurve } from '../src/pages/system/lines'
import { pack } from '../src/pages/system/packed'
import { blocksOf, inlineOf } from '../src/parts/prose'
import { sparkPath } from '../src/parts/Sparkline'

const log = (id: number): LogRecord => ({ id: String(id).padStart(9, '0'), time: '', service: 's', instance: null, level: 'info', message: '', traceId: null, spanId: null, source: 'otlp', attributes: {} })
const point = (time: number, value: number) => ({ time: new Date(time * 1000).toISOString(), value, p50: null, p90: null, p99: null, count: null })

it('waits longer after each failed attempt, up to ten seconds', () => {
  expect([0, 1, 2, 3, 4, 5, 60].map((attempt) => backOffMs(attempt, 0))).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000])
  expect(backOffMs(0, 1)).toBe(400)
})

it('finds by every word, the start of a name first', () => {
  expect(rank(['inventory', 'orders', 'Restart orders', 'storefront'], 'or', (one) => one)).toEqual(['orders', 'Restart orders', 'inventory', 'storefront'])
  expect(rank(['Restart orders', 'orders'], 'ord rest', (one) => one)).toEqual(['Restart orders'])
  expect(rank(['b', 'a'], ' ', (one) => one)).toEqual(['b', 'a'])
})

it('names who leaves a replica out, and counts where they are many', () => {
  const said = (...ejectedBy: string[]) => leftOutBy({ ejectedBy })
  expect(said('orders')).toBe('orders leaves it out')
  expect(said('gateway', 'orders')).toBe('gateway and orders leave it out')
  expect(said('a', 'b', 'c', 'd')).toBe('a, b and 2 more leave it out')
})

describe('the tail of the logs', () => {
  it('takes older records only as far as there is room, without a gap', () => {
    const most = appendBounded(emptyTail, Array.from({ length: recordsMax - 2 }, (_, index) => log(index + 10)), false)
    const more = prependBounded(most, [log(1), log(2), log(3)], null)
    expect(more.records).toHaveLength(recordsMax)
    expect([more.records[0]!.id, more.before]).toEqual([log(2).id, log(2).id])
    expect(prependBounded(emptyTail, [log(1)], 'c')).toMatchObject({ before: 'c', records: [{ id: log(1).id }] })
  })

  it('never holds more than its bound, and can ask for what fell off', () => {
    const full = appendBounded(emptyTail, Array.from({ length: recordsMax }, (_, index) => log(index)), false)
    const more = appendBounded(full, [log(recordsMax), log(recordsMax + 1)], false)
    expect(more.records).toHaveLength(recordsMax)
    expect(more.before).toBe(more.records[0]!.id)
  })

  it('holds back what comes while it is paused, and counts what it had to forget', () => {
    const paused = appendBounded(emptyTail, Array.from({ length: heldMax + 5 }, (_, index) => log(index)), true)
    expect([paused.records.length, paused.held.length, paused.forgotten]).toEqual([0, heldMax, 5])
  })
})

describe('a line over time', () => {
  it('breaks where nothing was measured', () => {
    expect(align([{ points: [point(0, 1), point(5, 2), point(10, 3), point(60, 4)] }], 'value')).toEqual([[0, 5, 10, 15, 60], [1, 2, 3, null, 4]])
    expect(sparkPath([1, null, 2], 10, 10, 2)).toBe('M0.0 5.0M10.0 1.0')
  })

  it('is named by what tells it from the others', () => {
    expect(namesOf([{ attributes: { route: '/a', zone: 'x' } }, { attributes: { route: '/b', zone: 'x' } }])).toEqual(['/a', '/b'])
    expect(namesOf([{ attributes: {} }])).toEqual(['series 1'])
  })
})

describe('the text of a model', () => {
  it.each(['    calls: { catalog: { timeout: 300ms, retries: 2 } }   # why', '- { get: "/a#b" }', 'x: \'it\'\'s\'', '', '  - 1'])('is coloured without losing a character: %s', (line) => {
    expect(piecesOf(line).map((piece) => piece.text).join('')).toBe(line)
  })

  it('knows keys, strings and comments', () => {
    expect(piecesOf('  a: "b" # c').filter((piece) => piece.text.trim()).map((piece) => piece.kind)).toEqual(['key', 'mark', 'string', 'comment'])
    expect(piecesOf('a: b#c').some((piece) => piece.kind === 'comment')).toBe(false)
  })

  it('gives each key its path', () => {
    const lines = ['services:', '  orders:', '    # a word', '    calls:', '      catalog: { timeout: 1s }', 'list:', '  - name: x', '    more: y']
    expect(pathAtLine(lines, 4)).toBe('services.orders.calls.catalog')
    expect(pathAtLine(lines, 0)).toBe('services')
    expect(pathAtLine(lines, 2)).toBeNull()
    expect(pathAtLine(lines, 7)).toBeNull()
  })
})

it('reads the pages of rules as text and never as HTML', () => {
  expect(blocksOf('# A\n\ntwo\nlines\n\n- one\n  more\n- two\n\n```yaml\n# x\n```\n<b>').map((block) => block.kind)).toEqual(['heading', 'paragraph', 'list', 'code', 'paragraph'])
  expect(inlineOf('a `b` **c** *d* [e](f)').map((piece) => [piece.kind, piece.text])).toEqual([['text', 'a '], ['code', 'b'], ['text', ' '], ['strong', 'c'], ['text', ' '], ['emphasis', 'd'], ['text', ' '], ['text', 'e']])
})

it('packs many parts without any overlap, each inside its group, in a shape a screen has', () => {
  const nodes = Array.from({ length: 300 }, (_, index) => ({ id: `s${index}`, kind: 'service' as const, state: 'healthy' as const, context: `c${index % 18}`, team: null, replicas: 1, healthy: 1, requestsPerSecond: null, errorRatio: null, p99Ms: null }))
  const layout = pack({ windowMs: 1, nodes, edges: [] }, 'context')
  const boxes = Object.values(layout.nodes)
  expect(boxes).toHaveLength(300)
  boxes.forEach((a, index) => boxes.slice(index + 1).forEach((b) => expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true)))
  nodes.forEach((node) => {
    const [box, group] = [layout.nodes[node.id]!, layout.groups[node.context]!]
    expect(box.x >= group.x && box.y >= group.y && box.x + box.width <= group.x + group.width && box.y + box.height <= group.y + group.height).toBe(true)
  })
  const width = Math.max(...boxes.map((box) => box.x + box.width))
  const height = Math.max(...boxes.map((box) => box.y + box.height))
  expect(width / height).toBeGreaterThan(1.2)
  expect(width / height).toBeLessThan(2.8)
})

it('leads an undeclared call around the boxes in its way, as little as it can', () => {
  const [from, to] = [{ x: 0, y: 0 }, { x: 400, y: 0 }]
  expect(clearCurve(from, to, 'RIGHT', []).at(0.5)).toEqual({ x: 200, y: 0 })
  const around = clearCurve(from, to, 'RIGHT', [{ x: 150, y: -20, width: 100, height: 60 }])
  expect(around.at(0.5).y).toBeLessThan(-20)
  expect([around.at(0), around.at(1)]).toEqual([from, to])
})

it('counts lines that leave the boxes into what has to be in sight', () => {
  const box = { x: 10, y: 10, width: 20, height: 10 }
  expect(boundsOf([box], [])).toEqual(box)
  expect(boundsOf([box, { ...box, x: 50 }], [{ x: -5, y: 0 }, { x: 20, y: 40 }])).toEqual({ x: -5, y: 0, width: 75, height: 40 })
  expect(boundsOf([], [])).toEqual({ x: 0, y: 0, width: 0, height: 0 })
})

it('never lets one label cover another, and leaves out the one without room', () => {
  const line = [{ x: 0, y: 0 }, { x: 100, y: 0 }]
  const places = placesOn(line)
  expect(placeLabels([{ id: 'a', places, width: 40 }, { id: 'b', places, width: 40 }])).toEqual({ a: { x: 50, y: 0 } })
  expect(placeLabels([{ id: 'a', places, width: 20 }, { id: 'b', places, width: 20 }])).toEqual({ a: { x: 50, y: 0 }, b: { x: 15, y: 0 } })
  expect(placeLabels([{ id: 'a', places, width: 20 }], [{ x: 30, y: -5, width: 40, height: 10 }])).toEqual({ a: { x: 15, y: 0 } })
  expect(placeLabels([{ id: 'a', places, width: 20 }], [{ x: -5, y: -5, width: 110, height: 10 }])).toEqual({})
})
