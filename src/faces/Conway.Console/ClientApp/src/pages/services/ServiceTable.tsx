import { useEffect, useMemo, useRef } from 'react'
import type { ServiceInfo } from '../../api/types'
import { duration, nothing, rate, ratio, tied } from '../../parts/format'
import { LeftOut, useLongRows, type RowPlace } from '../../parts/LongRows'
import { Shape, State } from '../../parts/State'
import { leftOutBy } from './ejection'

type Props = { services: ServiceInfo[]; group: '' | 'context' | 'team'; open: string; onOpen: (name: string) => void }

export function ServiceTable({ services, group, open, onOpen }: Props) {
  const table = useRef<HTMLTableElement>(null)
  const lines = useMemo(() => linesOf(services, group), [services, group])
  const rows = useLongRows(lines.length, 33, table)

  // A link to a service shows its row.
  const chosen = useRef('')
  useEffect(() => {
    if (!rows.long || chosen.current === open) return
    chosen.current = open
    const at = lines.findIndex((line) => 'service' in line && line.service.name === open)
    if (at >= 0 && !rows.shown.includes(at)) rows.show(at)
  })

  return (
    <table className={`rows services${rows.long ? ' long' : ''}`} ref={table} aria-rowcount={rows.long ? lines.length + 1 : undefined}>
      <caption className="sr">Services; rates are of the last 60 seconds</caption>
      <thead>
        <tr><th>Service</th><th>State</th><th>Replicas</th><th className="wide-only">Team</th><th className="number">Requests</th><th className="number">Errors</th><th className="number wide-only">p50</th><th className="number">p99</th></tr>
      </thead>
      <tbody>
        <LeftOut height={rows.above} />
        {rows.shown.map((index) => {
          const line = lines[index]!
          const place = { 'data-index': index, 'aria-rowindex': rows.long ? index + 2 : undefined, ref: rows.measure }
          return 'service' in line
            ? <ServiceRow key={line.service.name} place={place} service={line.service} open={line.service.name === open} onOpen={onOpen} />
            : <tr key={`group ${line.group}`} className="group-row" {...place}><th colSpan={8} scope="rowgroup">{line.group} <span>{line.count}</span></th></tr>
        })}
        <LeftOut height={rows.below} />
      </tbody>
    </table>
  )
}

type Line = { service: ServiceInfo } | { group: string; count: number }

/** The services in the order of the model, or group by group, each group under its name. */
function linesOf(services: ServiceInfo[], group: Props['group']): Line[] {
  if (!group) return services.map((service) => ({ service }))
  const groups = Map.groupBy(services, (service) => service[group] ?? `no ${group}`)
  return [...groups].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).flatMap(([name, members]): Line[] => [{ group: name, count: members.length }, ...members.map((service) => ({ service }))])
}

type RowProps = { place: RowPlace; service: ServiceInfo; open: boolean; onOpen: (name: string) => void }

function ServiceRow({ place, service, open, onOpen }: RowProps) {
  const why = note(service)
  return (
    <tr className={open ? 'row-open' : undefined} onClick={() => onOpen(service.name)} {...place}>
      <td className="row-main"><button type="button" data-row="" className="filter-link strong">{service.name}</button><span className="apart"> </span><span className="description">{service.description}</span></td>
      <td className={why ? 'state-cell has-note' : 'state-cell'}><State state={service.state} />{why && <div className="note">{tied(why)}</div>}</td>
      <td data-label="replicas"><span className="replica-shapes">{shownOf(service).map((replica) => <span key={replica.name} title={`${replica.name} ${replica.state}`}><Shape state={replica.ejectedUntil && replica.state === 'healthy' ? 'ejected' : replica.state} /></span>)}<span className="quiet">{service.replicas.filter((replica) => replica.state === 'healthy').length}/{service.wanted}</span></span></td>
      <td className="quiet wide-only team-cell" data-label="team" title={service.team ?? undefined}>{service.team ?? nothing}</td>
      <td className="number" data-label="requests">{rate(service.rate?.requestsPerSecond)}</td>
      <td className="number" data-label="errors"><span className={service.rate?.errorRatio ? 'tone-bad' : undefined}>{ratio(service.rate?.errorRatio)}</span></td>
      <td className="number wide-only" data-label="p50">{duration(service.rate?.p50Ms)}</td>
      <td className="number" data-label="p99">{duration(service.rate?.p99Ms)}</td>
    </tr>
  )
}

/** Where many run, only those that are not well are drawn, and not more of them than fit: the count beside them tells the rest. */
function shownOf({ replicas }: ServiceInfo) {
  return replicas.length <= 12 ? replicas : replicas.filter((replica) => replica.state !== 'healthy' || replica.ejectedUntil).slice(0, 12)
}

function note(service: ServiceInfo): string | null {
  if (service.build.state === 'failed') return 'does not build'
  if (service.waitingFor.length > 0) return `waits for ${service.waitingFor.join(', ')}`
  const reason = service.replicas.find((replica) => replica.reason !== null)?.reason
  if (reason) return reason
  const ejected = service.replicas.find((replica) => replica.ejectedUntil !== null)
  return ejected ? `${ejected.name}: ${leftOutBy(ejected)}` : null
}
