import { useMemo, type ReactNode } from 'react'
import type { Architecture, DeclaredService } from '../../api/types'
import { Link } from '../../app/Link'
import { plural } from '../../parts/format'
import { Empty } from '../../parts/Notes'
import { Segments } from '../../parts/Segments'
import { Component } from './Component'
import { Diagram, type DiagramBox, type DiagramLine } from './Diagram'
import { linesOf } from './place'

/** More services than this are shown one context at a time, with the others as boxes around it. */
const togetherMax = 24
export const levels: [string, string][] = [['', 'Context'], ['container', 'Container'], ['component', 'Component']]

type Go = (change: Record<string, string>) => string
type Props = { of: Architecture; level: string; at: string; part: string; go: Go; direction: 'RIGHT' | 'DOWN'; onLevel: (level: string) => void; onPart: (context: string) => void; onAt: (service: string) => void }

/** The system after C4 (Brown): who uses it and what it uses; what runs in it; what one of its services is made of. */
export function C4({ of, level, at, part, go, direction, onLevel, onPart, onAt }: Props) {
  const service = of.services.find((one) => one.name === at) ?? of.services[0]
  const areas = useMemo(() => [...new Set(of.services.map((one) => one.context ?? ''))], [of.services])
  const one = of.services.length > togetherMax ? (areas.includes(part) ? part : (areas[0] ?? '')) : null
  if (of.services.length === 0) return <Empty command="conway init">The model has no service yet. This finds the projects in a folder and writes a starter model:</Empty>
  return (
    <>
      <div className="c4-tools">
        <Segments label="Level" value={level} options={levels} onChange={onLevel} />
        {level === 'container' && one !== null && <label className="quiet">Context <select value={one} onChange={(event) => onPart(event.target.value)}>{areas.map((area) => <option key={area} value={area}>{area || '(none)'}</option>)}</select></label>}
        {level === 'component' && <label className="quiet">Service <select value={service!.name} onChange={(event) => onAt(event.target.value)}>{of.services.map((each) => <option key={each.name}>{each.name}</option>)}</select></label>}
      </div>
      {level === '' && <Diagram {...contextLevel(of, go)} direction={direction} name="C4 context" />}
      {level === 'container' && <Diagram {...containerLevel(of, one, at, go)} direction={direction} name="C4 containers" />}
      {level === 'component' && <Component of={of} service={service!} go={go} />}
    </>
  )
}

const width = 208

