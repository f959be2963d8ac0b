import type { Graph, GraphEdge, GraphNode } from '../../api/types'

export type Grouping = 'context' | 'team' | 'none'

/** What an edge is, from what was declared and what was seen: the three kinds are drawn differently. */
export type EdgeKind = 'exercised' | 'unexercised' | 'drift'

export const kindOf = (edge: GraphEdge): EdgeKind => (edge.declared ? (edge.observed || edge.requestsPerSecond !== null ? 'exercised' : 'unexercised') : 'drift')

export const edgeId = (edge: { from: string; to: string; protocol?: string }) => `${edge.from}>${edge.to}`

export const groupOf = (node: GraphNode, grouping: Grouping): string | null => (grouping === 'none' || node.kind === 'gateway' || node.kind === 'unknown' ? null : node[grouping])

/** A store with one owner is a line in its owner's box: a box of its own would say nothing more. A shared store stays a box, because that is worth seeing. */
export function foldStores(graph: Graph): { graph: Graph; stores: ReadonlyMap<string, string[]> } {
  const stores = new Map<string, string[]>()
  const folded = new Set<string>()
  for (const store of graph.nodes) {
    if (store.kind !== 'store') continue
    const users = graph.edges.filter((edge) => edge.to === store.id)
    if (users.length !== 1 || graph.edges.some((edge) => edge.from === store.id)) continue
    folded.add(store.id)
    stores.set(users[0]!.from, [...(stores.get(users[0]!.from) ?? []), store.id])
  }
  return { graph: { ...graph, nodes: graph.nodes.filter((node) => !folded.has(node.id)), edges: graph.edges.filter((edge) => !folded.has(edge.to)) }, stores }
}

/** Everything a layout depends on. Numbers, states and undeclared traffic are not in it: none of them may make a node jump. */
export function structureOf(graph: Graph, grouping: Grouping, direction: string, stores: ReadonlyMap<string, string[]> = new Map()): string {
  const nodes = graph.nodes.map((node) => `${node.kind}:${node.id}@${groupOf(node, grouping) ?? ''}+${stores.get(node.id)?.length ?? 0}`).sort()
  const edges = graph.edges.filter((edge) => edge.declared).map(edgeId).sort()
  return `6|${direction}|${grouping}|${hash(nodes.join())}|${hash(edges.join())}|${nodes.length}|${edges.length}`
}

/** FNV-1a, 32 bits: a short name for a long text, not a protection. */
function hash(text: string): string {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0
  return value.toString(36)
}

/** Line width in pixels for a rate: 1.2 for a trickle, 0.6 more for each tenfold, at most 3.5. */
export const widthOf = (perSecond: number | null) => (perSecond ? Math.min(3.5, 1.2 + Math.max(0, Math.log10(perSecond * 10)) * 0.6) : 1.2)

/** What changed between two pictures, for the sentence that is read out. */
export function changesOf(before: Graph | undefined, after: Graph): string[] {
  if (!before) return []
  const known = new Map(before.nodes.map((node) => [node.id, node]))
  const changes = after.nodes.flatMap((node) => {
    const old = known.get(node.id)
    if (!old) return [`${node.id} was added`]
    return old.state === node.state ? [] : [`${node.id} is ${node.state}`]
  })
  const present = new Set(after.nodes.map((node) => node.id))
  const drift = new Set(before.edges.filter((edge) => !edge.declared).map(edgeId))
  return [
    ...changes,
    ...before.nodes.filter((node) => !present.has(node.id)).map((node) => `${node.id} was removed`),
    ...after.edges.filter((edge) => !edge.declared && !drift.has(edgeId(edge))).map((edge) => `${edge.from} calls ${edge.to}, which is not declared`),
  ]
}
