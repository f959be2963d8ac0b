import type { Span, Trace } from '../../api/types'
import { Link } from '../../app/Link'
import { link } from '../../app/url'
import { Copy } from '../../parts/Copy'
import { clock, duration } from '../../parts/format'
import { State } from '../../parts/State'

export function SpanPanel({ span, trace, run, onClose }: { span: Span; trace: Trace; run: string; onClose: () => void }) {
  const logs = trace.logs.filter((record) => record.spanId === span.spanId)
  return (
    <aside className="panel" aria-label={`Span ${span.name}`}>
      <div className="panel-head">
        <div><h2>{span.name}</h2><p><Link href={link('/services', { service: span.service })}>{span.service}</Link>{span.instance && <span className="quiet"> on {span.instance}</span>}</p></div>
        <button type="button" className="button plain" data-close="" onClick={onClose}>Close</button>
      </div>
      <div className="section">
        <dl className="facts">
          <dt>Took</dt><dd>{duration(span.durationMs)}, {duration(span.selfMs)} of it its own work</dd>
          <dt>Started</dt><dd>{duration(Math.abs(span.startMs))} {span.startMs < 0 ? 'before' : 'after'} the trace</dd>
          <dt>Kind</dt><dd>{span.kind}</dd>
          <dt>Status</dt><dd>{span.status === 'error' ? <State state="error">{span.statusMessage ?? 'error'}</State> : span.status === 'ok' ? 'ok' : <span className="quiet">not set</span>}</dd>
          <dt>Critical path</dt><dd>{span.onCriticalPath ? 'on it' : 'not on it: making it quicker changes nothing here'}</dd>
          <dt>Span</dt><dd><Copy text={span.spanId} /></dd>
        </dl>
      </div>
      <div className="section"><h3>Attributes</h3><AttributeList attributes={span.attributes} /></div>
      {span.events.map((event, index) => (
        <div className="section" key={index}><h3>{event.name} at {duration(event.atMs)}</h3><AttributeList attributes={event.attributes} /></div>
      ))}
      {logs.length > 0 && <div className="section"><h3>Logs of this span</h3><ul className="plain-list">{logs.map((record) => <li key={record.id} className="mono"><span className="quiet">{clock(record.time)}</span> <span className={`level-${record.level}`}>{record.level}</span> {record.message.split('\n', 1)[0]}</li>)}</ul></div>}
      <div className="section row-actions"><Link className="button" href={link('/logs', { query: `trace:${trace.traceId} service:${span.service}`, run })}>Search its logs</Link></div>
    </aside>
  )
}

function AttributeList({ attributes }: { attributes: Span['attributes'] }) {
  const entries = Object.entries(attributes)
  if (entries.length === 0) return <p className="quiet">None.</p>
  return <dl className="attributes">{entries.map(([name, value]) => {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
    return <div key={name}><dt className="mono">{name}</dt><dd>{text.includes('\n') ? <pre><code>{text}</code></pre> : <Copy text={text} label={`the value of ${name}`} />}</dd></div>
  })}</dl>
}
