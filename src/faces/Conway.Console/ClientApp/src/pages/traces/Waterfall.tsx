import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState, type CSSProperties } from 'react'
import type { Trace } from '../../api/types'
import { useNarrow } from '../../app/narrow'
import { count, duration, plural } from '../../parts/format'
import { Shape } from '../../parts/State'
import { extentOf, joined, marksOf, rowsOf, type Row } from './tree'

/** Spans over time. The critical path is drawn inside the bars: what would have had to be quicker for the whole to be quicker. */
export function Waterfall({ trace, open, onOpen }: { trace: Trace; open: string; onOpen: (id: string) => void }) {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => rowsOf(trace.spans, folded), [trace.spans, folded])
  const extent = useMemo(() => extentOf(trace), [trace])
  // A part of the width is kept free on the right, where the lengths stand.
  const length = (extent.until - extent.from) * (useNarrow() ? 1.36 : 1.16)
  const stretches = useMemo(() => {
    const bySpan = Map.groupBy(trace.criticalPath, (stretch) => stretch.spanId)
    return new Map([...bySpan].map(([span, own]) => [span, joined(own, length / 1_000)]))
  }, [trace.criticalPath, length])
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => 28, overscan: 20 })
  const marks = marksOf(length)
  const at = (ms: number) => `${(((ms - extent.from) / length) * 100).toFixed(3)}%`

  const fold = (id: string) => setFolded((old) => {
    const next = new Set(old)
    if (!next.delete(id)) next.add(id)
    return next
  })

  return (
    <div className="waterfall" style={{ '--step': `${((marks[1] ?? length) / length) * 100}%` } as CSSProperties}>
      <div className="waterfall-head">
        <span>Service and operation</span>
        <div className="axis">{marks.map((mark) => <span key={mark} style={{ left: `${(mark / length) * 100}%` }}>{mark < length * 0.93 && duration(mark)}</span>)}</div>
      </div>
      <div className="waterfall-body" ref={scroller} tabIndex={0} role="region" aria-label="Spans">
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index]!
            return (
              <div key={row.span.spanId} className={`span-row${row.span.spanId === open ? ' span-open' : ''}`} style={{ transform: `translateY(${item.start}px)` }}>
                <Name row={row} onOpen={() => onOpen(row.span.spanId)} onFold={() => fold(row.span.spanId)} />
                <div className="span-track" onClick={() => onOpen(row.span.spanId)}>
                  <div className={`span-bar${row.span.status === 'error' ? ' span-failed' : ''}`} style={{ left: at(row.span.startMs), width: `max(2px, ${((row.span.durationMs / length) * 100).toFixed(3)}%)` }} />
                  {stretches.get(row.span.spanId)?.map((stretch) => <div key={stretch.fromMs} className="span-critical" style={{ left: at(stretch.fromMs), width: `max(1px, ${(((stretch.untilMs - stretch.fromMs) / length) * 100).toFixed(3)}%)` }} />)}
                  {row.span.events.map((event, index) => <div key={index} className="span-event" style={{ left: at(event.atMs) }} title={event.name} />)}
                  <span className="span-length" style={{ left: at(row.span.startMs + row.span.durationMs) }}>{duration(row.span.durationMs)}</span>
                </div>
              </div>
            )
          })}
        </div>
      </div>
      <p className="waterfall-legend"><span><i className="key-bar" />time in the span</span><span><i className="key-critical" />on the critical path, {duration(trace.criticalPathMs)} in all</span><span><i className="key-failed" />failed</span><span><i className="key-event" />event</span></p>
    </div>
  )
}

function Name({ row: { span, depth, children, hidden }, onOpen, onFold }: { row: Row; onOpen: () => void; onFold: () => void }) {
  return (
    <div className="span-name" style={{ paddingLeft: `calc(8px + ${Math.min(depth, 24)} * var(--depth-step, 14px))` }}>
      {children > 0 ? <button type="button" className="span-fold" aria-expanded={hidden === 0} aria-label={hidden ? `Show the ${plural(hidden, 'span')} under it` : 'Hide what is under it'} onClick={onFold}>{hidden ? '+' : '−'}</button> : <span className="span-fold" />}
      <button type="button" data-row="" className="span-title" title={`${span.service} ${span.name}`} onClick={onOpen}>
        {span.status === 'error' && <><Shape state="error" size={9} /><span className="sr">failed: </span></>}
        <strong>{span.service}</strong> {span.name}
        {span.missingParent && <span className="tone-warn"> parent not received</span>}
        {hidden > 0 && <span className="quiet"> and {count(hidden)} more</span>}
      </button>
    </div>
  )
}

