// Numbers as people read them: three figures, a unit, and a sign of its own for each of zero, unknown and nothing seen.

/** Shown where nothing was seen, so that it is never taken for a zero. */
export const nothing = '–'

/** A number and its unit are never torn apart at the end of a line. */
const unit = (number: string | number, name: string) => `${number}\u00a0${name}`

const trim = (value: number, digits: number) => value.toFixed(digits)

function figures(value: number): string {
  if (value === 0) return '0'
  if (value < 0.01) return '<0.01'
  if (value < 1) return trim(value, 2)
  if (value < 10) return trim(value, 1)
  return Math.round(value).toLocaleString('en')
}

/** `12.4/s` → `12/s`, `0.4` → `0.40/s`, null → `–`. */
export const rate = (perSecond: number | null | undefined) => (perSecond == null ? nothing : `${figures(perSecond)}/s`)

/** A part of one as percent: 0 → `0 %`, 0.00004 → `<0.01 %`. Tiny is not zero. */
export function ratio(value: number | null | undefined): string {
  if (value == null) return nothing
  if (value === 0) return unit(0, '%')
  const percent = value * 100
  return unit(percent < 0.01 ? '<0.01' : percent < 10 ? trim(percent, percent < 1 ? 2 : 1) : Math.round(percent), '%')
}

/** Milliseconds: `0.8 ms`, `14 ms`, `1.24 s`, `3 min 20 s`. */
export function duration(ms: number | null | undefined): string {
  if (ms == null) return nothing
  if (ms === 0) return unit(0, 'ms')
  if (ms < 0.1) return unit(Math.max(1, Math.round(ms * 1000)), 'µs')
  if (ms < 10) return unit(trim(ms, 1), 'ms')
  if (ms < 1000) return unit(Math.round(ms), 'ms')
  if (ms < 60_000) return unit(trim(ms / 1000, ms < 10_000 ? 2 : 1), 's')
  const seconds = Math.round(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 ? `${unit(minutes, 'min')} ${unit(seconds % 60, 's')}` : unit(minutes, 'min')
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 ? `${unit(hours, 'h')} ${unit(minutes % 60, 'min')}` : unit(hours, 'h')
  return unit(Math.floor(hours / 24), 'd')
}

/** A window of time in the words of a label: 60000 → `last 60 s`, 300000 → `last 5 min`. */
export const windowOf = (ms: number) => `last ${ms <= 60_000 ? unit(Math.round(ms / 1000), 's') : duration(ms)}`

/** Bytes in powers of 1024: `120 KiB`. */
export function bytes(value: number | null | undefined): string {
  if (value == null) return nothing
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  let index = 0
  let rest = value
  while (rest >= 1024 && index < units.length - 1) {
    rest /= 1024
    index++
  }
  return unit(index === 0 ? rest : rest < 10 ? trim(rest, 1) : Math.round(rest), units[index]!)
}

export const count = (value: number | null | undefined) => (value == null ? nothing : value.toLocaleString('en'))

/** `1 span`, `14 spans`; the plural is given where an s is not enough. */
export const plural = (value: number, one: string, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`

const two = (value: number) => String(value).padStart(2, '0')

/** Time of day on the reader's clock with milliseconds: `22:16:01.120`. */
export function clock(time: string | number, withMs = true): string {
  const date = new Date(time)
  const base = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  return withMs ? `${base}.${String(date.getMilliseconds()).padStart(3, '0')}` : base
}

/** `2026-11-21 22:16:01`, on the reader's clock. */
export function day(time: string | number): string {
  const date = new Date(time)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock(time, false)}`
}

/** `at 22:16:01` for today, `on 2026-11-21 22:16:01` for any other day. */
export const moment = (time: string | number, now: number = Date.now()) => (day(time).slice(0, 10) === day(now).slice(0, 10) ? `at ${clock(time, false)}` : `on ${day(time)}`)

/** Words of others with the units of their numbers tied to them: `next try in 2 s`. */
export const tied = (text: string) => text.replace(/(\d) (%|µs|ms|s|min|h|d|B|[KMGT]iB)(?![\w])/g, '$1\u00a0$2')

/** A measured value in the unit the instrument named (UCUM): seconds become durations, `By` becomes bytes. */
export function measured(value: number | null | undefined, of: string | null): string {
  if (value == null) return nothing
  if (of === 's') return duration(value * 1000)
  if (of === 'ms') return duration(value)
  if (of === 'By') return bytes(value)
  if (of === '1' && value > 0 && value <= 1) return ratio(value)
  const number = Math.abs(value) < 1000 ? figures(Math.abs(value)) : Math.round(Math.abs(value)).toLocaleString('en')
  const word = of?.replace(/[{}]/g, '') ?? ''
  return `${value < 0 ? '−' : ''}${word && word !== '1' ? unit(number, word) : number}`
}
