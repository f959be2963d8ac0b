import type { Box } from './layout'

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

/** A curve between two parts that have no laid-out line: three stretches of a cubic, from the side of one to the side of the other. */
export type Curve = { path: string; at: (part: number) => Point }

/** @param bow How far the middle is drawn aside, in pixels; 0 is straight through. */
export function curveBetween(from: Point, to: Point, direction: 'RIGHT' | 'DOWN', bow = 0): Curve {
  const along = direction === 'RIGHT' ? to.x - from.x : to.y - from.y
  const reach = along >= 0 ? Math.max(30, along / 2) : 60 + Math.sqrt(-along) * 4
  const [a, b] = direction === 'RIGHT'
    ? [{ x: from.x + reach, y: from.y + bow }, { x: to.x - reach, y: to.y + bow }]
    : [{ x: from.x + bow, y: from.y + reach }, { x: to.x + bow, y: to.y - reach }]
  const at = (part: number): Point => {
    const rest = 1 - part
    const mix = (p: number, q: number, r: number, s: number) => rest ** 3 * p + 3 * rest ** 2 * part * q + 3 * rest * part ** 2 * r + part ** 3 * s
    return { x: mix(from.x, a.x, b.x, to.x), y: mix(from.y, a.y, b.y, to.y) }
  }
  return { path: `M${from.x} ${from.y}C${a.x} ${a.y} ${b.x} ${b.y} ${to.x} ${to.y}`, at }
}

const covers = (box: Box, { x, y }: Point) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height

/** The curve that runs behind the fewest boxes; of equals the one that bows least. */
export function clearCurve(from: Point, to: Point, direction: 'RIGHT' | 'DOWN', boxes: Box[]): Curve {
  let best: { curve: Curve; hidden: number } | undefined
  for (const bow of [0, -70, 70, -140, 140, -220, 220, -320, 320]) {
    const curve = curveBetween(from, to, direction, bow)
    let hidden = 0
    for (let step = 1; step < 24; step++) if (boxes.some((box) => covers(box, curve.at(step / 24)))) hidden++
    if (hidden === 0) return curve
    if (!best || hidden < best.hidden) best = { curve, hidden }
  }
  return best!.curve
}

/** The smallest box around boxes and points. */
export function boundsOf(boxes: Box[], points: Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  const take = (x: number, y: number) => {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x)
    bottom = Math.max(bottom, y)
  }
  for (const box of boxes) {
    take(box.x, box.y)
    take(box.x + box.width, box.y + box.height)
  }
  for (const point of points) take(point.x, point.y)
  return left > right ? { x: 0, y: 0, width: 0, height: 0 } : { x: left, y: top, width: right - left, height: bottom - top }
}
