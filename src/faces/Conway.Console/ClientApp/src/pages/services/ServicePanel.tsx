import { useKill, useService, useServiceVerb, type ServiceVerb } from '../../api/queries'
import { Problem } from '../../api/client'
import type { ServiceDetail } from '../../api/types'
import { Link } from '../../app/Link'
import { link } from '../../app/url'
import { Copy } from '../../parts/Copy'
import { bytes, clock, count, duration, nothing, rate, ratio, tied } from '../../parts/format'
import { Failure, Waiting } from '../../parts/Notes'
import { State } from '../../parts/State'
import { leftOutBy } from './ejection'
import './services.css'

/** Everything about one service, and what can be done with it. */
export function ServicePanel({ name, onClose }: { name: string; onClose: () => void }) {
  const service = useService(name)
  return (
    <aside className="panel service-panel" aria-label={`Service ${name}`}>
      <div className="panel-head">
        <div>
          <h2>{name}</h2>
          {service.data?.description && <p className="quiet">{service.data.description}</p>}
        </div>
        <button type="button" className="button plain" data-close="" onClick={onClose}>Close</button>
      </div>
      {service.error && <div className="section"><Failure error={service.error} onRetry={() => void service.refetch()} /></div>}
      {!service.data && !service.error && <Waiting>Asking for {name}</Waiting>}
      {service.data && <Body service={service.data} />}
    </aside>
  )
}

function Body({ service }: { service: ServiceDetail }) {
  return (
    <>
      <div className="section">
        <p className="service-state"><State state={service.state} />{service.waitingFor.length > 0 && <span>waits for {service.waitingFor.map((one) => <Link key={one} href={link('/services', { service: one })}>{one}</Link>)}</span>}</p>
        <Actions service={service} />
      </div>
      {service.build.state === 'failed' && (
        <div className="section">
          <h3>Build failed{service.build.durationMs !== null && ` after ${duration(service.build.durationMs)}`}</h3>
          <pre className="build-lines"><code>{service.build.lines.join('\n') || 'The compiler gave no line.'}</code></pre>
          <p className="quiet">The last good build keeps running where there is one. Save the file and it is built again.</p>
        </div>
      )}
      <Replicas service={service} />
      <div className="section">
        <h3>Traffic, last 60 s</h3>
        {service.rate
          ? <dl className="facts"><dt>Requests</dt><dd>{rate(service.rate.requestsPerSecond)}</dd><dt>Errors</dt><dd className={service.rate.errorRatio ? 'tone-bad' : undefined}>{ratio(service.rate.errorRatio)}</dd><dt>Latency</dt><dd>p50 {duration(service.rate.p50Ms)}, p99 {duration(service.rate.p99Ms)}</dd>
            {service.slo && <><dt>Objective</dt><dd>{[service.slo.availability !== null && `${service.slo.availability} % available`, service.slo.p99Ms !== null && `p99 ≤ ${duration(service.slo.p99Ms)}`].filter(Boolean).join(', ')}</dd></>}</dl>
          : <p className="quiet">No request was seen.</p>}
        <p className="service-links"><Link href={link('/logs', { query: `service:${service.name}` })}>Logs</Link><Link href={link('/traces', { query: `service:${service.name}` })}>Traces</Link><Link href={link('/metrics', { service: service.name })}>Metrics</Link></p>
      </div>
      {service.routes.length > 0 && <div className="section"><h3>Reached through the gateway</h3><ul className="plain-list">{service.routes.map((route) => <li key={route.path + route.methods.join()}><span className="quiet">{route.methods.join(' ') || 'any method'}</span> <code>{route.path}</code> <a href={route.url} target="_blank" rel="noreferrer">open</a></li>)}</ul></div>}
      <Calls service={service} />
      {service.health && <div className="section"><h3>Health</h3><dl className="facts"><dt>Check</dt><dd><code>{service.health.path}</code> every {duration(service.health.intervalMs)}</dd><dt>Last answer</dt><dd>{service.health.lastAnswer === null ? 'none yet' : tied(service.health.lastAnswer)}{service.health.lastCheckedAt && <span className="quiet"> at {clock(service.health.lastCheckedAt, false)}</span>}</dd></dl></div>}
      {service.stores.length > 0 && <div className="section"><h3>Stores</h3><ul className="plain-list">{service.stores.map((store) => <li key={store.name}>{store.name} <span className="quiet">{store.engine}, {store.sizeBytes === null ? 'size unknown' : bytes(store.sizeBytes)}</span><br /><Copy text={store.location} /></li>)}</ul></div>}
      <div className="section">
        <h3>Environment</h3>
        <table className="environment"><caption className="sr">Environment variables</caption><tbody>{service.environment.map((variable) => (
          <tr key={variable.name}><td><code>{variable.name}</code><div className="quiet">{variable.from}</div></td><td>{variable.masked ? <span className="quiet">hidden</span> : <Copy text={variable.value} label={`the value of ${variable.name}`} />}</td></tr>
        ))}</tbody></table>
      </div>
    </>
  )
}

