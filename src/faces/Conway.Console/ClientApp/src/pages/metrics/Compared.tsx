import type { ReactNode } from 'react'
import { useComparison } from '../../api/queries'
import type { ComparedFigures, ComparedRow, ComparedRun, Comparison, Difference } from '../../api/types'
import { Link } from '../../app/Link'
import { link } from '../../app/url'
import { clock, count, day, duration, nothing, rate, ratio, windowOf } from '../../parts/format'
import { Empty, Failure, Page, Waiting } from '../../parts/Notes'
import { Damage } from '../../parts/Runs'
import { byFate, fateOf, points, summary, times, told } from './verdict'

/** One run held against another, by service, or by the routes of one. */
export function Compared({ question, tools, run, other, service, windowMs }: { question: string; tools: ReactNode; run: string; other: string; service: string; windowMs: number | null }) {
  const compared = useComparison(run, other, windowMs)
  const rows = compared.data?.rows ?? []
  const shown = service ? rows.filter((row) => row.service === service) : rows.filter((row) => row.route === null)
  const judged = service ? shown.filter((row) => row.route !== null) : shown
  return (
    <Page question={question} tools={<>{tools}<button type="button" className="button" disabled={compared.isFetching} onClick={() => void compared.refetch()}>Compare again</button></>} answer={compared.data ? <Answer rows={judged} what={service ? 'route' : 'service'} /> : <>&nbsp;</>}>
      {compared.error && <Failure error={compared.error} onRetry={() => void compared.refetch()} />}
      {compared.isLoading && <Waiting>Adding up the spans of both runs</Waiting>}
      {compared.data && <Runs data={compared.data} rows={shown} windowMs={windowMs} />}
      {compared.data && shown.length === 0 && <Empty>{service || 'No service'} served {service ? 'no' : 'a'} request in either run{windowMs === null ? '' : `, ${windowOf(windowMs)}`}. That is no data, not a zero.</Empty>}
      {shown.length > 0 && <ComparedTable rows={service ? [...shown.filter((row) => row.route === null), ...byFate(judged)] : byFate(shown)} one={!!service} to={(name) => link('/metrics', { service: name, run, with: other, window: windowMs === null ? '' : String(windowMs / 60_000) })} />}
      {shown.length > 0 && (
        <p className="quiet compared-note">
          ▲ and ▼ are more than noise, with a certainty of 99 %; requests that are slow or fail together count as fewer than they are. Why a run differs nobody can tell from this:
          another load, another machine or a cold start do it as well. Of a hundred comparisons one may show a difference that is none.
        </p>
      )}
    </Page>
  )
}

function Answer({ rows, what }: { rows: ComparedRow[]; what: string }) {
  if (rows.length === 0) return <>Nothing to compare.</>
  const { strong, rest } = summary(rows, what)
  return <><strong>{strong}</strong>{rest}.</>
}

function Runs({ data, rows, windowMs }: { data: Comparison; rows: ComparedRow[]; windowMs: number | null }) {
  const whole = rows.filter((row) => row.route === null)
  const requests = (side: 'run' | 'with') => whole.reduce((sum, row) => sum + (row[side]?.count ?? 0), 0)
  return (
    <>
      <dl className="facts compared-runs">
        <dt>Run</dt><dd><Stretch run={data.run} requests={requests('run')} windowMs={windowMs} /></dd>
        <dt>Against</dt><dd><Stretch run={data.with} requests={requests('with')} windowMs={windowMs} /></dd>
      </dl>
      <Damage sentences={data.run.damage} of="the run" />
      <Damage sentences={data.with.damage} of="the run it is held against" />
      {[data.run, data.with].filter((one) => !one.complete).map((one) => <p key={one.run} className="notice">There is more of {one.run} than one question reads: the oldest of it is not counted.</p>)}
    </>
  )
}

function Stretch({ run, requests, windowMs }: { run: ComparedRun; requests: number; windowMs: number | null }) {
  const length = new Date(run.until).getTime() - new Date(run.from).getTime()
  return <>{day(run.from)} to {clock(run.until, false)}, {windowMs === null ? duration(length) : windowOf(windowMs)} · {count(requests)} requests · <span className="mono quiet">{run.run}</span></>
}

function ComparedTable({ rows, one, to }: { rows: ComparedRow[]; one: boolean; to: (service: string) => string }) {
  return (
    <table className="rows compared">
      <caption className="sr">Requests, errors and latency of both runs, the other first</caption>
      <thead><tr><th>{one ? 'Route' : 'Service'}</th><th className="number">Requests</th><th className="number">Errors</th><th className="number">p50</th><th className="number">p95</th><th className="number">p99</th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.service} ${row.route}`} data-fate={fateOf(row)}>
            <td className="row-main">{one ? (row.route === null ? <strong>All of {row.service}</strong> : <span>{row.route}</span>) : <Link data-row="" className="strong" href={to(row.service)}>{row.service}</Link>}</td>
            <td className="number" data-label="requests">
              <Pair row={row} figure={(side) => count(side.count)} />
              <small className="quiet">{row.change ? <>{rate(row.with!.requestsPerSecond)} → {rate(row.run!.requestsPerSecond)}</> : row.run ? 'in this run only' : 'in the other run only'}</small>
            </td>
            <td className="number" data-label="errors"><Pair row={row} figure={(side) => ratio(side.errorRatio)} /><Told change={row.change?.errorRatio} say={points} /></td>
            <td className="number" data-label="p50"><Pair row={row} figure={(side) => duration(side.p50Ms)} /><Told change={row.change?.p50} say={times} /></td>
            <td className="number" data-label="p95"><Pair row={row} figure={(side) => duration(side.p95Ms)} /><Told change={row.change?.p95} say={times} /></td>
            <td className="number" data-label="p99"><Pair row={row} figure={(side) => duration(side.p99Ms)} /><Told change={row.change?.p99} say={times} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Pair({ row, figure }: { row: ComparedRow; figure: (side: ComparedFigures) => string }) {
  return <span className="compared-pair"><span className="quiet">{row.with ? figure(row.with) : nothing} →</span> {row.run ? figure(row.run) : nothing}</span>
}

function Told({ change, say }: { change: Difference | undefined; say: (value: number) => string }) {
  if (!change) return null
  const { sign, words, tone } = told(change, say)
  return <small className={tone}><span aria-hidden="true">{sign}</span> {change.verdict === 'more' || change.verdict === 'less' ? <><span className="sr">{change.verdict}: </span>{words}</> : words}</small>
}
