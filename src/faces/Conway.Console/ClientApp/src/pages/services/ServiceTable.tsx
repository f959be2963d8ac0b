import { Fragment } from 'react'
import type { ServiceInfo } from '../../api/types'
import { duration, nothing, rate, ratio, tied } from '../../parts/format'
import { Shape, State } from '../../parts/State'
import { leftOutBy } from './ejection'

type Props = { services: ServiceInfo[]; group: '' | 'context' | 'team'; open: string; onOpen: (name: string) => void }

export function ServiceTable({ services, group, open, onOpen }: Props) {
  const sections = group ? [...Map.groupBy(services, (service) => service[group] ?? `no ${group}`)].sort(([a], [b]) => a.localeCompare(b)) : [['', services] as [string, ServiceInfo[]]]
  return (
    <table className="rows services">
      <caption className="sr">Services; rates are of the last 60 seconds</caption>
      <thead>
        <tr><th>Service</th><th>State</th><th>Replicas</th><th className="wide-only">Team</th><th className="number">Requests</th><th className="number">Errors</th><th className="number wide-only">p50</th><th className="number">p99</th></tr>
      </thead>
      {sections.map(([name, members]) => (
        <Fragment key={name}>
          {name && <tbody><tr className="group-row"><th colSpan={8} scope="rowgroup">{name} <span>{members.length}</span></th></tr></tbody>}
          <tbody>
            {members.map((service) => {
              const why = note(service)
              return <tr key={service.name} className={service.name === open ? 'row-open' : undefined} onClick={() => onOpen(service.name)}>
                <td className="row-main"><button type="button" data-row="" className="filter-link strong">{service.name}</button><span className="description">{service.description}</span></td>
                <td className={why ? 'state-cell has-note' : 'state-cell'}><State state={service.state} />{why && <div className="note">{tied(why)}</div>}</td>
                <td data-label="replicas"><span className="replica-shapes">{service.replicas.map((replica) => <span key={replica.name} title={`${replica.name} ${replica.state}`}><Shape state={replica.ejectedUntil && replica.state === 'healthy' ? 'ejected' : replica.state} /></span>)}<span className="quiet">{service.replicas.filter((replica) => replica.state === 'healthy').length}/{service.wanted}</span></span></td>
                <td className="quiet wide-only" data-label="team">{service.team ?? nothing}</td>
                <td className="number" data-label="requests">{rate(service.rate?.requestsPerSecond)}</td>
                <td className="number" data-label="errors"><span className={service.rate?.errorRatio ? 'tone-bad' : undefined}>{ratio(service.rate?.errorRatio)}</span></td>
                <td className="number wide-only" data-label="p50">{duration(service.rate?.p50Ms)}</td>
                <td className="number" data-label="p99">{duration(service.rate?.p99Ms)}</td>
              </tr>
            })}
          </tbody>
        </Fragment>
      ))}
    </table>
  )
}

function note(service: ServiceInfo): string | null {
  if (service.build.state === 'failed') return 'does not build'
  if (service.waitingFor.length > 0) return `waits for ${service.waitingFor.join(', ')}`
  const reason = service.replicas.find((replica) => replica.reason !== null)?.reason
  if (reason) return reason
  const ejected = service.replicas.find((replica) => replica.ejectedUntil !== null)
  return ejected ? `${ejected.name}: ${leftOutBy(ejected)}` : null
}