function boxOf(id: string, kind: string, title: string, technology: string, about: string | null, href: string, chosen = false, extra: ReactNode = null): DiagramBox {
  const inner = width - 26
  const aboutLines = about ? linesOf(about, inner, 4, 6.5) : 0
  return {
    id, width, className: `c4 c4-${kind}`, href, chosen,
    height: 20 + linesOf(title, inner, 9, 8.2) * 19 + linesOf(technology, inner, 9, 6.4) * 16 + (aboutLines > 0 ? 5 + aboutLines * 16 : 0) + (kind === 'person' ? 16 : 0),
    content: <>{kind === 'person' && <svg className="c4-head" width="18" height="14" viewBox="0 0 18 14" aria-hidden="true"><circle cx="9" cy="4" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.4" /><path d="M2 14c0-8 14-8 14 0" fill="none" stroke="currentColor" strokeWidth="1.4" /></svg>}<strong>{title}</strong><span className="c4-technology">{technology}</span>{about && <span className="c4-about">{about}</span>}{extra}</>,
  }
}

const lineOf = (id: string, from: string, to: string, label: string | undefined, chosen = false, dash?: 'long'): DiagramLine => ({ id, from, to, tone: 'quiet', arrow: true, label, chosen, spoken: `${from} to ${to}`, ...(dash ? { dash } : {}) })

/** Level 1: the system as one box, with who uses it and what it uses. */
function contextLevel(of: Architecture, go: Go): { boxes: DiagramBox[]; lines: DiagramLine[] } {
  const system = go({ level: 'container' })
  const people = of.users.length > 0 ? of.users.map((user) => boxOf(`user ${user.journey}`, 'person', user.journey, 'person, from a journey', user.description, system)) : of.services.some((service) => service.routes.length > 0) ? [boxOf('user', 'person', 'Clients', 'person or program', 'Whoever calls the gateway.', system)] : []
  const outside = of.externals.map((one) => boxOf(`external ${one.name}`, 'external', one.name, one.what === 'named in the source' ? 'external system, named in the source' : one.what, one.services.length === 0 ? null : `used by ${some(one.services)}`, one.services[0] ? go({ level: 'component', at: one.services[0] }) : system))
  return {
    boxes: [...people, boxOf('system', 'system', of.system, `software system, ${plural(of.services.length, 'service')}`, of.description, system), ...outside],
    lines: [...people.map((person) => lineOf(`${person.id}>system`, person.id, 'system', 'uses')), ...outside.map((one) => lineOf(`system>${one.id}`, 'system', one.id, 'uses', false, 'long'))],
  }
}

const some = (names: string[]) => (names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`)

/** Level 2: what runs and what keeps data. Of a large system one context whole, the others as one box each. */
function containerLevel(of: Architecture, part: string | null, at: string, go: Go): { boxes: DiagramBox[]; lines: DiagramLine[] } {
  const inside = part === null ? of.services : of.services.filter((service) => (service.context ?? '') === part)
  const shown = new Set(inside.map((service) => service.name))
  const home = new Map(of.services.map((service) => [service.name, service.context ?? '']))
  const boxes = new Map<string, DiagramBox>()
  const lines = new Map<string, DiagramLine>()
  const near = (name: string) => {
    if (shown.has(name)) return name
    const area = home.get(name)
    if (area === undefined) return null
    if (!boxes.has(`context ${area}`)) boxes.set(`context ${area}`, boxOf(`context ${area}`, 'external', area || '(none)', 'another context', plural(of.services.filter((one) => (one.context ?? '') === area).length, 'service'), go({ level: 'container', part: area, at: '' })))
    return `context ${area}`
  }
  const tie = (from: string, to: string | null, label?: string, dash?: 'long') => {
    if (to && from !== to && !lines.has(`${from}>${to}`)) lines.set(`${from}>${to}`, lineOf(`${from}>${to}`, from, to, label, from === at || to === at, dash))
  }

  const entered = inside.filter((service) => service.routes.length > 0)
  if (entered.length > 0) boxes.set('gateway', boxOf('gateway', 'gateway', 'gateway', 'container: gateway', `${plural(entered.reduce((sum, service) => sum + service.routes.length, 0), 'route')} in`, go({ at: '' })))
  for (const service of inside) boxes.set(service.name, boxOf(service.name, 'container', service.name, `container: ${service.technology}`, service.description, go({ level: 'component', at: service.name }), service.name === at))
  for (const service of entered) tie('gateway', service.name)
  for (const service of inside) {
    for (const call of service.calls) tie(service.name, near(call.callee), call.protocol === 'grpc' ? 'gRPC' : undefined)
    for (const store of service.stores) {
      boxes.set(`store ${store.name}`, boxOf(`store ${store.name}`, 'store', store.name, `store: ${store.engine}`, store.tables.length > 0 ? `tables ${some(store.tables)}` : null, go({ level: 'component', at: service.name })))
      tie(service.name, `store ${store.name}`)
    }
  }
  for (const other of of.services) if (!shown.has(other.name)) for (const call of other.calls) if (shown.has(call.callee)) tie(near(other.name)!, call.callee)
  for (const service of inside) for (const event of service.publishes) for (const taker of event.others) tie(service.name, near(taker), event.name, 'long')
  return { boxes: [...boxes.values()], lines: [...lines.values()] }
}

export const serviceNamed = (of: Architecture, name: string): DeclaredService | undefined => of.services.find((one) => one.name === name)

export const ServiceLink = ({ of, name, go }: { of: Architecture; name: string; go: Go }) => (serviceNamed(of, name) ? <Link href={go({ view: 'c4', level: 'component', at: name })}>{name}</Link> : <span>{name}</span>)
