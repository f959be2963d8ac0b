import { Background, BackgroundVariant, BaseEdge, EdgeLabelRenderer, getBezierPath, Handle, MarkerType, Position, ReactFlow, useReactFlow, useStore, type Edge, type EdgeProps, type Node, type NodeProps } from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { memo, useMemo } from 'react'
import type { Graph, GraphEdge, GraphNode } from '../../api/types'
import { usePainted } from '../../app/theme'
import { duration, plural, rate, ratio } from '../../parts/format'
import { Shape } from '../../parts/State'
import { placeLabels } from './labels'
import type { Layout } from './layout'
import { Legend } from './Legend'
import { roundedPath, type Point } from './lines'
import { edgeId, kindOf, widthOf } from './shape'

type PartNode = Node<{ node: GraphNode; stores: string[]; selected: boolean; dimmed: boolean }, 'part'>
type GroupNode = Node<{ name: string }, 'group'>
type CallEdge = Edge<{ edge: GraphEdge; points: Point[] | undefined; labelAt: Point | undefined; selected: boolean; dimmed: boolean; label: boolean }, 'call'>

const Part = memo(({ data: { node, stores, selected, dimmed }, sourcePosition, targetPosition }: NodeProps<PartNode>) => (
  <div className={`part part-${node.kind}${selected ? ' part-selected' : ''}${dimmed ? ' part-dimmed' : ''}`}>
    <Handle type="target" position={targetPosition ?? Position.Left} isConnectable={false} />
    <div className="part-name"><Shape state={node.state} size={11} /><span>{node.id}</span>{node.kind === 'service' && <span className="part-replicas">{node.healthy}/{node.replicas}</span>}</div>
    {node.kind !== 'store' && (
      <div className="part-figures">
        {node.requestsPerSecond === null
          ? <span className="part-none">{node.state === 'unknown' || node.state === 'healthy' ? 'no traffic seen' : node.state}</span>
          : <><span>{rate(node.requestsPerSecond)}</span><span className={node.errorRatio ? 'tone-bad' : undefined}>{ratio(node.errorRatio)}</span><span>{duration(node.p99Ms)}</span></>}
      </div>
    )}
    {stores.map((store) => <div key={store} className="part-own"><svg width="10" height="10" viewBox="0 0 12 12" aria-hidden="true"><path d="M1.5 3c0-2 9-2 9 0v6c0 2-9 2-9 0zm0 0c0 2 9 2 9 0" fill="none" stroke="currentColor" /></svg>{store}</div>)}
    <Handle type="source" position={sourcePosition ?? Position.Right} isConnectable={false} />
  </div>
))

const Group = memo(({ data, width, height }: NodeProps<GroupNode>) => <div className="part-group" style={{ width, height }}><span>{data.name}</span></div>)

