export type Point = { x: number; y: number }

/** A line through points with corners rounded by `radius`. */
export function roundedPath(points: Point[], radius = 7): string {
  const [first, ...rest] = points
  if (!first) return ''
  let path = `M${first.x} ${first.y}`
  rest.forEach((point, index) => {
    const before = points[index]!
    const after = points[index + 2]
    if (!after) {
      path += `L${point.x} ${point.y}`
      return
    }
    const cut = Math.min(radius, distance(before, point) / 2, distance(point, after) / 2)
    const from = toward(point, before, cut)
    const to = toward(point, after, cut)
    path += `L${from.x} ${from.y}Q${point.x} ${point.y} ${to.x} ${to.y}`
  })
  return path
}

export const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)

function toward(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length }
}

