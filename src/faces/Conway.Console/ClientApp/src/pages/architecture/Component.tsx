import type { ReactNode } from 'react'
import type { Architecture, DeclaredService } from '../../api/types'
import { Link } from '../../app/Link'
import { duration, plural } from '../../parts/format'
import { Where } from '../findings/Evidence'
import { ServiceLink } from './C4'

type Go = (change: Record<string, string>) => string

/** Level 3: one service from the inside. Left who comes in, right what it uses; between them what it is made of. */
export function Component({ of, service, go }: { of: Architecture; service: DeclaredService; go: Go }) {
  const callers = of.services.flatMap((other) => other.calls.filter((call) => call.callee === service.name).map((call) => ({ name: other.name, call })))
  const users = of.users.filter((user) => user.services.includes(service.name))
  const source = of.sources?.find((one) => one.service === service.name)
  const externals = of.externals.filter((one) => one.services.includes(service.name))
  const seen = of.drift.filter((edge) => edge.declared === null && (edge.from === service.name || edge.to === service.name) && (edge.seen ?? 0) > 0)
  const kinds = [...new Set((source?.entries ?? []).map((entry) => entry.kind))]
  return (
    <div className="component" role="group" aria-label={`C4 components of ${service.name}`}>
      <section className="component-side" aria-label="Who comes in">
        <h2>Comes in from</h2>
        <Part title="People" when={users.length}>{users.map((user) => <li key={user.journey}>{user.journey} <span className="quiet">{user.description ?? 'a journey'}</span></li>)}</Part>
        <Part title="Gateway" when={service.routes.length}>{service.routes.map((route, index) => <li key={index}><code>{route.methods.length > 0 && `${route.methods.join(' ')} `}{route.path}</code></li>)}</Part>
        <Part title="Callers" when={callers.length}>{callers.map(({ name, call }) => <li key={name}><ServiceLink of={of} name={name} go={go} /> <span className="quiet">{call.protocol}</span></li>)}</Part>
        <Part title="Events" when={service.consumes.length}>{service.consumes.map((event) => <li key={event.name}>{event.name} <span className="quiet">{event.others.length > 0 ? 'of ' : 'nobody publishes it'}</span>{event.others.map((other, index) => <span key={other}>{index > 0 && ', '}<ServiceLink of={of} name={other} go={go} /></span>)}</li>)}</Part>
        <Part title="Seen, not declared" when={seen.filter((edge) => edge.to === service.name).length}>{seen.filter((edge) => edge.to === service.name).map((edge) => <li key={edge.from}><Link className="tone-warn" href={go({ view: 'drift', at: `${edge.from}>${edge.to}` })}>{edge.from}</Link></li>)}</Part>
        {users.length + service.routes.length + callers.length + service.consumes.length === 0 && <p className="quiet">Nobody is declared to come in.</p>}
      </section>
      <section className="component-inside" aria-label={`Inside ${service.name}`}>
        <header><h2>{service.name}</h2><p className="quiet">{[service.technology, service.context && `context ${service.context}`, service.team ? `team ${service.team}` : 'nobody owns it', plural(service.replicas, 'replica')].filter(Boolean).join(' · ')}</p>{service.description && <p>{service.description}</p>}</header>
        <div className="component-parts">
          <Block title="API" when={[service.rest, service.grpc, service.budgetMs].some((one) => one !== null) || service.versions.length > 0}>
            {service.rest && <li>REST <code>{service.rest}</code></li>}{service.grpc && <li>gRPC <code>{service.grpc}</code></li>}{service.versions.length > 0 && <li>versions {service.versions.join(', ')}</li>}{service.budgetMs !== null && <li>at most {duration(service.budgetMs)} a request</li>}
          </Block>
          <Block title="Jobs" when={service.jobs.length > 0}>{service.jobs.map((job) => <li key={job.name}>{job.name} <code>{job.when}</code></li>)}</Block>
          <Block title="Sagas" when={service.sagas.length > 0}>{service.sagas.map((saga) => <li key={saga}>{saga}</li>)}</Block>
          <Block title="Publishes" when={service.publishes.length > 0}>{service.publishes.map((event) => <li key={event.name}>{event.name} <span className="quiet">to {event.topic}{event.others.length > 0 ? ', for ' : ', nobody takes it'}</span>{event.others.map((other, index) => <span key={other}>{index > 0 && ', '}<ServiceLink of={of} name={other} go={go} /></span>)}</li>)}</Block>
          {kinds.map((kind) => (
            <Block key={kind} title={`${entryNames[kind] ?? kind}, from the source`} when>
              {source!.entries.filter((entry) => entry.kind === kind).map((entry, index) => <li key={index}><span className="entry-name">{entry.name}</span> <Where place={entry.place} /></li>)}
            </Block>
          ))}
        </div>
        <p className="quiet">{source ? `${plural(source.types, 'type')}, ${plural(source.codeLines, 'line')} of code, ${plural(source.entries.length, 'entry point')}.` : of.sources ? 'No C# of it was found, so its entry points are not known.' : 'Entry points: not evaluated, needs source.'}</p>
      </section>
      <section className="component-side" aria-label="What it uses">
        <h2>Uses</h2>
        <Part title="Services" when={service.calls.length}>{service.calls.map((call) => <li key={call.callee}><ServiceLink of={of} name={call.callee} go={go} /> <span className="quiet">{[call.protocol, call.timeoutMs === null ? 'no timeout' : duration(call.timeoutMs), call.retries > 0 && plural(call.retries, 'retry', 'retries'), call.required && 'required'].filter(Boolean).join(', ')}</span></li>)}</Part>
        <Part title="Stores" when={service.stores.length}>{service.stores.map((store) => <li key={store.name}>{store.name} <span className="quiet">{store.engine}{store.tables.length > 0 && `: ${store.tables.join(', ')}`}{store.pii.length > 0 && `; personal: ${store.pii.join(', ')}`}</span></li>)}</Part>
        <Part title="External" when={externals.length}>{externals.map((one) => <li key={one.name}>{one.name} <span className="quiet">{one.what}</span>{one.place && <> <Where place={one.place} /></>}</li>)}</Part>
        <Part title="Seen, not declared" when={seen.filter((edge) => edge.from === service.name).length}>{seen.filter((edge) => edge.from === service.name).map((edge) => <li key={edge.to}><Link className="tone-warn" href={go({ view: 'drift', at: `${edge.from}>${edge.to}` })}>{edge.to}</Link></li>)}</Part>
        {service.calls.length + service.stores.length + externals.length === 0 && <p className="quiet">It is declared to use nothing.</p>}
      </section>
    </div>
  )
}

const entryNames: Record<string, string> = { controller: 'Controllers', minimalApi: 'Endpoints', page: 'Pages', grpc: 'gRPC methods', hub: 'Hubs', soap: 'SOAP operations', consumer: 'Consumers', job: 'Jobs', hosted: 'Background work', program: 'Programs' }

const Part = ({ title, when, children }: { title: string; when: number; children: ReactNode }) => (when > 0 ? <div><h3>{title}</h3><ul className="plain-list">{children}</ul></div> : null)
const Block = ({ title, when, children }: { title: string; when: boolean; children: ReactNode }) => (when ? <div className="component-part"><h3>{title}</h3><ul className="plain-list">{children}</ul></div> : null)
