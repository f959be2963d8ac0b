import type { FindingHistory, PastFinding } from '../../api/types'
import { moment, plural } from '../../parts/format'
import { Empty } from '../../parts/Notes'
import { State } from '../../parts/State'

const shownMax = 200

/** Findings that are no longer there, the last gone first. */
export function Past({ history, severity }: { history: FindingHistory; severity: string }) {
  const gone = history.findings.filter((one) => one.gone !== null && (!severity || one.severity === severity))
  if (gone.length === 0) return <Empty>None has gone yet{severity ? ' of that severity' : ''}, as far as the history reaches.</Empty>
  return (
    <>
      <ul className="findings">{gone.slice(0, shownMax).map((one) => (
        <li key={one.fingerprint} className="finding">
          <div className="finding-head"><State state={one.severity}>was {one.severity === 'info' ? 'an info' : one.severity === 'error' ? 'an error' : 'a warning'}</State><span className="mono">{one.code}</span><span className="quiet mono">{one.about}</span></div>
          <p className="finding-message">{one.message}</p>
          <p className="quiet finding-since">Seen first {moment(one.first)}, last {moment(one.last)}; gone {moment(one.gone!)}{returned(one)}.</p>
        </li>
      ))}</ul>
      {gone.length > shownMax && <p className="finding quiet">{plural(gone.length - shownMax, 'earlier one')} more.</p>}
    </>
  )
}

export const returned = (one: PastFinding) => (one.returns === 0 ? '' : `, after it had come back ${one.returns === 1 ? 'once' : `${one.returns} times`}`)
