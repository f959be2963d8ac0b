import { useMemo, useRef } from 'react'
import type { Architecture, DriftedEdge, Finding } from '../../api/types'
import { Link } from '../../app/Link'
import { useParameter } from '../../app/url'
import { Copy } from '../../parts/Copy'
import { clock, count, day, nothing, plural, ratio } from '../../parts/format'
import { LeftOut, useLongRows } from '../../parts/LongRows'
import { Empty } from '../../parts/Notes'
import { Segments } from '../../parts/Segments'
import { State } from '../../parts/State'
import { FindingNote } from './FindingNote'
import { driftOrder, drifts } from './words'

export const edgeKey = (edge: DriftedEdge) => `${edge.from}>${edge.to}`
const patchesOf = (edges: DriftedEdge[]) => edges.flatMap((edge) => edge.findings.map((finding) => finding.patch).filter((patch): patch is string => patch !== null))

/** What is declared, what was seen and what the source names, edge by edge; those that go apart first. */
export function Drift({ of, at, go }: { of: Architecture; at: string; go: (change: Record<string, string>) => string }) {
  const [shown, setShown] = useParameter('edges')
  const ordered = useMemo(() => [...of.drift].sort((a, b) => driftOrder.indexOf(a.kind) - driftOrder.indexOf(b.kind) || edgeKey(a).localeCompare(edgeKey(b), 'en', { numeric: true })), [of.drift])
  const apart = useMemo(() => ordered.filter((edge) => drifts[edge.kind].apart), [ordered])
  const rows = shown === 'all' || apart.length === 0 ? ordered : apart
  const patches = useMemo(() => patchesOf(apart), [apart])
  const table = useRef<HTMLTableElement>(null)
  const long = useLongRows(rows.length, 34, table)
  return (
    <>
      <div className="drift-words">
        <Coverage of={of} />
        {patches.length > 0 && (
          <details className="patches"><summary>{plural(patches.length, 'edit')} of the model would follow what was seen</summary>
            <p className="quiet">Whether the model or the system is wrong is yours to say. <Copy text={patches.join('\n')} label="all edits">Copy all</Copy></p>
            <pre className="command" tabIndex={0}>{patches.join('\n')}</pre>
          </details>
        )}
        {of.drift.length > 0 && <Segments label="Which calls" value={shown === 'all' || apart.length === 0 ? 'all' : ''} options={[['', `Apart ${apart.length}`], ['all', `All ${ordered.length}`]]} onChange={setShown} />}
      </div>
      {of.drift.length === 0 ? <Empty>No call is declared, and none was seen.</Empty> : (
        <table className={`rows drift${long.long ? ' long' : ''}`} ref={table} aria-rowcount={long.long ? rows.length + 1 : undefined}>
          <caption className="sr">Declared calls against what happens</caption>
          <thead><tr><th>From</th><th>To</th><th>What</th><th>Declared</th><th className="number">Seen</th><th className="number">Caller known</th><th className="number">In source</th></tr></thead>
          <tbody>
            <LeftOut height={long.above} />
            {long.shown.map((index) => ({ edge: rows[index]!, index })).map(({ edge, index }) => (
              <tr key={edgeKey(edge)} data-index={index} ref={long.measure} aria-rowindex={long.long ? index + 2 : undefined} aria-current={edgeKey(edge) === at || undefined} className={edgeKey(edge) === at ? 'row-open' : undefined}>
                <td className="row-main"><Link data-row="" href={go({ at: edgeKey(edge) })}>{edge.from}<span className="narrow-only"> → {edge.to}</span></Link></td>
                <td className="wide-cell">{edge.to}</td>
                <td className="kind-cell"><State state={drifts[edge.kind].state}>{drifts[edge.kind].name}</State></td>
                <td className="wide-cell">{edge.declared ?? <span className="quiet">no</span>}</td>
                <td className="number" data-label="seen">{edge.seen === null ? nothing : <>{count(edge.seen)}{edge.protocols.length > 0 && <span className="quiet"> {edge.protocols.join(', ')}</span>}</>}</td>
                <td className="number" data-label="caller known">{ratio(edge.coverage)}</td>
                <td className="number" data-label="in source">{edge.named === null ? nothing : count(edge.named)}</td>
              </tr>
            ))}
            <LeftOut height={long.below} />
          </tbody>
        </table>
      )}
    </>
  )
}

