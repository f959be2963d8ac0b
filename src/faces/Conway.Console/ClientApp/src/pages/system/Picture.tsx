import { Background, BackgroundVariant, BaseEdge, EdgeLabelRenderer, getViewportForBounds, Handle, MarkerType, Position, ReactFlow, useReactFlow, useStore, type Edge, type EdgeProps, type Node, type NodeProps, type Viewport } from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { memo, useCallback, useEffect, useMemo, useRef, type CSSProperties } from 'react'
import type { Graph, GraphEdge, GraphNode } from '../../api/types'
import { usePainted } from '../../app/theme'
import { duration, plural, rate, ratio } from '../../parts/format'
import { Shape } from '../../parts/State'
import { placeLabels, placesOn } from './labels'
import type { Box, Layout } from './layout'
import { Legend } from './Legend'
import { boundsOf, clearCurve, curveBetween, roundedPath, type Curve, type Point } from './lines'
import { packedFrom } from './packed'
import { edgeId, kindOf, widthOf } from './shape'

type PartNode = Node<{ node: GraphNode; stores: string[]; selected: boolean; dimmed: boolean }, 'part'>
type GroupNode = Node<{ name: string }, 'group'>
type CallEdge = Edge<{ edge: GraphEdge; path: string; labelAt: Point | undefined; selected: boolean; dimmed: boolean; label: boolean }, 'call'>

