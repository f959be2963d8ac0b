import { lazy, Suspense, useRef, useState, type ReactNode } from 'react'
import { useMetrics, useRed, useSeries, useServices, useSystem } from '../../api/queries'
import type { Red, RedRow } from '../../api/types'
import { Link } from '../../app/Link'
import { link, useParameter } from '../../app/url'
import { count, duration, rate, ratio, windowOf } from '../../parts/format'
import { LeftOut, useLongRows } from '../../parts/LongRows'
import { Empty, Failure, Page, Waiting } from '../../parts/Notes'
import { Damage, Dropped, OtherChoice, RunChoice } from '../../parts/Runs'
import { Segments } from '../../parts/Segments'
import { Sparkline } from '../../parts/Sparkline'
import { Compared } from './Compared'
import './metrics.css'

const Chart = lazy(() => import('./Chart'))

const question = 'How busy, how broken, how slow?'

/** `null` is a run from its beginning to its end. */
const spanOf = (windowMs: number | null) => (windowMs === null ? 'whole run' : windowOf(windowMs))

export default function MetricsPage() {
  const [service, setService] = useParameter('service')
  const [windowText, setWindow] = useParameter('window')
  const [run, setRun] = useParameter('run')
  const [other, setOther] = useParameter('with')

  // What runs has no end to count back from but now, and nobody keeps more than an hour of it at hand.
  const usual = run || other ? 'all' : '5'
  const window = ['1', '5', '15', '60'].includes(windowText) ? windowText : usual
  const windowMs = window === 'all' ? null : Number(window) * 60_000
  const tools = (
    <>
      <RunChoice run={run} onChange={setRun} />
      <OtherChoice run={run} other={other} onChange={setOther} />
      <ServiceChoice service={service} onChange={setService} />
      <Segments label="Window" value={window} options={[['1', '1 min'], ['5', '5 min'], ['15', '15 min'], ['60', '1 h'], ...(usual === 'all' ? [['all', 'All'] as [string, string]] : [])]} onChange={(value) => setWindow(value === usual ? '' : value)} />
    </>
  )
  return other
    ? <Compared question={question} tools={tools} run={run} other={other} service={service} windowMs={windowMs} />
    : <Rates tools={tools} run={run} service={service} windowMs={windowMs} />
}

function Rates({ tools, run, service, windowMs }: { tools: ReactNode; run: string; service: string; windowMs: number | null }) {
  const red = useRed(windowMs, run, service)
  const gateway = useSystem().data?.gatewayUrl
  const rows = red.data?.rows ?? []
  const shown = rows.filter((row) => (service ? row.service === service : row.route === null))
  const over = spanOf(windowMs)
  return (
    <Page question={question} answer={red.data ? <Answer red={red.data} service={service} over={over} /> : <>&nbsp;</>} tools={tools}>
      {run ? <Damage sentences={red.data?.damage ?? []} /> : <Dropped signal="metrics" run="" />}
      {red.data && !red.data.complete && <p className="notice">There is more of this run than one question reads: the oldest of it is not counted.</p>}
      {red.error && <Failure error={red.error} onRetry={() => void red.refetch()} />}
      {red.isLoading && <Waiting>Adding up the spans of the {over}</Waiting>}
      {red.data && shown.length === 0 && (run
        ? <Empty>{service || 'No service'} served {service ? 'no' : 'a'} request in the {over}. That is no data, not a zero.</Empty>
        : <Empty command={`curl ${gateway ?? 'http://127.0.0.1:8080'}/`}>{service ? `${service} served no request in the ${over}.` : `No request was served in the ${over}.`} That is no data, not a zero. Send one:</Empty>)}
      {shown.length > 0 && <RedTable rows={shown} one={!!service} over={over} run={run} windowMs={windowMs} />}
      {service && <Instruments service={service} windowMs={run ? 3_600_000 : windowMs ?? 3_600_000} run={run} />}
    </Page>
  )
}

function Answer({ red, service, over }: { red: Red; service: string; over: string }) {
  const whole = red.rows.filter((row) => row.route === null && (!service || row.service === service))
  if (whole.length === 0) return <>No request was seen, {over}.</>
  const requests = whole.reduce((sum, row) => sum + row.count, 0)
  const failed = whole.reduce((sum, row) => sum + row.count * row.errorRatio, 0)
  const slow = whole.reduce((worst, row) => (row.p99Ms > worst.p99Ms ? row : worst))
  return <><strong>{count(requests)} served requests</strong>{service ? ` by ${service}` : ` in ${whole.length} services`}, {failed === 0 ? 'none failed' : `${count(Math.round(failed))} failed (${ratio(failed / requests)})`}; {service ? <>p99 {duration(slow.p99Ms)}</> : <>slowest is {slow.service}, p99 {duration(slow.p99Ms)}</>}; {over}.</>
}

