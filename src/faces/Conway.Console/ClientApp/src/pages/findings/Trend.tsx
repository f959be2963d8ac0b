import type { FindingPoint } from '../../api/types'
import { day, plural } from '../../parts/format'

const [width, height] = [520, 64]
/** More columns than this would be thinner than a line: neighbours are drawn as one, with the most that there was. */
const columnsMax = 104

/** How many findings of each weight there were, one column for each time that others came or went: errors below, so that they stand on the same ground. */
export function Trend({ points }: { points: FindingPoint[] }) {
  if (points.length < 2) return null
  const columns = fold(points, columnsMax)
  const most = Math.max(1, ...columns.map((one) => one.error + one.warning + one.info))
  const step = width / columns.length
  const high = (number: number) => (number / most) * (height - 4)
  const [first, last] = [points[0]!, points.at(-1)!]
  const says = `${plural(points.length, 'change')} from ${day(first.at)} to ${day(last.at)}: errors ${first.error} to ${last.error}, warnings ${first.warning} to ${last.warning}, infos ${first.info} to ${last.info}`
  return (
    <figure className="trend">
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={says}>
        {columns.map((one, index) => {
          const parts = [[one.error, 'bad'], [one.warning, 'warn'], [one.info, 'off']] as const
          let top = height
          return <g key={index}>{parts.map(([number, tone]) => { top -= high(number); return number > 0 && <rect key={tone} className={`trend-${tone}`} x={index * step + 0.5} y={top} width={Math.max(1, step - 1)} height={high(number)} /> })}</g>
        })}
        <path d={`M0 ${height - 0.5}H${width}`} className="trend-ground" />
      </svg>
      <figcaption className="quiet"><span>{day(first.at)}</span><span>{plural(points.length, 'change')}, at most {most} findings</span><span>{day(last.at)}</span></figcaption>
    </figure>
  )
}

export function fold(points: FindingPoint[], most: number): FindingPoint[] {
  if (points.length <= most) return points
  const size = Math.ceil(points.length / most)
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) => points.slice(index * size, (index + 1) * size).reduce((a, b) => (b.error * 1e6 + b.warning * 1e3 + b.info > a.error * 1e6 + a.warning * 1e3 + a.info ? b : a)))
}