/** How much was seen, and what could not be said because of what was not. */
function Coverage({ of }: { of: Architecture }) {
  const { traffic } = of
  return (
    <div className="coverage">
      {traffic && <p><Link className="mono" href={`/traces?run=${encodeURIComponent(traffic.run)}`}>{traffic.run}</Link>, {day(traffic.from)} to {clock(traffic.until, false)}: {plural(traffic.requests, 'request')}; of those between services <strong>{ratio(traffic.coverage)}</strong> have a known caller, about {ratio(traffic.spanLoss)} of the spans are missing.{traffic.cut && ' Older spans were not read.'}</p>}
      {of.driftFindings.map((finding: Finding) => <FindingNote key={finding.code} finding={finding} />)}
      {needs(of).map((sentence) => <p key={sentence} className="quiet">{sentence}</p>)}
    </div>
  )
}

/** `CW7101 CW7102 not evaluated: needs traces`, one sentence for each thing that is missing. */
function needs(of: Architecture): string[] {
  const by = new Map<string, string[]>()
  for (const rule of of.unjudged) {
    const why = `not evaluated: needs ${rule.needs.join(' and ')}${rule.detail ? `. ${rule.detail}` : ''}`
    by.set(why, [...(by.get(why) ?? []), rule.code])
  }
  return [...by].map(([why, codes]) => `${codes.join(' ')} ${why}`)
}

export function DriftPanel({ of, at, go, close }: { of: Architecture; at: string; go: (change: Record<string, string>) => string; close: () => void }) {
  const edge = of.drift.find((one) => edgeKey(one) === at)
  if (!edge) return null
  const what = drifts[edge.kind]
  return (
    <aside className="panel" aria-label={`Call from ${edge.from} to ${edge.to}`}>
      <div className="panel-head"><h2>{edge.from} → {edge.to}</h2><button type="button" className="button plain" data-close="" onClick={close}>Close</button></div>
      <div className="section"><p><State state={what.state}>{what.name}</State></p><p>{what.means}</p>{edge.accepted && <p className="quiet">Accepted: {edge.accepted}</p>}</div>
      <div className="section">
        <dl className="facts">
          <dt>Declared</dt><dd>{edge.declared ? `yes, ${edge.declared}` : 'no'}</dd>
          <dt>Seen</dt><dd>{edge.seen === null ? 'not evaluated: needs traffic' : edge.seen === 0 ? 'not once' : `${plural(edge.seen, edge.message ? 'message' : 'call')}${edge.protocols.length > 0 ? ` by ${edge.protocols.join(' and ')}` : ''}`}</dd>
          <dt>Caller known</dt><dd>{edge.coverage === null ? 'not evaluated: needs traffic' : `of ${ratio(edge.coverage)} of the requests to ${edge.to}`}</dd>
          <dt>Source</dt><dd>{edge.named === null ? (of.looked.includes('code') ? 'no source of it was found' : 'not evaluated: needs source') : edge.named === 0 ? 'does not name it' : `names it in ${plural(edge.named, 'place')}`}</dd>
        </dl>
      </div>
      {edge.findings.length > 0 && <div className="section notes">{edge.findings.map((finding, index) => <FindingNote key={`${finding.code} ${index}`} finding={finding} />)}</div>}
      <div className="section row-actions"><Link className="button" href={go({ view: 'c4', level: 'component', at: edge.from })}>{edge.from}</Link><Link className="button" href={go({ view: 'c4', level: 'component', at: edge.to })}>{edge.to}</Link></div>
    </aside>
  )
}