function ServiceChoice({ service, onChange }: { service: string; onChange: (service: string) => void }) {
  const services = useServices().data ?? []
  return <label>Service<select data-search="" value={service} onChange={(event) => onChange(event.target.value)}><option value="">all</option>{services.map((one) => <option key={one.name}>{one.name}</option>)}{service && !services.some((one) => one.name === service) && <option>{service}</option>}</select></label>
}

function RedTable({ rows, one, over, run, windowMs }: { rows: RedRow[]; one: boolean; over: string; run: string; windowMs: number | null }) {
  const table = useRef<HTMLTableElement>(null)
  const long = useLongRows(rows.length, 33, table)
  return (
    <table className={`rows red${long.long ? ' long' : ''}`} ref={table} aria-rowcount={long.long ? rows.length + 1 : undefined}>
      <caption className="sr">Requests, errors and latency, {over}</caption>
      <thead><tr><th>{one ? 'Route' : 'Service'}</th><th className="number">Requests</th><th>{over}</th><th className="number">Errors</th><td /><th className="number">p50</th><th className="number">p90</th><th className="number">p99</th><td /></tr></thead>
      <tbody>
        <LeftOut height={long.above} />
        {long.shown.map((index) => ({ row: rows[index]!, index })).map(({ row, index }) => (
          <tr key={`${row.service} ${row.route}`} data-index={index} ref={long.measure} aria-rowindex={long.long ? index + 2 : undefined}>
            <td className="row-main">{one ? (row.route === null ? <strong>All of {row.service}</strong> : <span>{row.route}</span>) : <Link data-row="" className="strong" href={link('/metrics', { service: row.service, run, window: windowMs === null || (!run && windowMs === 300_000) ? '' : String(windowMs / 60_000) })}>{row.service}</Link>}</td>
            <td className="number" data-label="requests">{rate(row.requestsPerSecond)}</td>
            <td className="spark-cell"><Sparkline values={row.series.map((point) => point.requestsPerSecond)} label={`Requests of ${row.service}, ${over}`} /></td>
            <td className="number" data-label="errors"><span className={row.errorRatio ? 'tone-bad' : undefined}>{ratio(row.errorRatio)}</span></td>
            <td className="spark-cell"><Sparkline tone={row.errorRatio ? 'bad' : 'quiet'} values={row.series.map((point) => point.errorRatio)} label={`Errors of ${row.service}, ${over}`} /></td>
            <td className="number" data-label="p50">{duration(row.p50Ms)}</td>
            <td className="number" data-label="p90">{duration(row.p90Ms)}</td>
            <td className="number" data-label="p99">{duration(row.p99Ms)}</td>
            <td className="spark-cell"><Sparkline values={row.series.map((point) => point.p99Ms)} label={`p99 of ${row.service}, ${over}`} /></td>
          </tr>
        ))}
        <LeftOut height={long.below} />
      </tbody>
    </table>
  )
}

/** Whatever a service measures of itself, one instrument at a time. */
function Instruments({ service, windowMs, run }: { service: string; windowMs: number; run: string }) {
  const metrics = useMetrics(service, run)
  const [name, setName] = useParameter('metric')
  const [quantile, setQuantile] = useState<'p50' | 'p90' | 'p99'>('p99')
  const chosen = metrics.data?.find((metric) => metric.name === name) ?? metrics.data?.[0]
  const series = useSeries(service, chosen?.name ?? null, windowMs, run)
  const histogram = series.data?.type === 'histogram'
  return (
    <section className="instruments" aria-label={`What ${service} measures`}>
      <div className="instruments-head">
        <h2>What {service} measures</h2>
        {metrics.data && metrics.data.length > 0 && <select aria-label="Metric" className="mono" value={chosen?.name} onChange={(event) => setName(event.target.value)}>{metrics.data.map((metric) => <option key={metric.name}>{metric.name}</option>)}</select>}
        {histogram && <Segments label="Quantile" value={quantile} options={[['p50', 'p50'], ['p90', 'p90'], ['p99', 'p99']]} onChange={(value) => setQuantile(value as 'p99')} />}
      </div>
      {metrics.error && <Failure error={metrics.error} onRetry={() => void metrics.refetch()} />}
      {metrics.data?.length === 0 && <p className="quiet">It has sent no metric. With Conway.Service in the project, or any OpenTelemetry SDK, it does by itself.</p>}
      {chosen && <p className="quiet">{[chosen.description, chosen.type === 'sum' ? 'sum; counters as increase per second' : chosen.type, chosen.unit && chosen.unit !== '1' ? `in ${chosen.unit}` : '', windowOf(windowMs)].filter(Boolean).join(' · ')}</p>}
      {series.error && <Failure error={series.error} onRetry={() => void series.refetch()} />}
      {series.data && <Suspense fallback={<Waiting>Drawing</Waiting>}><Chart data={series.data} value={histogram ? quantile : 'value'} /></Suspense>}
    </section>
  )
}
