import type { LogRecord } from '../../api/types'
import { Link } from '../../app/Link'
import { link } from '../../app/url'
import { Copy } from '../../parts/Copy'
import { clock, day } from '../../parts/format'
import { wordsOf } from '../../parts/query'

type Filter = (name: string, value: string) => void

/** One record on one line; only its first line of text, the rest when opened. */
export function LogLine({ record, query, run, open, onOpen, onFilter }: { record: LogRecord; query: string; run: string; open: boolean; onOpen: () => void; onFilter: Filter }) {
  return (
    <div className={`log log-${record.level}${open ? ' log-open' : ''}`}>
      <time dateTime={record.time} title={day(record.time)}>{clock(record.time)}</time>
      <button type="button" className={`log-level level-${record.level}`} title={`Only ${record.level}`} onClick={() => onFilter('level', record.level)}>{record.level}</button>
      <button type="button" className="log-service" title={`Only ${record.service}`} onClick={() => onFilter('service', record.service)}>{record.service}</button>
      <button type="button" data-row="" className="log-message" aria-expanded={open} onClick={onOpen}><Marked text={record.message.split('\n', 1)[0]!} words={wordsOf(query)} />{record.message.includes('\n') && <span className="quiet"> …</span>}</button>
      {record.traceId && <Link className="log-trace" href={link(`/traces/${record.traceId}`, { run })} aria-label={`Trace ${record.traceId}`}>trace</Link>}
    </div>
  )
}

export function LogDetails({ record, run, onFilter, onClose }: { record: LogRecord; run: string; onFilter?: Filter; onClose?: () => void }) {
  const attributes = Object.entries(record.attributes)
  return (
    <div className="log-details">
      <pre><code>{record.message}</code></pre>
      <dl className="facts">
        <dt>Time</dt><dd><Copy text={record.time} /></dd>
        {record.instance && <><dt>Instance</dt><dd><button type="button" className="filter-link mono" onClick={() => onFilter?.('instance', record.instance!)}>{record.instance}</button></dd></>}
        <dt>Came by</dt><dd>{record.source === 'otlp' ? 'OTLP' : record.source}</dd>
        {record.traceId && <><dt>Trace</dt><dd><Link className="mono" href={link(`/traces/${record.traceId}`, { run })}>{record.traceId}</Link></dd></>}
        {record.spanId && <><dt>Span</dt><dd><Copy text={record.spanId} /></dd></>}
        {attributes.map(([name, value]) => <FragmentRow key={name} name={name} value={String(typeof value === 'object' ? JSON.stringify(value) : value)} onFilter={onFilter} />)}
      </dl>
      {onClose && <button type="button" className="button plain" data-close="" onClick={onClose}>Close</button>}
    </div>
  )
}

const FragmentRow = ({ name, value, onFilter }: { name: string; value: string; onFilter: Filter | undefined }) => (
  <><dt className="mono">{name}</dt><dd>{onFilter ? <button type="button" className="filter-link mono" title="Search for this" onClick={() => onFilter(`attr.${name}`, value)}>{value}</button> : <span className="mono">{value}</span>}</dd></>
)

/** The text with the searched words marked. */
function Marked({ text, words }: { text: string; words: string[] }) {
  if (words.length === 0) return text
  const lower = text.toLowerCase()
  const pieces: { at: number; text: string; hit: boolean }[] = []
  for (let at = 0; at < text.length;) {
    let next = text.length
    let length = 0
    for (const word of words) {
      const found = lower.indexOf(word, at)
      if (found >= 0 && found < next) {
        next = found
        length = word.length
      }
    }
    if (next > at) pieces.push({ at, text: text.slice(at, next), hit: false })
    if (length > 0) pieces.push({ at: next, text: text.slice(next, next + length), hit: true })
    at = length > 0 ? next + length : text.length
  }
  return pieces.map((piece) => (piece.hit ? <mark key={piece.at}>{piece.text}</mark> : piece.text))
}
