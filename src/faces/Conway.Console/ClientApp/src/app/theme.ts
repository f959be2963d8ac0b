import { useSyncExternalStore } from 'react'

export type Theme = 'system' | 'dark' | 'light'

const listeners = new Set<() => void>()
const dark = window.matchMedia('(prefers-color-scheme: dark)')
dark.addEventListener('change', () => listeners.forEach((listener) => listener()))

const chosen = (): Theme => (document.documentElement.dataset.theme as Theme | undefined) ?? 'system'

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    if (theme === 'system') localStorage.removeItem('conway.theme')
    else localStorage.setItem('conway.theme', theme)
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
  listeners.forEach((listener) => listener())
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const useTheme = (): Theme => useSyncExternalStore(subscribe, chosen)
/** What is painted now; pictures that take colours at draw time draw again when it changes. */
export const usePainted = (): 'dark' | 'light' => useSyncExternalStore(subscribe, () => (chosen() === 'system' ? (dark.matches ? 'dark' : 'light') : (chosen() as 'dark' | 'light')))
