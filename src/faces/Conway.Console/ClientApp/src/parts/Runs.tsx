import { useTelemetry } from '../api/queries'
import { bytes, day, plural } from './format'

/** Which run is looked at: this one, or what is stored of an earlier one. Hidden while there is only one. */
export function RunChoice({ run, onChange }: { run: string; onChange: (run: string) => void }) {
  const runs = useTelemetry().data?.runs ?? []
  if (runs.length < 2 && !run) return null
  return (
    <label>Run
      <select value={run} onChange={(event) => onChange(event.target.value)}>
        {runs.map((one) => <option key={one.run} value={one.current ? '' : one.run}>{one.current ? 'this one' : `${day(one.startedAt)}, ${bytes(one.bytes)}`}</option>)}
        {run && !runs.some((one) => one.run === run) && <option value={run}>{run}</option>}
      </select>
    </label>
  )
}

/** Says what telemetry could not keep: a number that is missing must not look like a zero. */
export function Dropped({ signal }: { signal: string }) {
  const telemetry = useTelemetry().data
  if (!telemetry) return null
  const dropped = telemetry.dropped.filter((one) => one.signal === signal)
  return (
    <>
      {telemetry.memoryOnly && <p className="notice">The disk is full: telemetry is kept in memory only, and older parts of it are gone.</p>}
      {dropped.length > 0 && <p className="notice">Not kept: {dropped.map((one) => `${plural(one.count, signal === 'logs' ? 'record' : signal === 'traces' ? 'span' : 'point')} of ${one.service} (${one.reason})`).join('; ')}.</p>}
    </>
  )
}
