import { useRef } from 'react'
import type { Graph } from '../../api/types'
import { Link } from '../../app/Link'
import { link } from '../../app/url'
import { duration, rate, ratio } from '../../parts/format'
import { LeftOut, useLongRows } from '../../parts/LongRows'
import { edgeId, kindOf } from './shape'

const words = { exercised: 'declared and used', unexercised: 'declared, not used', drift: 'used, not declared' }

/** The same facts as the picture, for reading row by row. */
export function EdgeTable({ graph, selected }: { graph: Graph; selected: string }) {
  const table = useRef<HTMLTableElement>(null)
  const rows = useLongRows(graph.edges.length, 32, table)
  return (
    <table className={`rows edges${rows.long ? ' long' : ''}`} ref={table} aria-rowcount={rows.long ? graph.edges.length + 1 : undefined}>
      <caption className="sr">Every call, declared or seen</caption>
      <thead><tr><th>From</th><th>To</th><th>Kind</th><th className="number">Requests, last 60&nbsp;s</th><th className="number">Errors</th><th className="number">Retries</th><th className="number">p50</th><th className="number">p99</th></tr></thead>
      <tbody>
        <LeftOut height={rows.above} />
        {rows.shown.map((index) => ({ edge: graph.edges[index]!, index })).map(({ edge, index }) => (
          <tr key={edgeId(edge)} data-index={index} ref={rows.measure} aria-rowindex={rows.long ? index + 2 : undefined} aria-current={edgeId(edge) === selected || undefined}>
            <td className="row-main"><span><Link data-row="" href={link('/system', { view: 'table', at: edge.from })}>{edge.from}</Link><span className="narrow-only"> → <Link href={link('/system', { view: 'table', at: edge.to })}>{edge.to}</Link></span></span></td>
            <td className="wide-cell"><Link href={link('/system', { view: 'table', at: edge.to })}>{edge.to}</Link></td>
            <td className="kind-cell"><span className={kindOf(edge) === 'drift' ? 'tone-warn' : kindOf(edge) === 'unexercised' ? 'quiet' : undefined}>{words[kindOf(edge)]}</span>{edge.required && <span className="quiet">, required</span>}</td>
            <td className="number" data-label="requests">{rate(edge.requestsPerSecond)}</td>
            <td className="number" data-label="errors"><span className={edge.errorRatio ? 'tone-bad' : undefined}>{ratio(edge.errorRatio)}</span></td>
            <td className="number" data-label="retries">{rate(edge.retriesPerSecond)}</td>
            <td className="number" data-label="p50">{duration(edge.p50Ms)}</td>
            <td className="number" data-label="p99">{duration(edge.p99Ms)}</td>
          </tr>
        ))}
        <LeftOut height={rows.below} />
      </tbody>
    </table>
  )
}
