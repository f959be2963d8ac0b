import { useEffect, type ReactNode } from 'react'
import type { Architecture } from '../../api/types'
import { useNarrow } from '../../app/narrow'
import { link, navigate, useParameter } from '../../app/url'
import { clock, plural } from '../../parts/format'
import { Empty, Failure, Page, Waiting } from '../../parts/Notes'
import { Segments } from '../../parts/Segments'
import { Boundaries } from './Boundaries'
import { C4 } from './C4'
import { bordersOf, ContextMap, MapPanel } from './ContextMap'
import { Drift, DriftPanel } from './Drift'
import { lookOf, looks, parameterOf, useArchitecture } from './queries'
import { drifts } from './words'
import './architecture.css'

const views: [string, string][] = [['', 'Context map'], ['c4', 'C4'], ['boundaries', 'Boundaries'], ['drift', 'Drift']]
const questions: Record<string, string> = { '': 'Who speaks which language, and who follows whom?', c4: 'What is it made of?', boundaries: 'Are the boundaries well drawn?', drift: 'Is it still what was declared?' }

export default function ArchitecturePage() {
  const [view] = useParameter('view')
  const [look, setLook] = useParameter('look')
  const [at, setAt] = useParameter('at')
  const [level] = useParameter('level')
  const [part] = useParameter('part')
  const narrow = useNarrow()
  const looked = lookOf(look)
  // The model alone is there at once; what takes longer follows and takes its place.
  const declared = useArchitecture([])
  const full = useArchitecture(looked)
  const of = full.data ?? declared.data
  const direction = narrow ? 'DOWN' : 'RIGHT'
  const now: Record<string, string> = { view, look, at, level, part }
  const go = (change: Record<string, string>) => link('/architecture', { ...now, ...change })
  const close = () => setAt('')
  const reading = full.isFetching && looked.length > 0

  // A name of another page of these means nothing here.
  useEffect(() => window.scrollTo(0, 0), [view])
  return (
    <Page fill question={questions[view] ?? questions['']!} answer={of ? <Answer of={of} view={view} /> : <>&nbsp;</>}
      tools={<Segments label="Show" value={view} options={views} onChange={(next) => navigate(link('/architecture', { view: next, look }))} />}>
      {(full.error ?? declared.error) && <Failure error={full.error ?? declared.error} onRetry={() => void full.refetch()} {...(of ? { still: 'What the model declares is shown; what could not be read is not.' } : {})} />}
      <div className="look" role="group" aria-label="Look at, beside the model">
        <span className="quiet">Look at the model and</span>
        {looks.map(([word, name]) => <label key={word}><input type="checkbox" checked={looked.includes(word)} onChange={(event) => setLook(parameterOf(event.target.checked ? [...looked, word] : looked.filter((one) => one !== word)), true)} /> {name}</label>)}
        <button type="button" className="button" disabled={full.isFetching} onClick={() => void full.refetch()}>Look again</button>
        <span className="quiet" role="status">{reading ? `Reading ${looked.map((word) => looks.find(([one]) => one === word)![1].toLowerCase()).join(', ')}…` : of && `looked at ${clock(of.at, false)}`}</span>
      </div>
      {of?.missing.map((sentence) => <p key={sentence} className="notice">{sentence}</p>)}
      <div className="split">
        <div className={`split-main architecture-${view || 'map'}`}>
          {!of && !declared.error && <Waiting>Reading the model</Waiting>}
          {of && <View of={of} view={view}
            map={of.contexts.length === 0 ? <Empty command="conway explain contexts">The model has no context yet: no one has said where which language holds. How to say so:</Empty> : <ContextMap of={of} at={at} go={go} direction={direction} />}
            c4={<C4 of={of} level={level} at={at} part={part} go={go} direction={direction} onLevel={(next) => navigate(go({ level: next }))} onPart={(next) => navigate(go({ part: next, at: '' }))} onAt={(next) => navigate(go({ at: next }))} />}
            boundaries={<Boundaries of={of} at={at} go={go} />} drift={<Drift of={of} at={at} go={go} />} />}
        </div>
        {of && at && view === '' && <MapPanel of={of} at={at} go={go} close={close} />}
        {of && at && view === 'drift' && <DriftPanel of={of} at={at} go={go} close={close} />}
      </div>
    </Page>
  )
}

const View = ({ view, map, c4, boundaries, drift }: { of: Architecture; view: string; map: ReactNode; c4: ReactNode; boundaries: ReactNode; drift: ReactNode }) => <>{view === 'c4' ? c4 : view === 'boundaries' ? boundaries : view === 'drift' ? drift : map}</>

function Answer({ of, view }: { of: Architecture; view: string }) {
  if (view === 'c4') return <>{plural(of.services.length, 'service')} of {plural(of.contexts.length, 'context')}, {plural(of.users.length, 'kind')} of users, {plural(of.externals.length, 'system')} outside.</>
  if (view === 'boundaries') {
    const known = of.boundaries.filter((one) => one.score !== null)
    const worst = [...known].sort((a, b) => a.score! - b.score!)[0]
    return worst ? <>Weakest: <strong>{worst.service}</strong> with {Math.round(worst.score! * 100)}&nbsp;%. A score is the mean of what is known; what is not is never guessed.</> : <>Nothing is known yet by which a boundary could be scored.</>
  }
  if (view === 'drift') {
    const apart = of.drift.filter((edge) => drifts[edge.kind].apart)
    const judged = of.drift.some((edge) => edge.seen !== null || edge.named !== null)
    if (!judged && apart.length === 0) return <><strong>Not known.</strong> Only the model was looked at: traffic or source is needed to compare it with.</>
    const counts = Object.entries(drifts).map(([kind, what]) => [what.name, apart.filter((edge) => edge.kind === kind).length] as const).filter(([, number]) => number > 0)
    return apart.length === 0 ? <><strong>Yes,</strong> as far as was looked: {plural(of.drift.length, 'call')}, none goes apart.</> : <><strong>{apart.length} of {plural(of.drift.length, 'call')} {apart.length === 1 ? 'goes' : 'go'} apart:</strong> {counts.map(([name, number]) => `${number} ${name}`).join(', ')}.</>
  }
  const off = of.relations.length > 0 ? bordersOf(of).filter((border) => !border.relation).length : 0
  const broken = of.dependencies.reduce((sum, one) => sum + one.findings.length, 0) + of.mapFindings.length
  return <>{plural(of.contexts.length, 'context')}, {plural(of.relations.length, 'relation')}{of.relations.length === 0 && of.contexts.length > 1 ? ': nobody has said how they relate' : ''}. {off > 0 && <><strong>{plural(off, 'border')} not on the map.</strong> </>}{broken > 0 && <><strong>{plural(broken, 'finding')}</strong> about borders.</>}{off + broken === 0 && of.relations.length > 0 && 'Everything declared keeps to it.'}</>
}
