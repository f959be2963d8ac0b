import { ReactFlowProvider } from '@xyflow/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useGraph, useServices, useSystem } from '../../api/queries'
import type { Graph, ServiceInfo, SystemInfo } from '../../api/types'
import { Link } from '../../app/Link'
import { useNarrow } from '../../app/narrow'
import { link, useParameter } from '../../app/url'
import { duration, plural, rate, ratio } from '../../parts/format'
import { Empty, Failure, Page, Waiting } from '../../parts/Notes'
import { Segments } from '../../parts/Segments'
import { ServicePanel } from '../services/ServicePanel'
import { EdgePanel } from './EdgePanel'
import { EdgeTable } from './EdgeTable'
import { JourneyStrip } from './Journeys'
import { packedFrom } from './packed'
import { Picture } from './Picture'
import { changesOf, edgeId, foldStores, type Grouping } from './shape'
import { useLayout } from './useLayout'
import './system.css'

const noStores: ReadonlyMap<string, string[]> = new Map()

export default function SystemPage() {
  const system = useSystem()
  const services = useServices()
  const graph = useGraph()
  const [grouping, setGrouping] = useParameter('group')
  const [view, setView] = useParameter('view')
  const [at, setAt] = useParameter('at')
  const group = (grouping || 'context') as Grouping
  const direction = useNarrow() ? 'DOWN' : 'RIGHT'
  // On a narrow screen hundreds of parts cannot be read as a picture, so the table comes first there.
  const usual = direction === 'DOWN' && (graph.data?.nodes.length ?? 0) >= packedFrom ? 'table' : 'picture'
  const shown = view || usual
  const folded = useMemo(() => (graph.data ? foldStores(graph.data) : undefined), [graph.data])
  const { layout, failed } = useLayout(folded?.graph, system.data?.name, group, direction, folded?.stores ?? noStores)

  const edge = at.includes('>') ? graph.data?.edges.find((one) => edgeId(one) === at) : undefined
  const node = graph.data?.nodes.find((one) => one.id === at)
  return (
    <Page fill question="Is the system well?" answer={<Answer system={system.data} services={services.data} graph={graph.data} />}
      tools={<>
        {shown === 'picture' && <Segments label="Group by" value={group} options={[['context', 'Context'], ['team', 'Team'], ['none', 'None']]} onChange={(value) => setGrouping(value === 'context' ? '' : value)} />}
        <Segments label="Show as" value={shown} options={[['picture', 'Picture'], ['table', 'Table']]} onChange={(value) => setView(value === usual ? '' : value)} />
      </>}>
      {graph.error && <Failure error={graph.error} onRetry={() => void graph.refetch()} still="The other pages may still work." />}
      <div className="split">
        <div className="split-main picture-space">
          {shown === 'table' && graph.data ? <EdgeTable graph={graph.data} selected={at} />
            : graph.data?.nodes.length === 0 ? <Empty command="conway init">The model has no service yet. This finds the projects in a folder and writes a starter model:</Empty>
              : failed ? <Empty>The picture could not be laid out. The table shows the same facts.</Empty>
                : folded && layout ? <ReactFlowProvider key={`${group} ${direction}`}><Picture graph={folded.graph} stores={folded.stores} layout={layout} direction={direction} selected={at} onSelect={setAt} /></ReactFlowProvider>
                  : !graph.error && <Waiting>{graph.data ? `Placing ${plural(graph.data.nodes.length, 'part')} on the picture` : 'Asking the node for the graph'}</Waiting>}
          <Spoken graph={graph.data} />
        </div>
        {edge && <EdgePanel edge={edge} onClose={() => setAt('')} />}
        {node?.kind === 'service' && <ServicePanel name={node.id} onClose={() => setAt('')} />}
      </div>
      <JourneyStrip />
    </Page>
  )
}

function Answer({ system, services, graph }: { system: SystemInfo | undefined; services: ServiceInfo[] | undefined; graph: Graph | undefined }) {
  if (!system) return <>&nbsp;</>
  const ill = (services ?? []).filter((service) => service.state !== 'healthy')
  const gateway = graph?.nodes.find((node) => node.kind === 'gateway')
  const word = { starting: 'Not yet', running: 'Yes', degraded: 'No', stopping: 'It is stopping' }[system.state]
  return (
    <>
      <strong>{word}.</strong> {system.healthy} of {plural(system.services, 'service')} healthy.{' '}
      {ill.length > 0 && <>{ill.slice(0, 4).map((service, index) => <span key={service.name}>{index > 0 && ', '}<Link href={link('/system', { at: service.name })}>{service.name}</Link> {service.state === 'waiting' && service.waitingFor.length ? `waits for ${service.waitingFor.join(', ')}` : service.state}</span>)}{ill.length > 4 && ` and ${ill.length - 4} more`}.{' '}</>}
      {gateway && (gateway.requestsPerSecond === null ? 'No request through the gateway in the last 60 s.' : <>Through the gateway: {rate(gateway.requestsPerSecond)}, {ratio(gateway.errorRatio)} errors, p99 {duration(gateway.p99Ms)}, last 60 s.</>)}
    </>
  )
}

/** Tells a screen reader what changed on the picture. */
function Spoken({ graph }: { graph: Graph | undefined }) {
  const before = useRef<Graph | undefined>(undefined)
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (!graph) return
    const changes = changesOf(before.current, graph)
    before.current = graph
    if (changes.length > 0) setSaid(changes.slice(0, 3).join('. '))
  }, [graph])
  return <p className="sr" role="status">{said}</p>
}
