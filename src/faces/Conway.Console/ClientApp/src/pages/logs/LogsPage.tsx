import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useParameter } from '../../app/url'
import { plural } from '../../parts/format'
import { Empty, Failure, Page, Waiting } from '../../parts/Notes'
import { qualifier, withQualifier, withoutQualifier } from '../../parts/query'
import { QueryInput } from '../../parts/QueryInput'
import { Dropped, RunChoice } from '../../parts/Runs'
import { Segments } from '../../parts/Segments'
import { LogDetails, LogLine } from './LogLine'
import { useTail } from './useTail'
import './logs.css'

const hints = [
  { text: 'level:error', means: 'errors and worse' },
  { text: 'service:orders', means: 'one service' },
  { text: '"card refused"', means: 'these words together' },
  { text: '-service:catalog level:warn', means: 'everything but one service' },
]

export default function LogsPage() {
  const [query, setQuery] = useParameter('query')
  const [run, setRun] = useParameter('run')
  const [open, setOpen] = useParameter('record')
  const tail = useTail(query, run)
  const { records, held } = tail.tail
  const level = qualifier(query, 'level')

  return (
    <Page fill question="What are the services saying?"
      answer={<>{records.length === 0 ? (tail.loading ? <>&nbsp;</> : tail.problem ? 'The search could not be read.' : query ? 'Nothing that matches.' : 'Nothing yet.') : <><strong>{plural(records.length, 'record')}</strong>{tail.tail.before ? tail.full ? ', as many as a page holds' : ', the newest' : ', all there are'}{run ? ' of an earlier run' : tail.paused ? `, paused${held.length ? `, ${plural(held.length, 'new record')} waiting` : ''}` : tail.stream === 'lost' ? ', not live: the stream is being reopened' : ', live'}.</>}</>}
      tools={<>
        <RunChoice run={run} onChange={setRun} />
        {!run && <button type="button" className="button" data-pause="" aria-pressed={tail.paused} onClick={() => tail.pause(!tail.paused)}>{tail.paused ? 'Resume' : 'Pause'} <kbd>p</kbd></button>}
      </>}>
      <div className="tools">
        <QueryInput value={query} onSubmit={(next) => setQuery(next)} label="Search the logs" placeholder="Search: level:error service:orders &quot;card refused&quot;" hints={hints} error={tail.problem} />
        <Segments label="Level" value={level} options={[['', 'All'], ['info', 'Info'], ['warn', 'Warn'], ['error', 'Error']]} onChange={(value) => setQuery(value ? withQualifier(query, 'level', value) : withoutQualifier(query, 'level'))} />
      </div>
      <Dropped signal="logs" run={run} />
      {tail.tail.dropped > 0 && <p className="notice">{plural(tail.tail.dropped, 'record')} came faster than this page could take them and are not shown here. They are stored: a narrower search finds them.</p>}
      {tail.error !== null && !tail.problem && <Failure error={tail.error} />}
      <Records tail={tail} query={query} run={run} open={open} onOpen={setOpen} onFilter={(name, value) => setQuery(withQualifier(query, name, value))} />
    </Page>
  )
}

type RecordsProps = { tail: ReturnType<typeof useTail>; query: string; run: string; open: string; onOpen: (id: string) => void; onFilter: (name: string, value: string) => void }

function Records({ tail, query, run, open, onOpen, onFilter }: RecordsProps) {
  const { records } = tail.tail
  const scroller = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const rows = useVirtualizer({ count: records.length, getScrollElement: () => scroller.current, estimateSize: () => 24, overscan: 16, getItemKey: (index) => (records[index]!.id === records[index - 1]?.id ? `${records[index]!.id} ${index}` : records[index]!.id) })

  // A link to a record shows it first. Stick to the end while the reader is there; stay put when older records come in above.
  const first = records[0]?.id
  const anchor = useRef<{ first: string | undefined; count: number }>({ first: undefined, count: 0 })
  useLayoutEffect(() => {
    const previous = anchor.current
    anchor.current = { first, count: records.length }
    const linked = open && previous.first === undefined ? records.findIndex((record) => record.id === open) : -1
    if (linked >= 0) rows.scrollToIndex(linked, { align: 'center' })
    else if (atEnd && !(open && records.some((record) => record.id === open))) rows.scrollToIndex(records.length - 1, { align: 'end' })
    else if (previous.first && previous.first !== first && records.length > previous.count) {
      const moved = records.findIndex((record) => record.id === previous.first)
      if (moved > 0) rows.scrollToIndex(moved, { align: 'start' })
    }
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [records, first])

  useEffect(() => setAtEnd(true), [query])

  const scrolled = () => {
    const element = scroller.current!
    setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < 30)
    if (element.scrollTop < 200 && !tail.loadingOlder) void tail.older()
  }

  if (records.length === 0) {
    if (tail.loading) return <Waiting>Searching the logs</Waiting>
    if (tail.problem) return null
    return query
      ? <Empty>No record matches this search{tail.complete ? '' : ' in what was scanned'}. Take a word away, or wait: new records that match appear here.</Empty>
      : <Empty command="conway logs --follow">Nothing has been said yet. What services write to their output, or send as OTLP logs, appears here and in the terminal:</Empty>
  }
  return (
    <div className="log-space">
      <div className="log-scroll" ref={scroller} onScroll={scrolled} tabIndex={0} role="region" aria-label="Records, newest last">
        <div className="log-rows" role="list" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((row) => {
            const record = records[row.index]!
            return (
              <div key={row.key} role="listitem" data-index={row.index} ref={rows.measureElement} className="log-row" style={{ transform: `translateY(${row.start}px)` }}>
                <LogLine record={record} query={query} run={run} open={record.id === open} onOpen={() => onOpen(record.id === open ? '' : record.id)} onFilter={onFilter} />
                {record.id === open && <LogDetails record={record} run={run} onFilter={onFilter} onClose={() => onOpen('')} />}
              </div>
            )
          })}
        </div>
      </div>
      {!atEnd && <button type="button" className="button log-newest" onClick={() => { setAtEnd(true); rows.scrollToIndex(records.length - 1, { align: 'end' }) }}>To the newest</button>}
    </div>
  )
}
