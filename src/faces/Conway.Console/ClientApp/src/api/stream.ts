import { backOffMs } from './backOff'

export type StreamState =
  | { state: 'connecting' }
  | { state: 'open' }
  | { state: 'lost'; since: number; nextAttemptAt: number }

type Handlers = {
  events: Record<string, (data: unknown) => void>
  state: (state: StreamState) => void
}

/** One server-sent event stream that always comes back. The browser's own reconnecting gives up on an HTTP error and cannot say when it
 *  tries again; this one does both. */
export class Stream {
  readonly #url: string
  readonly #handlers: Handlers
  #source: EventSource | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #attempt = 0
  #lostSince = 0
  #closed = false

  constructor(url: string, handlers: Handlers) {
    this.#url = url
    this.#handlers = handlers
    this.#connect()
  }

  retryNow(): void {
    clearTimeout(this.#timer)
    if (!this.#closed && this.#source?.readyState !== EventSource.OPEN) this.#connect()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#source?.close()
  }

  #connect(): void {
    this.#source?.close()
    const source = new EventSource(this.#url)
    this.#source = source
    source.onopen = () => {
      this.#attempt = 0
      this.#lostSince = 0
      this.#handlers.state({ state: 'open' })
    }
    source.onerror = () => {
      source.close()
      if (this.#closed || this.#source !== source) return
      this.#lostSince ||= Date.now()
      const waitMs = backOffMs(this.#attempt++)
      this.#handlers.state({ state: 'lost', since: this.#lostSince, nextAttemptAt: Date.now() + waitMs })
      this.#timer = setTimeout(() => this.#connect(), waitMs)
    }
    for (const [name, take] of Object.entries(this.#handlers.events)) {
      source.addEventListener(name, (event) => take(JSON.parse((event as MessageEvent<string>).data)))
    }
  }
}
