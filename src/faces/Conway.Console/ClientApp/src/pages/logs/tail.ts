import type { LogRecord } from '../../api/types'

/** The records on the page, oldest first, and those that wait while it is paused. Both are bounded: a page left open for a week is as light as a new one. */
export type Tail = { records: LogRecord[]; held: LogRecord[]; before: string | null; dropped: number; forgotten: number }

export const recordsMax = 10_000
export const heldMax = 2_000
export const emptyTail: Tail = { records: [], held: [], before: null, dropped: 0, forgotten: 0 }

/** The tail with older records before it, as many as there is room for: the newest of them, so that no gap is left. */
export function prependBounded(tail: Tail, older: LogRecord[], before: string | null): Tail {
  const room = Math.max(0, recordsMax - tail.records.length)
  if (older.length <= room) return { ...tail, records: [...older, ...tail.records], before }
  const kept = older.slice(older.length - room)
  return { ...tail, records: [...kept, ...tail.records], before: (kept[0] ?? tail.records[0])?.id ?? before }
}

/** The tail with more records at its end. While paused they are held; the oldest held are forgotten first and counted. */
export function appendBounded(tail: Tail, more: LogRecord[], paused: boolean): Tail {
  if (more.length === 0) return tail
  if (paused) {
    const held = [...tail.held, ...more]
    const over = Math.max(0, held.length - heldMax)
    return { ...tail, held: over ? held.slice(over) : held, forgotten: tail.forgotten + over }
  }
  const records = [...tail.records, ...more]
  const over = Math.max(0, records.length - recordsMax)
  // What falls off the top is still stored; a cursor at the new first record brings it back.
  return over ? { ...tail, records: records.slice(over), before: records[over]!.id } : { ...tail, records }
}
