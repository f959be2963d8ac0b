import type { GraphEdge } from '../../api/types'
import { Link } from '../../app/Link'
import { link } from '../../app/url'
import { duration, rate, ratio } from '../../parts/format'
import { kindOf } from './shape'

const sentences = {
  exercised: 'Declared in the model, and used.',
  unexercised: 'Declared in the model; no call was seen in the last 60 s.',
  drift: 'Seen, but the model does not declare it: no timeout, retry or owner was ever agreed for this call.',
}

export function EdgePanel({ edge, onClose }: { edge: GraphEdge; onClose: () => void }) {
  return (
    <aside className="panel" aria-label={`Call from ${edge.from} to ${edge.to}`}>
      <div className="panel-head">
        <h2>{edge.from} → {edge.to}</h2>
        <button type="button" className="button plain" data-close="" onClick={onClose}>Close</button>
      </div>
      <div className="section"><p>{sentences[kindOf(edge)]}</p></div>
      <div className="section">
        <h3>Traffic, last 60 s</h3>
        <dl className="facts">
          <dt>Requests</dt><dd>{rate(edge.requestsPerSecond)}</dd>
          <dt>Errors</dt><dd className={edge.errorRatio ? 'tone-bad' : undefined}>{ratio(edge.errorRatio)}</dd>
          <dt>Retries</dt><dd>{rate(edge.retriesPerSecond)}</dd>
          <dt>p50</dt><dd>{duration(edge.p50Ms)}</dd>
          <dt>p99</dt><dd>{duration(edge.p99Ms)}</dd>
          <dt>Protocol</dt><dd>{edge.protocol}</dd>
          <dt>Required</dt><dd>{edge.required ? 'yes' : 'no'}</dd>
        </dl>
      </div>
      <div className="section row-actions">
        <Link className="button" href={link('/traces', { query: `service:${edge.to} kind:server` })}>Traces of {edge.to}</Link>
        <Link className="button" href={link('/services', { service: edge.from })}>{edge.from}</Link>
        <Link className="button" href={link('/services', { service: edge.to })}>{edge.to}</Link>
      </div>
    </aside>
  )
}