function Actions({ service }: { service: ServiceDetail }) {
  const verb = useServiceVerb(service.name)
  const stopped = service.state === 'stopped' || service.state === 'stopping'
  const button = (name: ServiceVerb, label: string) => <button type="button" className="button" disabled={verb.isPending} onClick={() => verb.mutate(name)}>{verb.isPending && verb.variables === name ? `${label}…` : label}</button>
  return (
    <>
      <div className="row-actions">
        {stopped ? button('start', 'Start') : button('stop', 'Stop')}
        {!stopped && button('restart', 'Restart')}
        {service.kind === 'project' && button('rebuild', 'Rebuild')}
      </div>
      {verb.error && <p className="tone-bad" role="alert">{verb.error instanceof Problem ? verb.error.message : 'That did not work.'}</p>}
    </>
  )
}

function Replicas({ service }: { service: ServiceDetail }) {
  const kill = useKill(service.name)
  return (
    <div className="section">
      <h3>Replicas</h3>
      {service.replicas.length === 0 && <p className="quiet">None: {service.build.state === 'running' ? 'it is being built' : service.state}.</p>}
      <ul className="replicas">
        {service.replicas.map((replica) => (
          <li key={replica.name}>
            <div className="replica-head">
              <State state={replica.state}>{replica.name}</State><span className="quiet">{replica.state}</span>
              {replica.pid !== null && <button type="button" className="button danger small" disabled={kill.isPending} title="SIGKILL, to see what happens" onClick={() => kill.mutate(String(replica.replica))}>Kill<span className="sr"> {replica.name}</span></button>}
            </div>
            {replica.reason && <p className="replica-reason">{tied(replica.reason)}</p>}
            {replica.ejectedUntil && <p className="replica-reason">{leftOutBy(replica)} until {clock(replica.ejectedUntil, false)}, because calls to it failed.</p>}
            <p className="quiet replica-facts">
              {replica.url && <Copy text={replica.url}>{replica.url.replace('http://', '')}</Copy>}
              <span>pid {replica.pid ?? nothing}</span>
              <span>{replica.restarts === 0 ? 'never restarted' : `${count(replica.restarts)} restarts`}</span>
              {replica.exitCode !== null && <span>exit code {replica.exitCode}</span>}
              <Link href={link('/logs', { query: `instance:${replica.name}` })}>logs<span className="sr"> of {replica.name}</span></Link>
            </p>
            {replica.lastLog && <p className="replica-log mono" title="Its last line">{replica.lastLog}</p>}
          </li>
        ))}
      </ul>
      {kill.error && <p className="tone-bad" role="alert">{kill.error.message}</p>}
    </div>
  )
}

function Calls({ service }: { service: ServiceDetail }) {
  if (service.calls.length === 0) return null
  return (
    <div className="section">
      <h3>Calls</h3>
      <ul className="calls">
        {service.calls.map((call) => (
          <li key={call.callee}>
            <p><Link href={link('/services', { service: call.callee })}>{call.callee}</Link>{call.required && <span className="quiet"> required</span>}</p>
            <p className="quiet">{duration(call.attemptTimeoutMs)} an attempt, {call.retries === 0 ? 'no retry' : `${call.retries} ${call.retries === 1 ? 'retry' : 'retries'}`}, {duration(call.budgetMs)} in all, {call.balance}</p>
            <ul className="endpoints">
              {call.endpoints.map((endpoint) => (
                <li key={endpoint.id}><State state={endpoint.ejectedUntil ? 'ejected' : endpoint.state}>{endpoint.id}</State>
                  <span className="quiet">{endpoint.ejectedUntil ? `ejected until ${clock(endpoint.ejectedUntil, false)}` : `${count(endpoint.requests)} requests, ${endpoint.failures === 0 ? 'none failed' : `${count(endpoint.failures)} failed`}, ${endpoint.ewmaMs === null ? 'latency unknown' : duration(endpoint.ewmaMs)}`}</span></li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  )
}
