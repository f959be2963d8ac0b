import type { MetricPoint } from '../../api/types'

export type ValueName = 'value' | 'p50' | 'p90' | 'p99'

/** Several series over one time axis, in seconds. Where nothing was measured the line breaks: a series without a point at a time has null there,
 *  and a hole of more than two and a half usual steps gets a null of its own, so that no line is drawn through time nobody saw. */
export function align(series: { points: MetricPoint[] }[], value: ValueName): [number[], ...(number | null)[][]] {
  const measured = [...new Set(series.flatMap((one) => one.points.map((point) => Date.parse(point.time))))].sort((a, b) => a - b)
  const steps = measured.slice(1).map((time, at) => time - measured[at]!).sort((a, b) => a - b)
  const usual = steps[Math.floor(steps.length / 2)] ?? 0
  const times = measured.flatMap((time, at) => (at > 0 && time - measured[at - 1]! > usual * 2.5 ? [measured[at - 1]! + usual, time] : [time]))
  const index = new Map(times.map((time, at) => [time, at]))
  const lines = series.map((one) => {
    const line: (number | null)[] = Array.from({ length: times.length }, () => null)
    for (const point of one.points) line[index.get(Date.parse(point.time))!] = point[value]
    return line
  })
  return [times.map((time) => time / 1000), ...lines]
}

/** What tells the series apart: the attributes whose values differ, `orders-1` or `GET /x, 200`. */
export function namesOf(series: { attributes: Record<string, unknown> }[]): string[] {
  const names = [...new Set(series.flatMap((one) => Object.keys(one.attributes)))]
  const differing = names.filter((name) => new Set(series.map((one) => String(one.attributes[name] ?? ''))).size > 1)
  return series.map((one, at) => (differing.length ? differing.map((name) => String(one.attributes[name] ?? '–')).join(', ') : Object.values(one.attributes).map(String).join(', ')) || `series ${at + 1}`)
}
