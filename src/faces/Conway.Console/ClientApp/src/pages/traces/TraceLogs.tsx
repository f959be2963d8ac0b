import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import type { Trace } from '../../api/types'
import { link, navigate } from '../../app/url'
import { Empty } from '../../parts/Notes'
import { LogDetails, LogLine } from '../logs/LogLine'
import '../logs/logs.css'

/** The records that carry the trace's id, oldest first; choosing a word of one searches the logs for it within the trace. */
export function TraceLogs({ trace, run }: { trace: Trace; run: string }) {
  const [open, setOpen] = useState('')
  const scroller = useRef<HTMLDivElement>(null)
  const records = trace.logs
  const rows = useVirtualizer({ count: records.length, getScrollElement: () => scroller.current, estimateSize: () => 24, overscan: 16 })
  const search = (name: string, value: string) => navigate(link('/logs', { query: `trace:${trace.traceId} ${name}:${/\s/.test(value) ? `"${value}"` : value}`, run }))

  if (records.length === 0) return <Empty>No log record carries this trace's id. Services that log through OpenTelemetry, or print the trace id, are linked by themselves.</Empty>
  return (
    <div className="log-scroll trace-logs" ref={scroller} tabIndex={0} role="region" aria-label="Records of the trace, oldest first">
      <div className="log-rows" role="list" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => {
          const record = records[row.index]!
          const key = `${record.id} ${row.index}`
          return (
            <div key={key} role="listitem" data-index={row.index} ref={rows.measureElement} className="log-row" style={{ transform: `translateY(${row.start}px)` }}>
              <LogLine record={{ ...record, traceId: null }} query="" run={run} open={key === open} onOpen={() => setOpen(key === open ? '' : key)} onFilter={search} />
              {key === open && <LogDetails record={record} run={run} onFilter={search} onClose={() => setOpen('')} />}
            </div>
          )
        })}
      </div>
    </div>
  )
}
