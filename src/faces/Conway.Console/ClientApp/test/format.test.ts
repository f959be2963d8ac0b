import { describe, expect, it } from 'vitest'
import * as format from '../src/parts/format'

// Ties are read as spaces here; that they are ties has a test of its own.
const untied = <Values extends unknown[]>(write: (...values: Values) => string) => (...values: Values) => write(...values).replaceAll('\u00a0', ' ')
const { moment, plural, tied } = format
const [bytes, duration, measured, rate, ratio, windowOf] = [untied(format.bytes), untied(format.duration), untied(format.measured), untied(format.rate), untied(format.ratio), untied(format.windowOf)]

describe('numbers', () => {
  it('show zero, tiny and nothing seen in three ways', () => {
    expect([rate(0), rate(0.001), rate(null), rate(undefined)]).toEqual(['0/s', '<0.01/s', '–', '–'])
    expect([ratio(0), ratio(0.00004), ratio(null)]).toEqual(['0 %', '<0.01 %', '–'])
    expect([duration(0), duration(0.02), duration(null)]).toEqual(['0 ms', '20 µs', '–'])
  })

  it.each([[0.4, '0.4 ms'], [14, '14 ms'], [999, '999 ms'], [1240, '1.24 s'], [59_999, '60.0 s'], [200_000, '3 min 20 s'], [3_600_000, '1 h'], [5_400_000, '1 h 30 min'], [259_200_000, '3 d']])('write %d ms as %s', (ms, text) => {
    expect(duration(ms)).toBe(text)
  })

  it('are tied to their unit, also in the words of others', () => {
    expect([format.duration(200_000), format.ratio(0.5), format.bytes(2048)]).toEqual(['3\u00a0min 20\u00a0s', '50\u00a0%', '2.0\u00a0KiB'])
    expect(tied('exited with code 3 one second after start; next try in 2 s')).toBe('exited with code 3 one second after start; next try in 2\u00a0s')
    expect(tied('200 in 3 ms, 5 stores')).toBe('200 in 3\u00a0ms, 5 stores')
  })

  it('name the day only where it is another one', () => {
    const now = new Date(2026, 10, 21, 23, 0, 0).getTime()
    expect(moment(new Date(2026, 10, 21, 22, 16, 1).getTime(), now)).toBe('at 22:16:01')
    expect(moment(new Date(2026, 10, 20, 22, 16, 1).getTime(), now)).toBe('on 2026-11-20 22:16:01')
  })

  it('keep their unit', () => {
    expect(measured(0.212, 's')).toBe('212 ms')
    expect(measured(1536, 'By')).toBe('1.5 KiB')
    expect(measured(3, '{connection}')).toBe('3.0 connection')
    expect(measured(-1500, '1')).toBe('−1,500')
    expect(bytes(512)).toBe('512 B')
    expect(plural(1, 'service')).toBe('1 service')
    expect(plural(1200, 'service')).toBe('1,200 services')
    expect(windowOf(60_000)).toBe('last 60 s')
    expect(windowOf(300_000)).toBe('last 5 min')
  })
})
