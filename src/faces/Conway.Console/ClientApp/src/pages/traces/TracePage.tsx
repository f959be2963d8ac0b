import { useMemo } from 'react'
import { useTrace } from '../../api/queries'
import type { Trace } from '../../api/types'
import { Link } from '../../app/Link'
import { link, useParameter } from '../../app/url'
import { Copy } from '../../parts/Copy'
import { day, duration, plural } from '../../parts/format'
import { Failure, Page, Waiting } from '../../parts/Notes'
import { Segments } from '../../parts/Segments'
import { SpanPanel } from './SpanPanel'
import { TraceLogs } from './TraceLogs'
import { shareOf } from './tree'
import { Waterfall } from './Waterfall'

export function TracePage({ id }: { id: string }) {
  const [run] = useParameter('run')
  const [open, setOpen] = useParameter('span')
  const [view, setView] = useParameter('view')
  const trace = useTrace(id, run)
  const span = trace.data?.spans.find((one) => one.spanId === open)
  const title = useMemo(() => trace.data && (trace.data.spans.find((one) => one.parentId === null) ?? trace.data.spans[0]), [trace.data])

  return (
    <Page fill question="Where did the time go?" answer={trace.data ? <Answer trace={trace.data} title={title?.name ?? ''} /> : <>&nbsp;</>}
      tools={<>
        {trace.data && <Segments label="Show" value={view || 'spans'} options={[['spans', 'Waterfall'], ['logs', `Logs ${trace.data.logs.length}`]]} onChange={(value) => setView(value === 'spans' ? '' : value)} />}
        <Link className="button" href={link('/traces', { run })}>All traces</Link>
      </>}>
      {trace.error && <Failure error={trace.error} onRetry={() => void trace.refetch()} still="Its logs may still be there, and other traces are." />}
      {trace.isLoading && <Waiting>Reading the trace</Waiting>}
      {trace.data && (
        <div className="split">
          <div className="split-main">
            {view === 'logs'
              ? <TraceLogs trace={trace.data} run={run} />
              : <Waterfall trace={trace.data} open={open} onOpen={setOpen} />}
          </div>
          {span && <SpanPanel span={span} trace={trace.data} run={run} onClose={() => setOpen('')} />}
        </div>
      )}
    </Page>
  )
}

function Answer({ trace, title }: { trace: Trace; title: string }) {
  const shares = shareOf(trace).slice(0, 3)
  const failed = trace.spans.filter((span) => span.status === 'error').length
  return (
    <>
      <strong>{title}</strong> took <strong>{duration(trace.durationMs)}</strong>{shares.length > 0 && <>, most of it in {shares.map((share, index) => <span key={share.service}>{index > 0 && ', '}{share.service} <span className="nowrap">{duration(share.ms)}</span> ({Math.round(share.part * 100)} %)</span>)}</>}.
      {' '}{plural(trace.spans.length, 'span')}{failed > 0 && <>, <span className="tone-bad">{failed} failed</span></>}. {day(trace.start)} <Copy text={trace.traceId} />
    </>
  )
}
