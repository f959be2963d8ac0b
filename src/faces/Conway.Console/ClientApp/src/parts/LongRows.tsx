import { useVirtualizer } from '@tanstack/react-virtual'
import { useLayoutEffect, useState, type RefObject } from 'react'

/** From so many rows on only those in sight, and some around them, are in the page; below, all are, so that the browser's own search finds them. */
export const longFrom = 120

/** What a row says of its place: for measuring it, and for whoever cannot see how many there are. */
export type RowPlace = { 'data-index': number; 'aria-rowindex': number | undefined; ref: ((row: HTMLElement | null) => void) | undefined }

type LongRows = { long: boolean; shown: number[]; above: number; below: number; measure: ((row: HTMLElement | null) => void) | undefined; show: (index: number) => void }

/** Which rows of a table have to be there, and how high what is left out above and below is. The table is scrolled by its page or its part of it. */
export function useLongRows(count: number, rowHeight: number, table: RefObject<HTMLTableElement | null>): LongRows {
  const long = count >= longFrom
  const [offset, setOffset] = useState(0)
  const scroller = () => table.current?.closest<HTMLElement>('.split-main, main') ?? null
  const virtual = useVirtualizer({ count, enabled: long, getScrollElement: scroller, estimateSize: () => rowHeight, overscan: 10, scrollMargin: offset })

  // Where the rows begin in what is scrolled: what stands above them can come and go.
  useLayoutEffect(() => {
    const rows = table.current?.tBodies[0]
    const frame = scroller()
    if (!long || !rows || !frame) return
    const begins = Math.round(rows.getBoundingClientRect().top - frame.getBoundingClientRect().top + frame.scrollTop)
    if (begins !== offset) setOffset(begins)
  })

  const items = virtual.getVirtualItems()
  if (!long) return { long, shown: Array.from({ length: count }, (_, index) => index), above: 0, below: 0, measure: undefined, show: () => undefined }
  return {
    long,
    shown: items.map((item) => item.index),
    above: items.length > 0 ? items[0]!.start - offset : 0,
    below: items.length > 0 ? Math.max(0, virtual.getTotalSize() - (items.at(-1)!.end - offset)) : virtual.getTotalSize(),
    measure: virtual.measureElement,
    show: (index) => virtual.scrollToIndex(index, { align: 'center' }),
  }
}

/** As high as the rows that are left out. */
export const LeftOut = ({ height }: { height: number }) => (height > 0 ? <tr className="left-out" aria-hidden="true"><td style={{ height }} /></tr> : null)
