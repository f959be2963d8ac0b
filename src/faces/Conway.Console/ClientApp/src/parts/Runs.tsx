import { useRun, useTelemetry } from '../api/queries'
import { bytes, day, plural } from './format'

/** Which run is looked at: this one, or what is stored of an earlier one. Hidden while there is only one. */
export function RunChoice({ run, onChange }: { run: string; onChange: (run: string) => void }) {
  const runs = useTelemetry().data?.runs ?? []
  if (runs.length < 2 && !run) return null
  return (
    <label>Run
      <select className="run-choice" value={run} onChange={(event) => onChange(event.target.value)}>
        {runs.map((one) => <option key={one.run} value={one.current ? '' : one.run}>{one.current ? 'this one' : `${day(one.startedAt).slice(0, 16)}, ${bytes(one.bytes)}`}</option>)}
        {run && !runs.some((one) => one.run === run) && <option value={run}>{run}</option>}
      </select>
    </label>
  )
}

/** Which other run the one that is looked at is held against. */
export function OtherChoice({ run, other, onChange }: { run: string; other: string; onChange: (run: string) => void }) {
  const runs = useTelemetry().data?.runs ?? []
  if (runs.length < 2 && !other) return null
  return (
    <label>Against
      <select className="run-choice" value={other} onChange={(event) => onChange(event.target.value)}>
        <option value="">no other run</option>
        {runs.filter((one) => (run ? one.run !== run : !one.current)).map((one) => <option key={one.run} value={one.run}>{one.current ? 'this one' : `${day(one.startedAt).slice(0, 16)}, ${bytes(one.bytes)}`}</option>)}
        {other && !runs.some((one) => one.run === other) && <option value={other}>{other}</option>}
      </select>
    </label>
  )
}

/** Says what telemetry could not keep: a number that is missing must not look like a zero. */
export function Dropped({ signal, run }: { signal: string; run: string }) {
  const telemetry = useTelemetry().data
  const earlier = useRun(run).data
  if (run) return <Damage sentences={earlier?.damage ?? []} />
  if (!telemetry) return null
  const dropped = telemetry.dropped.filter((one) => one.signal === signal)
  return (
    <>
      {telemetry.memoryOnly && <p className="notice">The disk is full: telemetry is kept in memory only, and older parts of it are gone.</p>}
      {dropped.length > 0 && <p className="notice">Not kept: {dropped.map((one) => `${plural(one.count, signal === 'logs' ? 'record' : signal === 'traces' ? 'span' : 'point')} of ${one.service} (${one.reason})`).join('; ')}.</p>}
    </>
  )
}

/** What of a run cannot be read; the rest of it is shown all the same. */
export function Damage({ sentences, of = 'this run' }: { sentences: string[]; of?: string }) {
  if (sentences.length === 0) return null
  return <div className="notice"><p>Not all of {of} can be read; what follows is made of the rest.</p><ul className="plain-list">{sentences.map((one) => <li key={one}>{one}</li>)}</ul></div>
}
