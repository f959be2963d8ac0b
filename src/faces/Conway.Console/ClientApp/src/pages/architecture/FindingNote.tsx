import type { Finding } from '../../api/types'
import { Link } from '../../app/Link'
import { link } from '../../app/url'
import { Copy } from '../../parts/Copy'
import { State } from '../../parts/State'
import { Evidence } from '../findings/Evidence'

/** A finding beside what it is about: what, how to mend it, what was seen, and what would show that it does not hold. */
export function FindingNote({ finding }: { finding: Finding }) {
  return (
    <div className="finding-note">
      <p className="finding-head"><State state={finding.severity} /><Link className="mono" href={link('/findings', { rule: finding.code })}>{finding.code}</Link><span className="quiet">{finding.title}</span></p>
      <p>{finding.message}</p>
      <dl className="facts">
        <dt>Mend</dt><dd className="strong">{finding.mend}</dd>
        {finding.patch && <><dt>Edit</dt><dd><Copy text={finding.patch} label="the edit of the model" /></dd></>}
        {finding.unless && <><dt>But</dt><dd>not if {finding.unless}.</dd></>}
      </dl>
      <Evidence finding={finding} />
    </div>
  )
}
