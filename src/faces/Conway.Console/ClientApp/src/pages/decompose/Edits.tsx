import { useState, type FormEvent } from 'react'
import type { DecompositionEdit, DecompositionOverview, Finding } from '../../api/types'
import { Problem } from '../../api/client'
import { State } from '../../parts/State'

/** The lines of the constraints file with what is wrong with them. A person may as well edit the file by hand. */
export function Edits({ overview, busy, onEdit }: { overview: DecompositionOverview; busy: boolean; onEdit: (edit: DecompositionEdit) => Promise<unknown> }) {
  const [text, setText] = useState('')
  const [refused, setRefused] = useState('')
  const ofFile = overview.findings.filter((finding) => finding.place?.file === overview.constraintsFile)
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (!text.trim()) return
    setRefused('')
    onEdit({ add: text, remove: null }).then(() => setText(''), (error: unknown) => setRefused(error instanceof Problem ? error.detail : 'It could not be added.'))
  }
  return (
    <div className="edits">
      <p className="quiet">Each line of <code>{overview.constraintsFile}</code> is a wish that every cut honours. What you move is written there as a <code>pin</code>; edit it by hand as you like.</p>
      {overview.lines.length > 0 && (
        <ol className="edit-lines">
          {overview.lines.map((line) => (
            <li key={`${line.number} ${line.text}`} className={line.understood ? 'edit-line' : 'edit-line edit-comment'}>
              <span className="edit-number">{line.number}</span>
              <code>{line.text || '\u00a0'}</code>
              {line.text.trim() && <button type="button" className="button plain small" disabled={busy} onClick={() => void onEdit({ add: null, remove: { number: line.number, text: line.text } }).catch(() => undefined)}>Remove<span className="sr"> line {line.number}</span></button>}
              {ofFile.filter((finding) => finding.place?.line === line.number).map((finding, index) => <FindingLine key={index} finding={finding} />)}
            </li>
          ))}
        </ol>
      )}
      <form className="edit-add" onSubmit={add}>
        <input className="input mono" type="text" aria-label="A line to add" aria-invalid={refused !== ''} aria-describedby={refused ? 'edit-refused' : undefined} placeholder="together Order OrderLine" spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} />
        <button type="submit" className="button" disabled={busy || !text.trim()}>Add</button>
      </form>
      {refused && <p id="edit-refused" className="query-error" role="alert">{refused}</p>}
      <p className="quiet edit-hints">{['together A B', 'apart A B', 'pin A -> service', 'services 4..8', 'size 5..80', 'technical A', 'team name: A B'].map((example) => <code key={example}>{example}</code>)}</p>
      {overview.findings.some((finding) => finding.place?.file !== overview.constraintsFile) && (
        <>
          <h2>Of the code</h2>
          {overview.findings.filter((finding) => finding.place?.file !== overview.constraintsFile).slice(0, 100).map((finding, index) => <FindingLine key={index} finding={finding} placed />)}
        </>
      )}
    </div>
  )
}

export function FindingLine({ finding, placed }: { finding: Finding; placed?: boolean }) {
  return <p className="edit-finding"><State state={finding.severity}>{finding.code}</State> <span>{placed && finding.place && <code>{finding.place.file}:{finding.place.line} </code>}{finding.message} <span className="quiet">{finding.mend}</span></span></p>
}
