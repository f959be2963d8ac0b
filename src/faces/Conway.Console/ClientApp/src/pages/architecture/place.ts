import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import { boundsOf, type Point } from '../system/lines'

export type Size = { id: string; width: number; height: number }
export type Tie = { id: string; from: string; to: string; label?: { width: number; height: number } | undefined }
export type Rect = Point & { width: number; height: number }
export type Placed = { width: number; height: number; boxes: Record<string, Rect>; lines: Record<string, Point[]>; labels: Record<string, Point> }

let elk: InstanceType<typeof ELK> | undefined

/** Places boxes in layers along their lines, with room for the words on them. In a worker, so that the page stays quick. */
export async function place(boxes: Size[], ties: Tie[], direction: 'RIGHT' | 'DOWN'): Promise<Placed> {
  elk ??= new ELK({ workerUrl })
  const known = new Set(boxes.map((box) => box.id))
  const many = boxes.length > 60
  const graph: ElkNode = {
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': direction,
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.spacing.nodeNode': '32',
      'elk.spacing.edgeNode': '24',
      'elk.spacing.edgeEdge': '18',
      'elk.spacing.componentComponent': '40',
      'elk.layered.spacing.nodeNodeBetweenLayers': '64',
      'elk.layered.spacing.edgeNodeBetweenLayers': '30',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '18',
      'elk.layered.edgeLabels.sideSelection': 'SMART_DOWN',
      'elk.layered.nodePlacement.strategy': many ? 'BRANDES_KOEPF' : 'NETWORK_SIMPLEX',
      'elk.aspectRatio': direction === 'RIGHT' ? '1.8' : '0.6',
      // A long row is folded like a text; what is wide would have to be scrolled.
      ...(boxes.length > 8 ? { 'elk.layered.wrapping.strategy': 'MULTI_EDGE', 'elk.layered.wrapping.additionalEdgeSpacing': '24' } : {}),
      'elk.padding': '[top=8,left=8,bottom=8,right=8]',
    },
    // Only these: what else a box holds cannot be sent to the worker.
    children: boxes.map(({ id, width, height }) => ({ id, width, height })),
    edges: ties.filter((tie) => known.has(tie.from) && known.has(tie.to) && tie.from !== tie.to).map((tie) => ({
      id: tie.id, sources: [tie.from], targets: [tie.to],
      ...(tie.label ? { labels: [{ id: `label ${tie.id}`, text: tie.id, ...tie.label, layoutOptions: { 'elk.edgeLabels.inline': 'true', 'elk.edgeLabels.placement': 'CENTER' } }] } : {}),
    })),
  }
  const result = await elk.layout(graph)

  const placed: Placed = { width: 0, height: 0, boxes: {}, lines: {}, labels: {} }
  for (const box of result.children ?? []) placed.boxes[box.id] = { x: box.x ?? 0, y: box.y ?? 0, width: box.width ?? 0, height: box.height ?? 0 }
  const reach: Rect[] = []
  for (const edge of result.edges ?? []) {
    const section = edge.sections?.[0]
    if (section) placed.lines[edge.id] = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]
    const label = edge.labels?.[0]
    if (!label) continue
    placed.labels[edge.id] = { x: (label.x ?? 0) + (label.width ?? 0) / 2, y: (label.y ?? 0) + (label.height ?? 0) / 2 }
    reach.push({ x: label.x ?? 0, y: label.y ?? 0, width: label.width ?? 0, height: label.height ?? 0 })
  }
  const whole = boundsOf([...Object.values(placed.boxes), ...reach], Object.values(placed.lines).flat())
  return { ...placed, width: whole.x + whole.width + 8, height: whole.y + whole.height + 8 }
}

/** A line straight from border to border, for what is drawn only while it is chosen. */
export function straight(from: Rect, to: Rect): Point[] {
  const [a, b] = [middle(from), middle(to)]
  return [toBorder(a, b, from), toBorder(b, a, to)]
}

const middle = (box: Rect): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })

function toBorder(from: Point, to: Point, box: Rect): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const part = Math.min(dx === 0 ? Infinity : box.width / 2 / Math.abs(dx), dy === 0 ? Infinity : box.height / 2 / Math.abs(dy), 1)
  return { x: from.x + dx * part, y: from.y + dy * part }
}

/** A point on a line, some pixels from its beginning: where the letter of an end stands. */
export function along(points: Point[], distance: number): Point {
  const [first, next] = points
  if (!first || !next) return first ?? { x: 0, y: 0 }
  const length = Math.hypot(next.x - first.x, next.y - first.y) || 1
  const part = Math.min(distance, length / 2) / length
  return { x: first.x + (next.x - first.x) * part, y: first.y + (next.y - first.y) * part }
}

/** How many lines words take in a box, at most `most`: a little more than a measured text, so that nothing is cut off. */
export const linesOf = (text: string, width: number, most = 99, letter = 7.4) => {
  let [lines, used] = [1, 0]
  for (const word of text.split(/\s+/)) {
    const long = word.length * letter
    if (used > 0 && used + letter + long > width) { lines++; used = 0 }
    if (long > width) { lines += Math.ceil(long / width) - 1; used = long % width } else used += (used > 0 ? letter : 0) + long
  }
  return Math.min(most, lines)
}

export const widthOfText = (text: string, letter = 6.4) => Math.ceil(text.length * letter) + 14
