import { useMemo, useRef } from 'react'
import type { Architecture, ServiceBoundary } from '../../api/types'
import { Link } from '../../app/Link'
import { useParameter } from '../../app/url'
import { LeftOut, useLongRows } from '../../parts/LongRows'
import { Empty } from '../../parts/Notes'

const names: Record<string, string> = { cohesion: 'Cohesion', coupling: 'Coupling', ownership: 'Ownership', team: 'Team fit', load: 'Cognitive load' }

/** From 0 to 1 as percent; nothing is never shown as a number. */
const percent = (value: number) => `${Math.round(value * 100)}\u00a0%`

/** How well each service's boundary is drawn, worst first: each figure with what it was made of, or what is missing. */
export function Boundaries({ of, at, go }: { of: Architecture; at: string; go: (change: Record<string, string>) => string }) {
  const [sort, setSort] = useParameter('sort')
  const columns = of.boundaries[0]?.figures.map((figure) => figure.name) ?? []
  const rows = useMemo(() => sorted(of.boundaries, sort), [of.boundaries, sort])
  const table = useRef<HTMLTableElement>(null)
  const long = useLongRows(rows.length, 92, table)
  if (of.boundaries.length === 0) return <Empty command="conway init">The model has no service yet. This finds the projects in a folder and writes a starter model:</Empty>

  // The second choice of a column turns it round.
  const key = sort || 'score'
  const head = (column: string, name: string) => {
    const chosen = key.replace('-', '') === column
    const backward = key === `-${column}`
    return <th key={column} aria-sort={chosen ? (backward ? 'descending' : 'ascending') : undefined}><button type="button" onClick={() => setSort(chosen && !backward ? `-${column}` : column === 'score' ? '' : column)}>{name}{chosen && <span aria-hidden="true"> {backward ? '↓' : '↑'}</span>}</button></th>
  }
  return (
    <>
      <label className="sort-narrow">Sort by <select value={key} onChange={(event) => setSort(event.target.value === 'score' ? '' : event.target.value)}>{['score', 'service', ...columns].flatMap((column) => [<option key={column} value={column}>{names[column] ?? column}</option>, <option key={`-${column}`} value={`-${column}`}>{names[column] ?? column}, turned round</option>])}</select></label>
      <table className={`rows boundaries${long.long ? ' long' : ''}`} ref={table} aria-rowcount={long.long ? rows.length + 1 : undefined}>
        <caption className="sr">Scores of every service’s boundary</caption>
        <thead><tr>{head('service', 'Service')}{head('score', 'Score')}{columns.map((column) => head(column, names[column] ?? column))}</tr></thead>
        <tbody>
          <LeftOut height={long.above} />
          {long.shown.map((index) => ({ row: rows[index]!, index })).map(({ row, index }) => (
            <tr key={row.service} data-index={index} ref={long.measure} aria-rowindex={long.long ? index + 2 : undefined} aria-current={row.service === at || undefined}>
              <td className="row-main"><Link data-row="" href={go({ view: 'c4', level: 'component', at: row.service })}>{row.service}</Link></td>
              <td data-label="Score"><Figure value={row.score} strong /></td>
              {row.figures.map((figure) => <td key={figure.name} data-label={names[figure.name] ?? figure.name}><div className="figure"><Figure value={figure.value} /><span className="figure-says">{figure.value === null ? `not evaluated: ${figure.says}` : figure.says}</span></div></td>)}
            </tr>
          ))}
          <LeftOut height={long.below} />
        </tbody>
      </table>
    </>
  )
}

const Figure = ({ value, strong }: { value: number | null; strong?: boolean }) => (value === null
  ? <span className="figure-none" aria-label="no figure">–</span>
  : <span className={strong ? 'figure-value strong' : 'figure-value'}>{percent(value)}<svg className={`figure-bar ${value < 0.4 ? 'tone-bad' : value < 0.6 ? 'tone-warn' : 'tone-off'}`} width="40" height="4" viewBox="0 0 40 4" aria-hidden="true"><rect width="40" height="4" rx="2" fill="var(--line)" /><rect width={Math.max(2, 40 * value)} height="4" rx="2" fill="currentColor" /></svg></span>)

/** What has no figure comes last, whichever way. */
export function sorted(rows: ServiceBoundary[], by: string): ServiceBoundary[] {
  const [column, sign] = by.startsWith('-') ? [by.slice(1), -1] : [by || 'score', 1]
  const valueOf = (row: ServiceBoundary) => (column === 'score' ? row.score : (row.figures.find((figure) => figure.name === column)?.value ?? null))
  return [...rows].sort((a, b) => {
    const names = a.service.localeCompare(b.service, 'en', { numeric: true })
    if (column === 'service') return sign * names
    const [x, y] = [valueOf(a), valueOf(b)]
    return x === null || y === null ? (x === y ? names : x === null ? 1 : -1) : sign * (x - y) || names
  })
}
