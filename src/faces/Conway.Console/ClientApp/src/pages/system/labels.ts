import type { Box } from './layout'
import { distance, type Point } from './lines'

const height = 15

/** The places on a line where a label may stand, calmest first: along its stretches, longest first.
 *  Labels are wide and flat, so a level stretch suits them better than an upright one of the same length. */
export function placesOn(points: Point[]): Point[] {
  const stretches = points.slice(1).map((b, index) => ({ a: points[index]!, b })).map(({ a, b }) => ({ a, b, length: distance(a, b) * (a.y === b.y ? 2 : 1) }))
  return stretches.sort((a, b) => b.length - a.length).flatMap(({ a, b }) => [0.5, 0.3, 0.7, 0.15, 0.85].map((part) => ({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part })))
}

/** A place for each label so that none covers another or is covered by a box; a label for which there is no room is left out.
 *  Asked in the order given, so that the ones that matter most get their place first. */
export function placeLabels(lines: { id: string; places: Point[]; width: number }[], boxes: Box[] = []): Record<string, Point> {
  const taken: { x: number; y: number; width: number; height: number }[] = boxes.map((box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, height: box.height }))
  const found: Record<string, Point> = {}
  for (const { id, places, width } of lines) {
    const at = places.find((place) => taken.every((other) => Math.abs(other.x - place.x) > (other.width + width) / 2 || Math.abs(other.y - place.y) > (other.height + height) / 2))
    if (!at) continue
    taken.push({ ...at, width, height })
    found[id] = at
  }
  return found
}
