import { useEffect, useRef } from 'react'
import { useExplanation, useFindings, useModel, useModelChange } from '../../api/queries'
import type { Finding } from '../../api/types'
import { Link } from '../../app/Link'
import { link, useParameter } from '../../app/url'
import { plural } from '../../parts/format'
import { Empty, Failure, Page, Waiting } from '../../parts/Notes'
import { Segments } from '../../parts/Segments'
import { Shape } from '../../parts/State'
import { pathAtLine, piecesOf } from './yaml'
import { Plan } from './Plan'
import './model.css'

export default function ModelPage() {
  const model = useModel()
  const findings = useFindings()
  const change = useModelChange().data
  const [file, setFile] = useParameter('file')
  const [view, setView] = useParameter('view')
  const [path, setPath] = useParameter('path')
  const [line] = useParameter('line')
  const shown = model.data?.files.find((one) => one.name === file) ?? model.data?.files[0]

  return (
    <Page fill question="What is declared, and what was made of it?"
      answer={model.data ? <>{model.data.accepted ? <><strong>Revision {model.data.revision} is running.</strong> {plural(model.data.files.length, 'file')}.</> : <><strong className="tone-bad">The last edit was not taken.</strong> Revision {model.data.revision} keeps running; <Link href="/findings?severity=error">mend the errors</Link> and it is tried again.</>}{change && change.changed.length > 0 && change.accepted && <> The last edit changed {change.changed.slice(0, 3).map((one, index) => <span key={one}>{index > 0 && ', '}<code>{one}</code></span>)}{change.changed.length > 3 && ` and ${change.changed.length - 3} more`}.</>}</> : <>&nbsp;</>}
      tools={<>
        {model.data && model.data.files.length > 1 && view !== 'plan' && <label>File<select value={shown?.name} onChange={(event) => setFile(event.target.value)}>{model.data.files.map((one) => <option key={one.name}>{one.name}</option>)}</select></label>}
        <Segments label="Show" value={view || 'text'} options={[['text', 'As written'], ['plan', 'As planned']]} onChange={(value) => setView(value === 'text' ? '' : value)} />
      </>}>
      {model.error && <Failure error={model.error} onRetry={() => void model.refetch()} />}
      {model.isLoading && <Waiting>Reading the model</Waiting>}
      <div className="split">
        <div className="split-main">
          {view === 'plan' ? model.data && <Plan plan={model.data.plan} /> : shown
            ? <Source key={shown.name} name={shown.name} text={shown.text} line={Number(line) || 0} findings={(findings.data ?? []).filter((finding) => finding.place?.file === shown.name)} path={path} onPath={setPath} />
            : model.data && <Empty command="conway init">The model has no file.</Empty>}
        </div>
        {path && <ExplainPanel path={path} onClose={() => setPath('')} />}
      </div>
    </Page>
  )
}

type SourceProps = { name: string; text: string; line: number; findings: Finding[]; path: string; onPath: (path: string) => void }

/** The text with findings under their lines; a click on a key explains what it means. */
function Source({ name, text, line, findings, path, onPath }: SourceProps) {
  const target = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // Newer browsers return a promise here, which React would take for a clean-up.
    target.current?.scrollIntoView({ block: 'center' })
  }, [name, line])
  const lines = text.replace(/\n$/, '').split('\n')
  return (
    <div className="source" role="region" aria-label={name}>
      {lines.map((content, index) => {
        const number = index + 1
        const here = findings.filter((finding) => finding.place!.line === number)
        const keyPath = pathAtLine(lines, index)
        return (
          <div key={number}>
            <div ref={number === line ? target : undefined} className={`source-line${number === line ? ' source-target' : ''}${keyPath && keyPath === path ? ' source-explained' : ''}`}>
              <Link className="source-number" href={link('/model', { file: name, line: String(number) })} aria-label={`Line ${number}`}>{number}</Link>
              <code>{piecesOf(content).map((piece, at) => piece.kind === 'key' && keyPath && piecesOf(content).findIndex((one) => one.kind === 'key') === at
                ? <button key={at} type="button" className="source-key" title={`Explain ${keyPath}`} onClick={() => onPath(keyPath)}>{piece.text}</button>
                : <span key={at} className={`yaml-${piece.kind}`}>{piece.text}</span>)}</code>
            </div>
            {here.map((finding, at) => (
              <div key={at} className={`source-finding finding-${finding.severity}`}>
                <span className="source-caret mono" aria-hidden="true">{' '.repeat(Math.max(0, finding.place!.column - 1))}{'^'.repeat(Math.max(1, finding.place!.length))}</span>
                <p><Shape state={finding.severity} /> <Link className="mono" href={link('/findings', { rule: finding.code })}>{finding.code}</Link> {finding.message} <span className="quiet">{finding.mend}</span></p>
              </div>
            ))}
          </div>
        )
      })}
    </div>
  )
}

function ExplainPanel({ path, onClose }: { path: string; onClose: () => void }) {
  const explanation = useExplanation(path)
  const found = explanation.data
  return (
    <aside className="panel" aria-label={`About ${path}`}>
      <div className="panel-head"><h2 className="mono explain-path">{path}</h2><button type="button" className="button plain" data-close="" onClick={onClose}>Close</button></div>
      <div className="section">
        {explanation.error && <Failure error={explanation.error} onRetry={() => void explanation.refetch()} />}
        {explanation.isLoading && <Waiting>Looking it up</Waiting>}
        {found && (
          <>
            <p className="explain-about">{found.about}</p>
            <dl className="facts">
              <dt>Value</dt><dd>{found.value === null ? <span className="quiet">not written; the default holds</span> : <code>{found.value}</code>}</dd>
              <dt>Default</dt><dd>{found.default === null ? <span className="quiet">none</span> : <code>{found.default}</code>}</dd>
              <dt>Type</dt><dd>{found.type}</dd>
              {found.bounds !== null && <><dt>Bounds</dt><dd>{found.bounds}</dd></>}
              {found.example !== null && <><dt>Example</dt><dd><code>{found.example}</code></dd></>}
              {found.place && <><dt>Written</dt><dd><Link className="mono" href={link('/model', { file: found.place.file, line: String(found.place.line), path })}>{found.place.file}:{found.place.line}</Link></dd></>}
            </dl>
            <p className="quiet">In the terminal: <code>conway explain {path}</code></p>
          </>
        )}
      </div>
    </aside>
  )
}
