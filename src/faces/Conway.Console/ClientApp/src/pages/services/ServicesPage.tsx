import { useMemo } from 'react'
import { useServices, useSystem } from '../../api/queries'
import type { ServiceInfo } from '../../api/types'
import { useParameter } from '../../app/url'
import { plural } from '../../parts/format'
import { Empty, Failure, Page, Waiting } from '../../parts/Notes'
import { Segments } from '../../parts/Segments'
import { ServicePanel } from './ServicePanel'
import { ServiceTable } from './ServiceTable'
import './services.css'

export default function ServicesPage() {
  const services = useServices()
  const system = useSystem()
  const [open, setOpen] = useParameter('service')
  const [filter, setFilter] = useParameter('filter')
  const [group, setGroup] = useParameter('group')

  const found = useMemo(() => (services.data ?? []).filter((service) => matches(service, filter)), [services.data, filter])
  return (
    <Page fill question="Which services run, and how are they?" answer={<Answer services={services.data} />}
      tools={<>
        <input className="input" type="search" data-search="" aria-label="Filter services" placeholder="Name, team, state" value={filter} onChange={(event) => setFilter(event.target.value, true)} />
        <Segments label="Group by" value={group || 'none'} options={[['none', 'Model order'], ['context', 'Context'], ['team', 'Team']]} onChange={(value) => setGroup(value === 'none' ? '' : value)} />
      </>}>
      {services.error && <Failure error={services.error} onRetry={() => void services.refetch()} />}
      {!services.data && !services.error && <Waiting>Asking the node for its services</Waiting>}
      <div className="split">
        <div className="split-main">
          {services.data?.length === 0 && <Empty command="conway init">{system.data?.name ?? 'The system'} has no service yet. This finds the projects in a folder and writes a starter model:</Empty>}
          {services.data && services.data.length > 0 && found.length === 0 && <Empty>No service matches “{filter}”. Try a part of a name, a team, a context, or a state such as failed.</Empty>}
          {found.length > 0 && <ServiceTable services={found} group={group as '' | 'context' | 'team'} open={open} onOpen={setOpen} />}
        </div>
        {open && <ServicePanel name={open} onClose={() => setOpen('')} />}
      </div>
    </Page>
  )
}

function matches(service: ServiceInfo, filter: string): boolean {
  const text = [service.name, service.description, service.context, service.team, service.state, ...service.tags].join(' ').toLowerCase()
  return filter.toLowerCase().split(/\s+/).every((word) => text.includes(word))
}

function Answer({ services }: { services: ServiceInfo[] | undefined }) {
  if (!services) return <>&nbsp;</>
  const replicas = services.reduce((sum, service) => sum + service.replicas.length, 0)
  const states = new Map<string, number>()
  for (const service of services) states.set(service.state, (states.get(service.state) ?? 0) + 1)
  return <><strong>{plural(services.length, 'service')}</strong> in {plural(replicas, 'replica')}: {[...states].map(([state, number]) => `${number} ${state}`).join(', ')}. Rates are of the last 60{'\u00a0'}s.</>
}
