import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { address, get, Problem } from '../../api/client'
import { Stream, type StreamState } from '../../api/stream'
import type { LogPage, LogRecord } from '../../api/types'
import { appendBounded, emptyTail, prependBounded, recordsMax, type Tail } from './tail'

type Action =
  | { kind: 'start' } | { kind: 'page'; page: LogPage } | { kind: 'older'; page: LogPage } | { kind: 'live'; records: LogRecord[] } | { kind: 'dropped'; count: number }
  | { kind: 'pause'; paused: boolean } | { kind: 'failed'; error: unknown } | { kind: 'stream'; state: StreamState } | { kind: 'loading-older' }

type State = { tail: Tail; loading: boolean; loadingOlder: boolean; paused: boolean; error: unknown; stream: StreamState['state']; complete: boolean }

const initial: State = { tail: emptyTail, loading: true, loadingOlder: false, paused: false, error: null, stream: 'connecting', complete: true }

function reduce(state: State, action: Action): State {
  switch (action.kind) {
    // What is on the page stays until the answer is there: a search that cannot be read must not empty it.
    case 'start': return { ...state, loading: true, error: null }
    case 'page': return { ...state, tail: { ...emptyTail, records: action.page.records, before: action.page.before }, loading: false, complete: action.page.complete }
    case 'loading-older': return { ...state, loadingOlder: true }
    case 'older': return { ...state, loadingOlder: false, tail: prependBounded(state.tail, action.page.records, action.page.before) }
    case 'live': return { ...state, tail: appendBounded(state.tail, action.records, state.paused) }
    case 'dropped': return { ...state, tail: { ...state.tail, dropped: state.tail.dropped + action.count } }
    case 'pause': return { ...state, paused: action.paused, tail: action.paused ? state.tail : appendBounded({ ...state.tail, held: [] }, state.tail.held, false) }
    case 'failed': return { ...state, loading: false, loadingOlder: false, error: action.error }
    case 'stream': return { ...state, stream: action.state.state }
  }
}

/** The newest records of a search, then everything that arrives, in batches of a frame. */
export function useTail(query: string, run: string) {
  const [state, send] = useReducer(reduce, initial)
  const [turn, setTurn] = useState(0)
  const before = state.tail.before
  const full = state.tail.records.length >= recordsMax

  useEffect(() => {
    const abort = new AbortController()
    let stream: Stream | undefined
    let batch: LogRecord[] = []
    let frame = 0
    let known: ReadonlySet<string> = new Set()
    let wasLost = false
    send({ kind: 'start' })
    get<LogPage>('/logs', { query, run, limit: 300 }, abort.signal).then(
      (page) => {
        known = new Set(page.records.map((record) => record.id))
        send({ kind: 'page', page })
        if (run) return
        stream = new Stream(address('/logs/stream', { query }), {
          state: (next) => {
            send({ kind: 'stream', state: next })
            // What was said while the stream was away is in the store; the search begins anew and finds it.
            if (next.state === 'open' && wasLost) setTurn((old) => old + 1)
            wasLost = next.state === 'lost'
          },
          events: {
            log: (data) => {
              const record = data as LogRecord
              // The stream may begin a little before the page ended. Records may also come late, so that the order of ids tells nothing.
              if (known.has(record.id)) return
              batch.push(record)
              frame ||= requestAnimationFrame(() => {
                frame = 0
                send({ kind: 'live', records: batch })
                batch = []
              })
            },
            dropped: (data) => send({ kind: 'dropped', count: (data as { count: number }).count }),
          },
        })
      },
      (error: unknown) => {
        if (!abort.signal.aborted) send({ kind: 'failed', error })
      },
    )
    return () => {
      abort.abort()
      stream?.close()
      cancelAnimationFrame(frame)
    }
  }, [query, run, turn])

  const asking = useRef(false)
  const older = useCallback(async () => {
    if (!before || full || asking.current) return
    asking.current = true
    send({ kind: 'loading-older' })
    try {
      send({ kind: 'older', page: await get<LogPage>('/logs', { query, run, limit: 300, before }) })
    } catch (error) {
      send({ kind: 'failed', error })
    } finally {
      asking.current = false
    }
  }, [before, full, query, run])

  const pause = useCallback((paused: boolean) => send({ kind: 'pause', paused }), [])
  const problem = state.error instanceof Problem && state.error.status === 400 ? { message: state.error.message, position: state.error.position } : null
  return { ...state, problem, full, older, pause }
}
