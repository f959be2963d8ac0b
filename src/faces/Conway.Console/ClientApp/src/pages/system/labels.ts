import { distance, type Point } from './lines'

/** The places on a line where a label may stand, calmest first: along its stretches, longest first.
 *  Labels are wide and flat, so a level stretch suits them better than an upright one of the same length. */
function candidates(points: Point[]): Point[] {
  const stretches = points.slice(1).map((b, index) => ({ a: points[index]!, b })).map(({ a, b }) => ({ a, b, length: distance(a, b) * (a.y === b.y ? 2 : 1) }))
  return stretches.sort((a, b) => b.length - a.length).flatMap(({ a, b }) => [0.5, 0.3, 0.7, 0.15, 0.85].map((part) => ({ x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part })))
}

/** A place for each label so that none covers another; a label for which there is no room is left out.
 *  Asked in the order given, so that the ones that matter most get their place first. */
export function placeLabels(lines: { id: string; points: Point[]; width: number }[]): Record<string, Point> {
  const height = 15
  const taken: { at: Point; width: number }[] = []
  const places: Record<string, Point> = {}
  for (const { id, points, width } of lines) {
    const at = candidates(points).find((place) => taken.every((other) => Math.abs(other.at.x - place.x) > (other.width + width) / 2 || Math.abs(other.at.y - place.y) > height))
    if (!at) continue
    taken.push({ at, width })
    places[id] = at
  }
  return places
}
