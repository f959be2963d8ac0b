import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Live } from '../api/live'
import { clock } from '../parts/format'

/** Says that what is on the page has stopped being live, since when, and when the next attempt is. */
export function Connection({ live }: { live: Live }) {
  const connection = useSyncExternalStore(live.subscribe, live.snapshot)
  const [now, setNow] = useState(Date.now)
  const lost = connection.state === 'lost'
  useEffect(() => {
    if (!lost) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [lost, connection])

  if (!lost) return null
  const seconds = Math.max(0, Math.ceil((connection.nextAttemptAt - now) / 1000))
  return (
    <section className="lost" aria-label="Connection">
      <span role="status"><strong>Connection to the node lost.</strong> This page shows what was known at {clock(connection.since, false)}.</span>
      <span className="lost-next">{seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying now.'} If it was stopped, <code>conway run</code> starts it again.</span>
      <button type="button" className="button" onClick={() => live.retryNow()}>Try now</button>
    </section>
  )
}
