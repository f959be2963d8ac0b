import { useJourneys, useJourneyVerb } from '../../api/queries'
import { Link } from '../../app/Link'
import { clock, count, duration, rate } from '../../parts/format'
import { State } from '../../parts/State'

/** The synthetic users, one line each. Nothing is shown for a system that declares none. */
export function JourneyStrip() {
  const journeys = useJourneys()
  const verb = useJourneyVerb()
  if (!journeys.data || journeys.data.journeys.length === 0) return null
  return (
    <section className="journeys" aria-label="Journeys">
      {journeys.data.journeys.map((journey) => (
        <div className="journey" key={journey.name}>
          <State state={journey.running ? 'running' : journeys.data.paused ? 'waiting' : 'stopped'}>{journey.running ? 'running' : journeys.data.paused ? 'paused' : 'stopped'}</State>
          <strong>{journey.name}</strong>
          <span>{rate(journey.ratePerSecond)}</span>
          <span>{count(journey.succeeded)} of {count(journey.started)} succeeded</span>
          <span className={journey.failed ? 'tone-bad' : 'quiet'}>{journey.failed ? `${count(journey.failed)} failed` : 'none failed'}</span>
          {journey.skipped > 0 && <span className="quiet">{count(journey.skipped)} skipped</span>}
          <span className="quiet">p50 {duration(journey.p50Ms)}, p99 {duration(journey.p99Ms)}</span>
          {journey.lastFailure && (
            <span className="journey-failure">last at {clock(journey.lastFailure.time, false)}: {journey.lastFailure.step}, {journey.lastFailure.detail}{' '}
              {journey.lastFailure.traceId && <Link href={`/traces/${journey.lastFailure.traceId}`}>trace</Link>}</span>
          )}
          <button type="button" className="button plain" disabled={verb.isPending} onClick={() => verb.mutate({ name: journey.name, verb: journey.running ? 'stop' : 'start' })}>{journey.running ? 'Stop' : 'Start'}<span className="sr"> {journey.name}</span></button>
        </div>
      ))}
    </section>
  )
}
