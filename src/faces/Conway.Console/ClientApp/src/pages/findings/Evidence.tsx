import { useModel } from '../../api/queries'
import type { Finding, FindingEvidence, Place } from '../../api/types'
import { Link } from '../../app/Link'
import { link } from '../../app/url'
import { Copy } from '../../parts/Copy'
import './findings.css'

const shownFirst = 5

/** What was seen: lines of the model are opened in it, traces as traces; a line of source is copied for the editor. */
export function Evidence({ finding }: { finding: Finding }) {
  if (finding.evidence.length === 0 && !finding.measure) return null
  const rest = finding.evidence.slice(shownFirst)
  return (
    <div className="evidence">
      {finding.measure && <p className="quiet">Measured {amount(finding.measure.value, finding.measure.unit)} against {amount(finding.measure.limit, finding.measure.unit)}.</p>}
      <ul className="plain-list">{finding.evidence.slice(0, shownFirst).map((one, index) => <Piece key={index} one={one} />)}</ul>
      {rest.length > 0 && <details><summary>{rest.length} more</summary><ul className="plain-list">{rest.map((one, index) => <Piece key={index} one={one} />)}</ul></details>}
    </div>
  )
}

const amount = (value: number, unit: string) => `${Number(value.toFixed(2)).toLocaleString('en')}\u00a0${unit}`

function Piece({ one }: { one: FindingEvidence }) {
  const text = one.traceId ? one.text.replace(` in trace ${one.traceId}`, '') : one.text
  return <li>{text}{one.traceId && <> <Link className="mono" href={`/traces/${one.traceId}`}>in trace {one.traceId.slice(0, 8)}…</Link></>}{one.place && <> <Where place={one.place} /></>}</li>
}

/** `conway.yaml:41`: a link where the page can show the file, else to be copied. */
export function Where({ place }: { place: Place }) {
  const model = useModel().data
  const text = `${place.file}:${place.line}`
  return model?.files.some((file) => file.name === place.file)
    ? <Link className="mono" href={link('/model', { file: place.file, line: String(place.line) })}>{text}</Link>
    : <Copy text={text} label="file and line" />
}
