import ELK, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import type { Graph } from '../../api/types'
import type { Point } from './lines'
import { pack, packedFrom } from './packed'
import { edgeId, groupOf, type Grouping } from './shape'

export type Box = Point & { width: number; height: number }
export type Layout = { nodes: Record<string, Box>; groups: Record<string, Box>; edges: Record<string, Point[]> }

const sizes = { service: { width: 172, height: 56 }, gateway: { width: 152, height: 56 }, store: { width: 120, height: 34 }, unknown: { width: 172, height: 56 } }
/** What a store adds to the height of its owner's box. */
export const storeLine = 19

let elk: InstanceType<typeof ELK> | undefined

/** Places the graph in layers with ELK, in its worker: the page stays quick while 300 services are placed. */
export async function layOut(graph: Graph, grouping: Grouping, direction: 'RIGHT' | 'DOWN', stores: ReadonlyMap<string, string[]>): Promise<Layout> {
  if (graph.nodes.length >= packedFrom && grouping !== 'none') return pack(graph, grouping)
  elk ??= new ELK({ workerUrl })
  const groups = new Map<string, ElkNode[]>()
  const top: ElkNode[] = []
  for (const node of graph.nodes) {
    const { width, height } = sizes[node.kind]
    const child: ElkNode = { id: node.id, width, height: height + (stores.get(node.id)?.length ?? 0) * storeLine }
    const group = groupOf(node, grouping)
    if (group === null) top.push(child)
    else if (groups.has(group)) groups.get(group)!.push(child)
    else groups.set(group, [child])
  }
  const known = new Set(graph.nodes.map((node) => node.id))
  const edges: ElkExtendedEdge[] = graph.edges.filter((edge) => edge.declared && known.has(edge.from) && known.has(edge.to)).map((edge) => ({ id: edgeId(edge), sources: [edge.from], targets: [edge.to] }))

  const placed = await elk.layout({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction,
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.json.shapeCoords': 'ROOT',
      'elk.json.edgeCoords': 'ROOT',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.spacing.nodeNodeBetweenLayers': '48',
      'elk.spacing.nodeNode': '22',
      'elk.spacing.edgeNode': '16',
      'elk.spacing.edgeEdge': '16',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
      'elk.layered.spacing.edgeNodeBetweenLayers': '14',
      // The prettier of the two takes a minute for 300 parts, the other a second.
      'elk.layered.nodePlacement.strategy': graph.nodes.length > 60 ? 'BRANDES_KOEPF' : 'NETWORK_SIMPLEX',
      'elk.separateConnectedComponents': 'true',
      'elk.aspectRatio': '1.8',
    },
    children: [...top, ...[...groups].map(([group, children]) => ({ id: `group:${group}`, children, layoutOptions: { 'elk.padding': '[top=30,left=14,bottom=14,right=14]' } }))],
    edges,
  })

  const layout: Layout = { nodes: {}, groups: {}, edges: {} }
  const take = (node: ElkNode) => {
    const box = { x: node.x ?? 0, y: node.y ?? 0, width: node.width ?? 0, height: node.height ?? 0 }
    if (node.id.startsWith('group:')) layout.groups[node.id.slice(6)] = box
    else if (node.id !== 'root') layout.nodes[node.id] = box
    node.children?.forEach(take)
  }
  take(placed)
  for (const edge of placed.edges ?? []) {
    const section = edge.sections?.[0]
    if (section) layout.edges[edge.id] = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]
  }
  return layout
}

const storageKey = (system: string) => `conway.layout.${system}`
type Kept = { structure: string; layout: Layout }

/** The layouts of earlier visits, one for each grouping; the newest four are kept. */
export function keptLayout(system: string, structure: string): Layout | null {
  return readKept(system).find((one) => one.structure === structure)?.layout ?? null
}

export function keepLayout(system: string, structure: string, layout: Layout): void {
  try {
    localStorage.setItem(storageKey(system), JSON.stringify([{ structure, layout }, ...readKept(system).filter((one) => one.structure !== structure)].slice(0, 4)))
  } catch {
    // Full or switched off: the next visit lays out again.
  }
}

function readKept(system: string): Kept[] {
  try {
    return JSON.parse(localStorage.getItem(storageKey(system)) ?? '[]') as Kept[]
  } catch {
    return []
  }
}
