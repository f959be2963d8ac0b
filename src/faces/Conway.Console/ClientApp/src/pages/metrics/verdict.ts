import type { ComparedRow, Difference } from '../../api/types'
import { ratio } from '../../parts/format'

/** How a route fares as a whole. What is worse in one and better in another figure is worse: somebody has to look. */
export type Fate = 'worse' | 'better' | 'alone' | 'untold' | 'same'

export function fateOf(row: ComparedRow): Fate {
  if (!row.change) return 'alone'
  const verdicts = [row.change.errorRatio, row.change.p50, row.change.p95, row.change.p99].map((one) => one.verdict)
  if (verdicts.includes('more')) return 'worse'
  if (verdicts.includes('less')) return 'better'
  return verdicts.every((one) => one === 'tooFew' || one === 'noise') && verdicts.includes('tooFew') ? 'untold' : 'same'
}

const order: Fate[] = ['worse', 'better', 'alone', 'untold', 'same']

/** What is different stands first; names keep their order. */
export const byFate = (rows: ComparedRow[]) => [...rows].sort((a, b) => order.indexOf(fateOf(a)) - order.indexOf(fateOf(b)))

/** 2.98 → `×3.0`, 1.13 → `+13 %`, 0.61 → `−39 %`. */
export function times(value: number): string {
  if (value >= 2 || value <= 0.5) return `×${value >= 10 ? Math.round(value) : value.toFixed(value < 0.5 ? 2 : 1)}`
  const percent = Math.round((value - 1) * 100)
  return `${percent < 0 ? '−' : '+'}${Math.abs(percent)}\u00a0%`
}

/** A difference of two shares, in points of percent: 0.022 → `+2.2 points`. */
export function points(value: number): string {
  const text = ratio(Math.abs(value)).replace('\u00a0%', '')
  return `${value < 0 ? '−' : '+'}${text}\u00a0${text === '1' ? 'point' : 'points'}`
}

/** What a cell says below its two figures: the difference, and what it is at least. */
export function told(change: Difference, say: (value: number) => string): { sign: string; words: string; tone: string } {
  if (change.verdict === 'tooFew') return { sign: '?', words: 'too few to tell', tone: 'quiet' }
  if (change.verdict === 'noise' || change.value === null) return { sign: '≈', words: 'only noise', tone: 'quiet' }
  const more = change.verdict === 'more'
  const bound = more ? change.low : change.high
  return { sign: more ? '▲' : '▼', words: `${say(change.value)}${bound === null ? '' : `, at least ${say(bound)}`}`, tone: more ? 'tone-bad' : 'tone-good' }
}

/** The sentence above the table. */
export function summary(rows: ComparedRow[], what: string): { strong: string; rest: string } {
  const many = (number: number) => `${number} ${number === 1 ? what : `${what}s`}`
  const of = (fate: Fate) => rows.filter((row) => fateOf(row) === fate).length
  const rest = [
    of('better') && `${of('better')} better`,
    of('same') && `${of('same')} without a difference beyond noise`,
    of('untold') && `${of('untold')} with too few requests to tell all`,
    of('alone') && `${of('alone')} in one of the runs only`,
  ].filter(Boolean)
  if (rows.length === 1) return { strong: of('worse') ? `The ${what} fared worse` : `The ${what} did not fare worse`, rest: rest.length ? `: ${rest.join('').slice(2)}` : '' }
  return { strong: of('worse') ? `${of('worse')} of ${many(rows.length)} fared worse` : `None of ${many(rows.length)} fared worse`, rest: rest.length ? `; ${rest.join(', ')}` : '' }
}
