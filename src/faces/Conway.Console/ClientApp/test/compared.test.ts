import { expect, test } from 'vitest'
import type { ComparedRow, Difference } from '../src/api/types'
import { byFate, fateOf, points, summary, times, told } from '../src/pages/metrics/verdict'

const noise: Difference = { value: 1, low: 0.9, high: 1.1, verdict: 'noise' }
const more: Difference = { value: 2.98, low: 2.1, high: 4.4, verdict: 'more' }
const less: Difference = { value: 0.61, low: 0.55, high: 0.68, verdict: 'less' }
const few: Difference = { value: 1.36, low: null, high: null, verdict: 'tooFew' }
const figures = { count: 1, errors: 0, requestsPerSecond: 1, errorRatio: 0, p50Ms: 1, p95Ms: 1, p99Ms: 1 }
const row = (service: string, ...[errorRatio, p50, p95, p99]: Difference[]): ComparedRow =>
  ({ service, route: null, run: figures, with: figures, change: { rateRatio: 1, errorRatio: errorRatio!, p50: p50!, p95: p95!, p99: p99! } })
const alone: ComparedRow = { service: 'alone', route: null, run: figures, with: null, change: null }

test('a route is worse as soon as one figure is, whatever the others are', () => {
  expect(fateOf(row('a', noise, less, few, more))).toBe('worse')
  expect(fateOf(row('a', noise, less, few, few))).toBe('better')
  expect(fateOf(row('a', noise, noise, noise, few))).toBe('untold')
  expect(fateOf(row('a', noise, noise, noise, noise))).toBe('same')
  expect(fateOf(alone)).toBe('alone')
})

test('what is different stands first and names keep their order', () => {
  const same = row('b', noise, noise, noise, noise)
  const rows = [same, row('c', noise, noise, noise, more), row('d', noise, less, noise, noise), alone, row('e', more, noise, noise, noise)]
  expect(byFate(rows).map((one) => one.service)).toEqual(['c', 'e', 'd', 'alone', 'b'])
  expect(summary(rows, 'service')).toEqual({ strong: '2 of 5 services fared worse', rest: '; 1 better, 1 without a difference beyond noise, 1 in one of the runs only' })
  expect(summary([same], 'route')).toEqual({ strong: 'The route did not fare worse', rest: ': without a difference beyond noise' })
})

test('a ratio is told in percent until it doubles, and a share in points', () => {
  expect([2.98, 12.4, 1.13, 0.61, 0.5, 0.25].map(times)).toEqual(['×3.0', '×12', '+13\u00a0%', '−39\u00a0%', '×0.5', '×0.25'])
  expect([0.022, -0.01, 0.00004].map(points)).toEqual(['+2.2\u00a0points', '−1.0\u00a0points', '+<0.01\u00a0points'])
})

test('a difference says what it is at least, and noise says that it is noise', () => {
  expect(told(more, times).words).toBe('×3.0, at least ×2.1')
  expect(told(less, times).words).toBe('−39\u00a0%, at least −32\u00a0%')
  expect(told(noise, times).words).toBe('only noise')
  expect(told(few, times).words).toBe('too few to tell')
})
