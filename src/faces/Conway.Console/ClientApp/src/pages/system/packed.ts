import type { Graph } from '../../api/types'
import type { Box, Layout } from './layout'
import { groupOf, type Grouping } from './shape'

const part = { width: 172, height: 56 }
const gap = 18
// Seen as a whole the picture is far away, and the names of the groups are what is read there: they get a line that is high enough.
const padding = { top: 52, side: 14, bottom: 14 }
const between = 40

/** Above this many parts layers would be taller than anyone scrolls: groups are packed side by side instead, and lines come forward when a part is chosen. */
export const packedFrom = 81

/** Parts as a grid in their group, groups on shelves in order of name, about 1.8 times as wide as high. */
export function pack(graph: Graph, grouping: Grouping): Layout {
  const layout: Layout = { nodes: {}, groups: {}, edges: {} }
  const groups = new Map<string, string[]>()
  for (const node of graph.nodes) {
    const group = groupOf(node, grouping) ?? ''
    groups.set(group, [...(groups.get(group) ?? []), node.id])
  }

  const boxes = [...groups].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })).map(([name, ids]) => {
    const columns = Math.max(1, Math.round(Math.sqrt((ids.length * 1.8 * part.height) / part.width) + 0.5))
    const rows = Math.ceil(ids.length / columns)
    return { name, ids, columns, width: padding.side * 2 + columns * (part.width + gap) - gap, height: padding.top + padding.bottom + rows * (part.height + gap) - gap }
  })
  const area = boxes.reduce((sum, box) => sum + (box.width + between) * (box.height + between), 0)
  const shelf = Math.max(Math.sqrt(area * 1.8), ...boxes.map((box) => box.width))

  let x = 0
  let y = 0
  let tallest = 0
  for (const box of boxes) {
    if (x > 0 && x + box.width > shelf) {
      x = 0
      y += tallest + between
      tallest = 0
    }
    if (box.name) layout.groups[box.name] = { x, y, width: box.width, height: box.height }
    box.ids.forEach((id, index) => {
      layout.nodes[id] = { x: x + padding.side + (index % box.columns) * (part.width + gap), y: y + padding.top + Math.floor(index / box.columns) * (part.height + gap), ...part } satisfies Box
    })
    x += box.width + between
    tallest = Math.max(tallest, box.height)
  }
  return layout
}
