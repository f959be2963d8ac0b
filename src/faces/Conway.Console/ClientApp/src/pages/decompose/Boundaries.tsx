import { useRef } from 'react'
import type { DecompositionBoard } from '../../api/types'
import { Copy } from '../../parts/Copy'
import { LeftOut, useLongRows } from '../../parts/LongRows'
import { Empty, Failure, Waiting } from '../../parts/Notes'
import { useBoundary } from './queries'
import { ServiceName } from './ServiceDot'
import { costs } from './words'

/** What lies between services, dearest pair first. */
export function Boundaries({ board, hues, opened, onOpen }: { board: DecompositionBoard; hues: Map<string, number>; opened: string; onOpen: (pair: string) => void }) {
  const table = useRef<HTMLTableElement>(null)
  const { shown, above, below, measure, long } = useLongRows(board.boundaries.length, 37, table)
  if (board.boundaries.length === 0) return <Empty>Nothing lies between services of this cut.</Empty>
  return (
    <table ref={table} className={long ? 'rows long boundaries' : 'rows boundaries'} aria-rowcount={board.boundaries.length + 1}>
      <thead><tr><th scope="col">Between</th><th scope="col">Parts</th></tr></thead>
      <tbody>
        <LeftOut height={above} />
        {shown.map((index) => {
          const one = board.boundaries[index]!
          const pair = `${one.a}>${one.b}`
          return (
            <tr key={pair} data-index={index} aria-rowindex={index + 2} ref={measure} className={pair === opened ? 'row-open' : undefined}>
              <td className="row-main"><button type="button" data-row="" className="filter-link pair" onClick={() => onOpen(pair)}><ServiceName name={one.a} hues={hues} /> <ServiceName name={one.b} hues={hues} /></button></td>
              <td className="dot-list">{one.counts.map((each) => <span key={each.kind}>{costs(each.kind, each.count)}</span>)}</td>
            </tr>
          )
        })}
        <LeftOut height={below} />
      </tbody>
    </table>
  )
}

export function BoundaryPanel({ cut, revision, pair, hues, onClose }: { cut: string; revision: number; pair: string; hues: Map<string, number>; onClose: () => void }) {
  const [a = '', b = ''] = pair.split('>')
  const boundary = useBoundary(cut, revision, a, b)
  return (
    <aside className="panel unit-panel" aria-label={`Between ${a} and ${b}`}>
      <div className="panel-head"><h2 className="pair"><ServiceName name={a} hues={hues} /> <ServiceName name={b} hues={hues} /></h2><button type="button" className="button plain" data-close="" onClick={onClose}>Close</button></div>
      {boundary.error && <div className="section"><Failure error={boundary.error} onRetry={() => void boundary.refetch()} /></div>}
      {!boundary.data && !boundary.error && <Waiting>Asking what they part</Waiting>}
      {boundary.data?.costs.length === 0 && <p className="section quiet">Nothing.</p>}
      {boundary.data?.costs.slice(0, 200).map((one, index) => (
        <div key={index} className="section boundary-cost">
          <h3>{costs(one.kind, one.count)} <span className="quiet">from {one.from} to {one.to}</span></h3>
          <p className="mono boundary-what">{one.what}</p>
          <p className="quiet">Becomes: {one.instead}</p>
          <ul className="plain-list">{one.places.map((place) => <li key={`${place.file}:${place.line}`}><Copy text={`${place.file}:${place.line}`} label="place" /></li>)}</ul>
        </div>
      ))}
      {boundary.data && boundary.data.costs.length > 200 && <p className="section quiet">and {boundary.data.costs.length - 200} more, in proposal.json</p>}
    </aside>
  )
}
