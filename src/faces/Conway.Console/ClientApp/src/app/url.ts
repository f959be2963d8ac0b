import { useCallback, useSyncExternalStore } from 'react'

// The address holds everything a person would want to send to a colleague: page, search, what is opened. Nothing else does.

const listeners = new Set<() => void>()

function changed(): void {
  listeners.forEach((listener) => listener())
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

export function navigate(to: string, replace = false): void {
  if (to === location.pathname + location.search) return
  if (replace) history.replaceState(null, '', to)
  else history.pushState(null, '', to)
  changed()
}

export function usePath(): string[] {
  const path = useSyncExternalStore(subscribe, () => location.pathname)
  return path.split('/').filter(Boolean).map(decodeURIComponent)
}

/** `/logs` and `{query: 'level:error'}` to `/logs?query=level%3Aerror`; empty values are left out. */
export function link(path: string, parameters: Record<string, string | null | undefined> = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value) search.set(name, value)
  const query = search.toString()
  return query ? `${path}?${query}` : path
}

/** One parameter of the address, '' when it is not there, and the way to change it; `replace` keeps typing out of the history. */
export function useParameter(name: string): [string, (value: string, replace?: boolean) => void] {
  const value = useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get(name) ?? '')
  const set = useCallback(
    (next: string, replace = false) => {
      const search = new URLSearchParams(location.search)
      if (next) search.set(name, next)
      else search.delete(name)
      const query = search.toString()
      navigate(query ? `${location.pathname}?${query}` : location.pathname, replace)
    },
    [name],
  )
  return [value, set]
}
