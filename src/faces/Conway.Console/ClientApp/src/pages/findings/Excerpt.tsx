import type { Place } from '../../api/types'
import { Link } from '../../app/Link'

/** The line as it was written, with a caret under the part that is meant, as the terminal prints it. */
export function Excerpt({ place, line, href, severity }: { place: Place; line: string; href: string; severity: string }) {
  const number = String(place.line)
  const from = Math.max(0, place.column - 1)
  return (
    <div className={`excerpt excerpt-${severity}`}>
      <Link className="mono" href={href}>{place.file}:{place.line}:{place.column}</Link>
      <pre tabIndex={0} aria-label={`Line ${number} of ${place.file}`}><code><span className="excerpt-number">{number}</span>{line}{'\n'}<span className="excerpt-number">{' '.repeat(number.length)}</span>{line.slice(0, from).replace(/[^\t]/g, ' ')}<span className="excerpt-caret" aria-hidden="true">{'^'.repeat(Math.max(1, Math.min(place.length, line.length - from)))}</span></code></pre>
    </div>
  )
}
