import { useMemo, useRef, useState } from 'react'
import { Problem } from '../../api/client'
import { useSystem, useTraces } from '../../api/queries'
import type { TraceSummary } from '../../api/types'
import { Link } from '../../app/Link'
import { link, useParameter, usePath } from '../../app/url'
import { clock, day, duration, plural } from '../../parts/format'
import { LeftOut, useLongRows, type RowPlace } from '../../parts/LongRows'
import { Empty, Failure, Page, Waiting } from '../../parts/Notes'
import { withQualifier } from '../../parts/query'
import { QueryInput } from '../../parts/QueryInput'
import { Dropped, RunChoice } from '../../parts/Runs'
import { Shape } from '../../parts/State'
import { TracePage } from './TracePage'
import './traces.css'

const hints = [
  { text: 'status:error', means: 'traces with a failed span' },
  { text: 'duration:>100ms', means: 'slow ones' },
  { text: 'service:orders duration:>50ms', means: 'slow ones through one service' },
]

export default function TracesPage() {
  const [, id] = usePath()
  return id ? <TracePage id={id} /> : <Search />
}

function Search() {
  const [query, setQuery] = useParameter('query')
  const [run, setRun] = useParameter('run')
  const [paused, setPaused] = useState(false)
  const traces = useTraces(query, run, paused)
  const found = useMemo(() => (traces.data?.pages ?? []).flatMap((page) => page.traces), [traces.data])
  const gateway = useSystem().data?.gatewayUrl
  const problem = traces.error instanceof Problem && traces.error.status === 400 ? traces.error : null
  const slowest = Math.max(1, ...found.map((trace) => trace.durationMs))
  const table = useRef<HTMLTableElement>(null)
  const rows = useLongRows(found.length, 37, table)
  return (
    <Page question="Where did the time go?" answer={problem ? 'The search could not be read.' : traces.data ? <Answer found={found} run={run} more={traces.hasNextPage} /> : <>&nbsp;</>}
      tools={<>
        <RunChoice run={run} onChange={setRun} />
        {!run && <button type="button" className="button" data-pause="" aria-pressed={paused} onClick={() => setPaused(!paused)}>{paused ? 'Resume' : 'Pause'} <kbd>p</kbd></button>}
      </>}>
      <div className="tools"><QueryInput value={query} onSubmit={(next) => setQuery(next)} label="Search the traces" placeholder="Search: service:orders duration:>100ms status:error" hints={hints} error={problem} /></div>
      <Dropped signal="traces" run={run} />
      {traces.error && !problem && <Failure error={traces.error} onRetry={() => void traces.refetch()} />}
      {traces.isLoading && <Waiting>Searching the traces</Waiting>}
      {traces.data && !problem && found.length === 0 && (query
        ? <Empty>No trace matches this search. Take a word away, or look at a longer time.</Empty>
        : <Empty command={`curl ${gateway ?? 'http://127.0.0.1:8080'}/`}>No trace yet. Every request through the gateway makes one:</Empty>)}
      {found.length > 0 && (
        <table className={`rows traces${rows.long ? ' long' : ''}`} ref={table} aria-rowcount={rows.long ? found.length + 1 : undefined}>
          <caption className="sr">Traces, newest first</caption>
          <thead><tr><th>Started</th><th>Operation</th><th>Duration</th><th className="number">Spans</th><th>Services</th></tr></thead>
          <tbody>
            <LeftOut height={rows.above} />
            {rows.shown.map((index) => ({ trace: found[index]!, index })).map(({ trace, index }) => <TraceRow key={trace.traceId} place={{ 'data-index': index, 'aria-rowindex': rows.long ? index + 2 : undefined, ref: rows.measure }} trace={trace} slowest={slowest} run={run} onFilter={(service) => setQuery(withQualifier(query, 'service', service))} />)}
            <LeftOut height={rows.below} />
          </tbody>
        </table>
      )}
      {traces.hasNextPage && found.length > 0 && <p className="traces-older"><button type="button" className="button" disabled={traces.isFetchingNextPage} onClick={() => void traces.fetchNextPage()}>{traces.isFetchingNextPage ? 'Asking for older ones' : 'Show older ones'}</button></p>}
    </Page>
  )
}

function Answer({ found, run, more }: { found: TraceSummary[]; run: string; more: boolean }) {
  if (found.length === 0) return <>No trace to read it from.</>
  const slowest = found.reduce((slow, trace) => (trace.durationMs > slow.durationMs ? trace : slow))
  const failed = found.filter((trace) => trace.errors > 0).length
  return <><strong>Longest of {more ? 'the newest ' : ''}{plural(found.length, 'trace')}:</strong> <Link href={link(`/traces/${slowest.traceId}`, { run })}>{slowest.rootOperation}</Link>, {duration(slowest.durationMs)}. {failed === 0 ? 'None has an error.' : `${failed} ${failed === 1 ? 'has' : 'have'} errors.`}</>
}

function TraceRow({ place, trace, slowest, run, onFilter }: { place: RowPlace; trace: TraceSummary; slowest: number; run: string; onFilter: (service: string) => void }) {
  return (
    <tr {...place}>
      <td className="nowrap quiet" title={day(trace.start)}>{clock(trace.start)}</td>
      <td className="row-main"><Link data-row="" href={link(`/traces/${trace.traceId}`, { run })}>{trace.rootOperation}</Link>{trace.errors > 0 && <span className="trace-errors tone-bad"><Shape state="error" size={9} />{plural(trace.errors, 'error')}</span>}</td>
      <td className="trace-duration"><span>{duration(trace.durationMs)}</span><i style={{ width: `${Math.max(1, (trace.durationMs / slowest) * 100)}%` }} /></td>
      <td className="number" data-label="spans">{trace.spans}</td>
      <td className="trace-services">{trace.services.map((service) => <button key={service.name} type="button" className={`filter-link${service.errors ? ' tone-bad' : ' quiet'}`} title={`Only traces through ${service.name}; ${plural(service.spans, 'span')} here${service.errors ? `, ${service.errors} failed` : ''}`} onClick={() => onFilter(service.name)}>{service.name}</button>)}</td>
    </tr>
  )
}
