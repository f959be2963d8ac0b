import type { QueryClient } from '@tanstack/react-query'
import { Stream, type StreamState } from './stream'
import type { FindingCounts, Graph, JourneyList, ModelChange, ServiceInfo, SystemInfo } from './types'

/** Feeds the live events of the node into the cache of queries, so that every page reads one truth and none of them polls. */
export class Live {
  readonly #cache: QueryClient
  #stream: Stream | null = null
  readonly #listeners = new Set<() => void>()
  #state: StreamState = { state: 'connecting' }

  constructor(cache: QueryClient) {
    this.#cache = cache
  }

  /** Begins, once; a console without a system has no events. */
  start(): void {
    const cache = this.#cache
    this.#stream ??= new Stream('/api/v1/events', {
      state: (state) => {
        // What was missed while the connection was away is asked for again, once.
        if (state.state === 'open' && this.#state.state === 'lost') void cache.invalidateQueries()
        this.#state = state
        this.#listeners.forEach((listener) => listener())
      },
      events: {
        system: (data) => cache.setQueryData(['system'], data as SystemInfo),
        service: (data) => takeService(cache, data as ServiceInfo),
        graph: (data) => cache.setQueryData(['graph'], data as Graph),
        findings: (data) => {
          cache.setQueryData<SystemInfo>(['system'], (old) => old && { ...old, findings: data as FindingCounts })
          void cache.invalidateQueries({ queryKey: ['findings'] })
        },
        model: (data) => {
          cache.setQueryData(['model-change'], data as ModelChange)
          for (const key of ['model', 'services', 'service', 'findings', 'journeys', 'architecture']) void cache.invalidateQueries({ queryKey: [key] })
        },
        traffic: (data) => {
          cache.setQueryData<JourneyList>(['journeys'], (old) => old && { ...old, paused: (data as { paused: boolean }).paused })
          void cache.invalidateQueries({ queryKey: ['journeys'] })
        },
      },
    })
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly snapshot = (): StreamState => this.#state

  retryNow(): void {
    this.#stream?.retryNow()
  }
}

function takeService(cache: QueryClient, service: ServiceInfo): void {
  cache.setQueryData<ServiceInfo[]>(['services'], (old) => {
    if (!old) return old
    const index = old.findIndex((one) => one.name === service.name)
    return index < 0 ? [...old, service] : old.with(index, service)
  })
  cache.setQueryData<ServiceInfo>(['service', service.name], (old) => old && { ...old, ...service })
}