const Part = memo(({ data: { node, stores, selected, dimmed }, sourcePosition, targetPosition }: NodeProps<PartNode>) => (
  <div className={`part part-${node.kind}${selected ? ' part-selected' : ''}${dimmed ? ' part-dimmed' : ''}`}>
    <Handle type="target" position={targetPosition ?? Position.Left} isConnectable={false} />
    <div className="part-name" title={node.id} style={{ '--letters': node.id.length } as CSSProperties}><Shape state={node.state} size={11} /><Name text={node.id} />{node.kind === 'service' && <span className="part-replicas">{node.healthy}/{node.replicas}</span>}</div>
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

/** Where there is no room for a whole name its middle goes: names that begin alike differ at their end. */
const Name = ({ text }: { text: string }) => (text.length > 8 ? <span className="name"><span>{text.slice(0, -4)}</span><span>{text.slice(-4)}</span></span> : <span className="name">{text}</span>)

const Group = memo(({ data, width, height }: NodeProps<GroupNode>) => <div className="part-group" style={{ width, height }}><span>{data.name}</span></div>)

function Call({ id, data, markerEnd }: EdgeProps<CallEdge>) {
  const { edge, path, labelAt: at, selected, dimmed, label } = data!
  const kind = kindOf(edge)
  const failing = (edge.errorRatio ?? 0) > 0
  return (
    <>
      <BaseEdge id={id} path={path} markerEnd={markerEnd} interactionWidth={14} style={{ strokeWidth: Math.max(selected ? 2.5 : 0, widthOf(edge.requestsPerSecond)) }}
        className={`call call-${kind}${failing ? ' call-failing' : ''}${selected ? ' call-selected' : ''}${dimmed ? ' call-dimmed' : ''}`} />
      {at && (label || selected) && kind !== 'unexercised' && !dimmed && (
        <EdgeLabelRenderer>
          <div className={`call-label${failing ? ' tone-bad' : ''}${selected ? ' call-label-selected' : ''}`} style={{ transform: `translate(-50%, -50%) translate(${at.x}px, ${at.y}px)` }}>
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
  const moved = useRef(false)
  const near = useMemo(() => {
    if (!selected) return null
    const ids = new Set(selected.split('>'))
    if (!selected.includes('>')) for (const edge of graph.edges) if (edge.from === selected || edge.to === selected) ids.add(edge.from).add(edge.to)
    return ids
  }, [graph.edges, selected])

  const nodes = useMemo<(PartNode | GroupNode)[]>(() => [
    ...Object.entries(layout.groups).map(([name, box]): GroupNode => ({ id: `group:${name}`, type: 'group', position: box, width: box.width, height: box.height, data: { name }, selectable: false, focusable: false })),
    ...graph.nodes.flatMap((node): PartNode[] => {
      const box = layout.nodes[node.id]
      if (!box) return []
      return [{
        id: node.id, type: 'part', zIndex: 2, position: box, width: box.width, height: box.height, data: { node, stores: stores.get(node.id) ?? [], selected: node.id === selected, dimmed: near !== null && !near.has(node.id) },
        sourcePosition: direction === 'RIGHT' ? Position.Right : Position.Bottom, targetPosition: direction === 'RIGHT' ? Position.Left : Position.Top,
        ariaLabel: `${node.kind === 'unknown' ? 'unknown caller' : node.kind} ${node.id}${node.state === 'unknown' ? '' : `, ${node.state}`}${node.kind === 'service' ? `, ${node.healthy} of ${plural(node.replicas, 'replica')} healthy` : ''}${node.requestsPerSecond === null ? '' : `, ${rate(node.requestsPerSecond)}, ${ratio(node.errorRatio)} errors, p99 ${duration(node.p99Ms)}`}`,
      }]
    }),
  ], [graph.nodes, stores, layout, selected, near, direction])

  const few = graph.edges.length <= 30
  const many = graph.edges.length > 80
  // Laid-out lines go around boxes; what was only seen has no such line and gets a curve.
  const lines = useMemo(() => {
    const boxes = Object.values(layout.nodes)
    const made = new Map<string, { path: string; places: Point[]; reach: Point[] }>()
    for (const edge of graph.edges) {
      const [from, to] = [layout.nodes[edge.from], layout.nodes[edge.to]]
      if (!from || !to) continue
      const points = edge.declared ? layout.edges[edgeId(edge)] : undefined
      const curve = points ? null : curveOf(from, to, direction, many ? [] : boxes)
      made.set(edgeId(edge), points ? { path: roundedPath(points), places: placesOn(points), reach: points } : { path: curve!.path, places: [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map(curve!.at), reach: [0.1, 0.25, 0.5, 0.75, 0.9].map(curve!.at).flatMap((at) => [at, ...besides(at)]) })
    }
    return made
    // Which edges there are, not what flows over them.
  }, [graph.edges.map((edge) => `${edgeId(edge)}${edge.declared}`).join(), layout, direction, many])
  const labels = useMemo(() => placeLabels(graph.edges
    .filter((edge) => edge.observed && lines.has(edgeId(edge)))
    .sort((a, b) => labelWidth(b) - labelWidth(a))
    .map((edge) => ({ id: edgeId(edge), places: lines.get(edgeId(edge))!.places, width: labelWidth(edge) })), Object.values(layout.nodes)), [graph.edges, lines, layout])
  const edges = useMemo<CallEdge[]>(() => graph.edges.filter((edge) => lines.has(edgeId(edge))).map((edge) => {
    const id = edgeId(edge)
    const kind = kindOf(edge)
    const failing = (edge.errorRatio ?? 0) > 0
    return {
      id, type: 'call', source: edge.from, target: edge.to, focusable: false,
      data: { edge, path: lines.get(id)!.path, labelAt: labels[id] ?? (id === selected ? lines.get(id)!.places[0] : undefined), selected: id === selected, dimmed: near !== null ? id !== selected && edge.from !== selected && edge.to !== selected : many && kind !== 'drift' && !failing, label: few || edge.from === selected || edge.to === selected },
      markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, markerUnits: 'userSpaceOnUse', color: id === selected ? 'var(--accent)' : `var(--call-${failing ? 'failing' : kind})` },
    }
  }), [graph.edges, lines, labels, selected, near, few, many])

  const whole = useMemo(() => boundsOf([...Object.values(layout.nodes), ...Object.values(layout.groups)], [...lines.values()].flatMap((line) => line.reach)), [layout, lines])
  const sight = useSight(whole, direction)
  const packed = graph.nodes.length >= packedFrom && Object.keys(layout.edges).length === 0

  return (
    <ReactFlow className={packed ? 'picture picture-packed' : 'picture'} nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} colorMode={painted} minZoom={zoomMin} maxZoom={2}
      nodesDraggable={false} nodesConnectable={false} elementsSelectable deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null} onlyRenderVisibleElements={graph.nodes.length > 60} proOptions={{ hideAttribution: true }}
      onMoveStart={(event) => { if (event) moved.current = true }}
      onNodeClick={(_, node) => { if (node.type === 'part') onSelect(node.id) }} onEdgeClick={(_, edge) => onSelect(edge.id)} onPaneClick={() => onSelect('')}
      onNodesChange={(changes) => { for (const change of changes) if (change.type === 'select' && change.selected && change.id !== selected) onSelect(change.id) }}
    >
      <Background variant={BackgroundVariant.Dots} gap={24} size={1} color="var(--line)" />
      <Sight moved={moved} layout={layout} selected={selected} sight={sight} />
      <Zoom moved={moved} sight={sight} />
      <Legend open={direction === 'RIGHT' && graph.nodes.length < 60 && !selected} />
      <FarAway />
    </ReactFlow>
  )
}

/** About as wide as the words of the label; edges in trouble say more, and so get their place first. */
const labelWidth = (edge: GraphEdge) => 44 + (edge.errorRatio ? 70 : 0) + (edge.retriesPerSecond ? 80 : 0) + (edge.declared ? 0 : 66)

/** As far as the words on an undeclared call reach. */
const besides = ({ x, y }: Point): Point[] => [{ x: x - 58, y }, { x: x + 58, y }]

function curveOf(from: Box, to: Box, direction: 'RIGHT' | 'DOWN', boxes: Box[]): Curve {
  const [start, end] = direction === 'RIGHT'
    ? [{ x: from.x + from.width, y: from.y + from.height / 2 }, { x: to.x, y: to.y + to.height / 2 }]
    : [{ x: from.x + from.width / 2, y: from.y + from.height }, { x: to.x + to.width / 2, y: to.y }]
  return boxes.length > 0 ? clearCurve(start, end, direction, boxes) : curveBetween(start, end, direction)
}

/** From far away figures cannot be read: they go, and names are written larger the farther the picture is. */
function FarAway() {
  const zoom = useStore((store) => Math.round(store.transform[2] * 25) / 25)
  const picture = useStore((store) => store.domNode)
  useEffect(() => picture?.style.setProperty('--zoom', String(Math.max(0.04, zoom))), [picture, zoom])
  return zoom < 0.6 ? <span hidden data-far="" /> : null
}

type SightOf = (width: number, height: number) => Viewport
const zoomMin = 0.08

/** How the picture stands when all of it is in sight, its lines too; below, room is kept for the buttons where they would lie on it. */
function useSight(whole: Box, direction: 'RIGHT' | 'DOWN'): SightOf {
  return useCallback((width, height) => getViewportForBounds(whole, width, height, zoomMin, 1.1, direction === 'DOWN' ? { top: 0.04, x: 0.03, bottom: '58px' } : 0.03), [whole, direction])
}

/** Keeps the whole picture in sight while its space changes, until a person has moved it. When a panel takes a part of the space nothing is made
 *  smaller: the picture only moves as far as what was chosen would be hidden. */
function Sight({ moved, layout, selected, sight }: { moved: { current: boolean }; layout: Layout; selected: string; sight: SightOf }) {
  const flow = useReactFlow()
  const width = useStore((store) => store.width)
  const height = useStore((store) => store.height)
  const ready = useStore((store) => store.nodes.length > 0)
  const fitted = useRef<Layout | null>(null)
  useEffect(() => {
    if (!ready || width === 0 || height === 0) return
    if (fitted.current !== layout || (!moved.current && !selected)) {
      fitted.current = layout
      void flow.setViewport(nearTo(layout.nodes[selected.split('>')[0]!], sight(width, height), width, height))
      return
    }
    const boxes = selected.split('>').flatMap((id) => layout.nodes[id] ?? [])
    if (boxes.length === 0) return
    const { x, y, zoom } = flow.getViewport()
    const [dx, dy] = [hiddenBy(boxes.map((box) => [box.x * zoom + x, (box.x + box.width) * zoom + x]), width), hiddenBy(boxes.map((box) => [box.y * zoom + y, (box.y + box.height) * zoom + y]), height)]
    if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x - dx, y: y - dy, zoom }, { duration: 160 })
  }, [flow, ready, width, height, layout, selected, moved, sight])
  return null
}

/** The whole; but of a picture so large that no name could be read in it, a link to a part shows that part and what is around it. */
function nearTo(part: Box | undefined, whole: Viewport, width: number, height: number): Viewport {
  const zoom = 0.62
  return part && whole.zoom < 0.25 ? { x: width / 2 - (part.x + part.width / 2) * zoom, y: height / 2 - (part.y + part.height / 2) * zoom, zoom } : whole
}

/** How far the stretches reach out of a space that begins at 0, with a little room around them; the beginning matters more than the end. */
function hiddenBy(stretches: [number, number][], space: number): number {
  const room = 24
  const [low, high] = [Math.min(...stretches.map(([from]) => from)) - room, Math.max(...stretches.map(([, until]) => until)) + room]
  return low < 0 ? low : high > space ? Math.min(high - space, low) : 0
}

function Zoom({ moved, sight }: { moved: { current: boolean }; sight: SightOf }) {
  const flow = useReactFlow()
  const width = useStore((store) => store.width)
  const height = useStore((store) => store.height)
  const by = (zoom: 'zoomIn' | 'zoomOut') => () => {
    moved.current = true
    void flow[zoom]({ duration: 120 })
  }
  return (
    <div className="zoom" role="group" aria-label="Zoom">
      <button type="button" aria-label="Zoom in" onClick={by('zoomIn')}>+</button>
      <button type="button" aria-label="Zoom out" onClick={by('zoomOut')}>−</button>
      <button type="button" onClick={() => { moved.current = false; void flow.setViewport(sight(width, height), { duration: 160 }) }}>Fit</button>
    </div>
  )
}