function Call({ id, data, markerEnd, ...ends }: EdgeProps<CallEdge>) {
  const { edge, points, labelAt, selected, dimmed, label } = data!
  const kind = kindOf(edge)
  const [bezier, bezierX, bezierY] = getBezierPath(ends)
  const path = points ? roundedPath(points) : bezier
  const at = points ? labelAt : { x: bezierX, y: bezierY }
  const failing = (edge.errorRatio ?? 0) > 0
  return (
    <>
      <BaseEdge id={id} path={path} markerEnd={markerEnd} interactionWidth={14} style={{ strokeWidth: widthOf(edge.requestsPerSecond) }}
        className={`call call-${kind}${failing ? ' call-failing' : ''}${selected ? ' call-selected' : ''}${dimmed ? ' call-dimmed' : ''}`} />
      {at && (label || selected) && kind !== 'unexercised' && !dimmed && (
        <EdgeLabelRenderer>
          <div className={`call-label${failing ? ' tone-bad' : ''}`} style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}>
            {kind === 'drift' && <strong className="tone-warn">undeclared </strong>}{rate(edge.requestsPerSecond)}{failing && <> · {ratio(edge.errorRatio)} errors</>}{(edge.retriesPerSecond ?? 0) > 0 && <> · {rate(edge.retriesPerSecond)} retries</>}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
}

const nodeTypes = { part: Part, group: Group }
const edgeTypes = { call: Call }

type Props = { graph: Graph; stores: ReadonlyMap<string, string[]>; layout: Layout; direction: 'RIGHT' | 'DOWN'; selected: string; onSelect: (id: string) => void }

export function Picture({ graph, stores, layout, direction, selected, onSelect }: Props) {
  const painted = usePainted()
  const near = useMemo(() => {
    if (!selected) return null
    const ids = new Set(selected.split('>'))
    if (!selected.includes('>')) for (const edge of graph.edges) if (edge.from === selected || edge.to === selected) ids.add(edge.from).add(edge.to)
    return ids
  }, [graph.edges, selected])

  const nodes = useMemo<(PartNode | GroupNode)[]>(() => [
    ...Object.entries(layout.groups).map(([name, box]): GroupNode => ({ id: `group:${name}`, type: 'group', position: box, width: box.width, height: box.height, data: { name }, selectable: false, focusable: false, zIndex: -1 })),
    ...graph.nodes.flatMap((node): PartNode[] => {
      const box = layout.nodes[node.id]
      if (!box) return []
      return [{
        id: node.id, type: 'part', position: box, width: box.width, height: box.height, data: { node, stores: stores.get(node.id) ?? [], selected: node.id === selected, dimmed: near !== null && !near.has(node.id) },
        sourcePosition: direction === 'RIGHT' ? Position.Right : Position.Bottom, targetPosition: direction === 'RIGHT' ? Position.Left : Position.Top,
        ariaLabel: `${node.kind === 'unknown' ? 'unknown caller' : node.kind} ${node.id}${node.state === 'unknown' ? '' : `, ${node.state}`}${node.kind === 'service' ? `, ${node.healthy} of ${plural(node.replicas, 'replica')} healthy` : ''}${node.requestsPerSecond === null ? '' : `, ${rate(node.requestsPerSecond)}, ${ratio(node.errorRatio)} errors, p99 ${duration(node.p99Ms)}`}`,
      }]
    }),
  ], [graph.nodes, stores, layout, selected, near, direction])

  const few = graph.edges.length <= 30
  const many = graph.edges.length > 80
  const labels = useMemo(() => placeLabels(graph.edges
    .filter((edge) => edge.declared && edge.observed && layout.edges[edgeId(edge)])
    .sort((a, b) => labelWidth(b) - labelWidth(a))
    .map((edge) => ({ id: edgeId(edge), points: layout.edges[edgeId(edge)]!, width: labelWidth(edge) }))), [graph.edges, layout])
  const edges = useMemo<CallEdge[]>(() => graph.edges.filter((edge) => layout.nodes[edge.from] && layout.nodes[edge.to]).map((edge) => {
    const id = edgeId(edge)
    const kind = kindOf(edge)
    const failing = (edge.errorRatio ?? 0) > 0
    return {
      id, type: 'call', source: edge.from, target: edge.to, focusable: false,
      data: { edge, points: edge.declared ? layout.edges[id] : undefined, labelAt: labels[id], selected: id === selected, dimmed: near !== null ? id !== selected && edge.from !== selected && edge.to !== selected : many && kind !== 'drift' && !failing, label: few || edge.from === selected || edge.to === selected },
      markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, markerUnits: 'userSpaceOnUse', color: `var(--call-${failing ? 'failing' : kind})` },
    }
  }), [graph.edges, layout, labels, selected, near, few, many])

  return (
    <ReactFlow className="picture" nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} colorMode={painted} fitView fitViewOptions={{ padding: 0.06, maxZoom: 1.1 }} minZoom={0.08} maxZoom={2}
      nodesDraggable={false} nodesConnectable={false} elementsSelectable deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null} onlyRenderVisibleElements={graph.nodes.length > 60} proOptions={{ hideAttribution: true }}
      onNodeClick={(_, node) => { if (node.type === 'part') onSelect(node.id) }} onEdgeClick={(_, edge) => onSelect(edge.id)} onPaneClick={() => onSelect('')}
      onNodesChange={(changes) => { for (const change of changes) if (change.type === 'select' && change.selected && change.id !== selected) onSelect(change.id) }}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1} color="var(--line)" />
      <Zoom />
      <Legend open={window.innerWidth > 760 && graph.nodes.length < 60} />
      <FarAway />
    </ReactFlow>
  )
}

/** About as wide as the words of the label; edges in trouble say more, and so get their place first. */
const labelWidth = (edge: GraphEdge) => 44 + (edge.errorRatio ? 70 : 0) + (edge.retriesPerSecond ? 80 : 0)

/** From far away figures cannot be read: names grow and figures go. */
function FarAway() {
  const far = useStore((store) => store.transform[2] < 0.5)
  return far ? <span hidden data-far="" /> : null
}

function Zoom() {
  const flow = useReactFlow()
  return (
    <div className="zoom" role="group" aria-label="Zoom">
      <button type="button" aria-label="Zoom in" onClick={() => void flow.zoomIn({ duration: 120 })}>+</button>
      <button type="button" aria-label="Zoom out" onClick={() => void flow.zoomOut({ duration: 120 })}>−</button>
      <button type="button" onClick={() => void flow.fitView({ padding: 0.06, duration: 160 })}>Fit</button>
    </div>
  )
}
