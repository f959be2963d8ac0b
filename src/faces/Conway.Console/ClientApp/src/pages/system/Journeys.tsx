import { useJourneys, useJourneyVerb } from '../../api/queries'
import type { Journey } from '../../api/types'
import { Link } from '../../app/Link'
import { count, duration, moment, rate } from '../../parts/format'
import { State } from '../../parts/State'

/** The synthetic users, one line each. Nothing is shown for a system that declares none. */
export function JourneyStrip() {
  const journeys = useJourneys()
  const verb = useJourneyVerb()
  if (!journeys.data || journeys.data.journeys.length === 0) return null
  const waiting = journeys.data.paused ? { shape: 'waiting', word: 'paused' } : { shape: 'stopped', word: 'stopped' }
  return (
    <section className="journeys" aria-label="Journeys">
      {journeys.data.journeys.map((journey) => (
        <div className="journey" key={journey.name}>
          <State state={journey.running ? 'running' : waiting.shape}>{journey.running ? 'running' : waiting.word}</State>
          <strong className="journey-name">{journey.name}</strong>
          <span>{rate(journey.ratePerSecond)}</span>
          <span className="journey-facts">{count(journey.succeeded)} of {count(journey.started)} succeeded{journey.skipped > 0 && <span className="quiet">, {count(journey.skipped)} skipped</span>}</span>
          <span className={`journey-facts ${journey.failed ? 'tone-bad' : 'quiet'}`}>{journey.failed ? `${count(journey.failed)} failed` : 'none failed'}</span>
          <span className="journey-facts quiet">p50 {duration(journey.p50Ms)}, p99 {duration(journey.p99Ms)}</span>
          <span className="journey-failure">{journey.lastFailure && <Failed failure={journey.lastFailure} />}</span>
          <button type="button" className="button plain" disabled={verb.isPending} onClick={() => verb.mutate({ name: journey.name, verb: journey.running ? 'stop' : 'start' })}>{journey.running ? 'Stop' : 'Start'}<span className="sr"> {journey.name}</span></button>
        </div>
      ))}
    </section>
  )
}

const Failed = ({ failure }: { failure: NonNullable<Journey['lastFailure']> }) => (
  <>last {moment(failure.time)}: {failure.step}, {failure.detail}{' '}{failure.traceId && <Link href={`/traces/${failure.traceId}`}>trace</Link>}</>
)
