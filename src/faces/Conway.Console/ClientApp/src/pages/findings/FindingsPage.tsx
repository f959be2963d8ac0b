import { useMemo } from 'react'
import { useFindingHistory, useFindings, useRule } from '../../api/queries'
import type { Finding, PastFinding } from '../../api/types'
import { Link } from '../../app/Link'
import { link, useParameter } from '../../app/url'
import { Copy } from '../../parts/Copy'
import { moment, plural } from '../../parts/format'
import { Markdown } from '../../parts/Markdown'
import { Empty, Failure, Page, Waiting } from '../../parts/Notes'
import { Segments } from '../../parts/Segments'
import { State } from '../../parts/State'
import { Evidence } from './Evidence'
import { Excerpt } from './Excerpt'
import { Past, returned } from './Past'
import { Trend } from './Trend'
import './findings.css'

export default function FindingsPage() {
  const findings = useFindings()
  const [severity, setSeverity] = useParameter('severity')
  const [code, setCode] = useParameter('rule')
  const [when, setWhen] = useParameter('when')
  const history = useFindingHistory()
  const past = useMemo(() => new Map((history.data?.findings ?? []).map((one) => [one.fingerprint, one])), [history.data])
  const shown = useMemo(() => (findings.data ?? []).filter((finding) => !severity || finding.severity === severity), [findings.data, severity])
  const number = (wanted: string) => (findings.data ?? []).filter((finding) => finding.severity === wanted).length

  return (
    <Page fill question="What should be mended?" answer={findings.data ? <Answer errors={number('error')} warnings={number('warning')} infos={number('info')} /> : <>&nbsp;</>}
      tools={<><Segments label="When" value={when} options={[['', 'Now'], ['gone', 'Gone']]} onChange={setWhen} /><Segments label="Severity" value={severity} options={[['', 'All'], ['error', `Errors ${number('error')}`], ['warning', `Warnings ${number('warning')}`], ['info', `Infos ${number('info')}`]]} onChange={setSeverity} /></>}>
      {findings.error && <Failure error={findings.error} onRetry={() => void findings.refetch()} />}
      {findings.isLoading && <Waiting>Asking the node for its findings</Waiting>}
      {history.data?.trouble && <p className="notice">{history.data.trouble}</p>}
      {history.error && <Failure error={history.error} onRetry={() => void history.refetch()} still="The findings themselves are shown." />}
      {history.data && <Trend points={history.data.points} />}
      <div className="split">
        <div className="split-main">
          {when === 'gone' && history.data && <Past history={history.data} severity={severity} />}
          {when !== 'gone' && findings.data && shown.length === 0 && (findings.data.length === 0
            ? <Empty command="conway check">Nothing was found: the model reads well and the running system keeps to it. The same check, for a build server:</Empty>
            : <Empty>None of that severity.</Empty>)}
          {when !== 'gone' && <ul className="findings">{shown.map((finding, index) => <Item key={`${finding.code} ${finding.modelPath} ${index}`} finding={finding} open={finding.code === code} onOpen={() => setCode(finding.code)} past={past.get(finding.fingerprint ?? '')} />)}</ul>}
        </div>
        {code && <RulePanel code={code} onClose={() => setCode('')} />}
      </div>
    </Page>
  )
}

function Answer({ errors, warnings, infos }: { errors: number; warnings: number; infos: number }) {
  if (errors + warnings === 0) return <><strong>Nothing has to be.</strong> {infos === 0 ? 'No findings at all.' : `${plural(infos, 'finding')} to know about.`}</>
  return <><strong>{[errors && plural(errors, 'error'), warnings && plural(warnings, 'warning')].filter(Boolean).join(' and ')}</strong>{infos > 0 && `, and ${infos} to know about`}. Errors first.</>
}

function Item({ finding, open, onOpen, past }: { finding: Finding; open: boolean; onOpen: () => void; past: PastFinding | undefined }) {
  return (
    <li className={open ? 'finding finding-open' : 'finding'}>
      <div className="finding-head"><State state={finding.severity} /><button type="button" data-row="" className="filter-link mono" title="The page of this rule" onClick={onOpen}>{finding.code}</button><span className="quiet">{finding.title}</span></div>
      <p className="finding-message">{finding.message}</p>
      {finding.place && finding.sourceLine !== null
        ? <Excerpt place={finding.place} line={finding.sourceLine} href={link('/model', { file: finding.place.file, line: String(finding.place.line) })} severity={finding.severity} />
        : <p className="quiet">{finding.modelPath ? <>About <Link className="mono" href={link('/model', { path: finding.modelPath })}>{finding.modelPath}</Link>{finding.place ? '' : '; seen in the running system, not in a line of the model'}.</> : 'About the running system.'}</p>}
      <dl className="facts">
        <dt>Why</dt><dd>{finding.why}</dd><dt>Mend</dt><dd className="strong">{finding.mend}</dd>
        {finding.patch && <><dt>Edit</dt><dd><Copy text={finding.patch} label="the edit of the model" /></dd></>}
        {finding.unless && <><dt>But</dt><dd>not if {finding.unless}.</dd></>}
      </dl>
      <Evidence finding={finding} />
      {past ? <p className="quiet finding-since">Seen first {moment(past.first)}{returned(past)}.</p> : finding.since && <p className="quiet finding-since">Found first {moment(finding.since)}</p>}
    </li>
  )
}

function RulePanel({ code, onClose }: { code: string; onClose: () => void }) {
  const rule = useRule(code)
  return (
    <aside className="panel" aria-label={`Rule ${code}`}>
      <div className="panel-head"><h2>{code}</h2><button type="button" className="button plain" data-close="" onClick={onClose}>Close</button></div>
      <div className="section">
        {rule.error && <Failure error={rule.error} onRetry={() => void rule.refetch()} />}
        {rule.isLoading && <Waiting>Reading the page of {code}</Waiting>}
        {rule.data && <Markdown text={rule.data.markdown.replace(`# ${code} `, '# ')} />}
        <p className="quiet">In the terminal: <code>conway explain {code}</code></p>
      </div>
    </aside>
  )
}
