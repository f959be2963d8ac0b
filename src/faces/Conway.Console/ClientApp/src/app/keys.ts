import { useEffect } from 'react'
import type { Page } from './pages'
import { navigate } from './url'

/** Every key the console knows, for the `?` page; the code below and this list are read together. */
export const keysOf = (pages: Page[]): { keys: string; does: string }[] => [
  { keys: '/', does: 'Search on this page' },
  { keys: 'Ctrl K', does: 'Find anything, or do something' },
  ...pages.map((page) => ({ keys: `g ${page.key}`, does: `Go to ${page.name}` })),
  { keys: 'j  k', does: 'Next and previous row' },
  { keys: 'Enter', does: 'Open the row' },
  ...(pages.some((page) => page.needs === 'system') ? [{ keys: 'p', does: 'Pause or resume what is live' }] : []),
  ...(pages.some((page) => page.path === 'decompose') ? [{ keys: 'm', does: 'Move the chosen type' }, { keys: 'Ctrl Z', does: 'Take the last edit back' }] : []),
  { keys: 'Esc', does: 'Close what is open, or go back' },
  { keys: '?', does: 'Show these keys' },
]

type Actions = { help: () => void; palette: () => void; escape: () => boolean }

const typing = (target: EventTarget | null) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

function moveRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')]
  if (rows.length === 0) return
  const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement))
  rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus()
}

export function useKeys(actions: Actions, pages: Page[]): void {
  useEffect(() => {
    // When the first key was pressed, by the event's own clock: a page that is busy takes both keys late, but not further apart.
    let waitingForPage = -Infinity
    const pressed = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        actions.palette()
        return
      }
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z' && !typing(event.target)) {
        const undo = document.querySelector<HTMLButtonElement>('[data-undo]')
        if (undo) event.preventDefault()
        undo?.click()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'Escape') {
        if (typing(event.target)) (event.target as HTMLElement).blur()
        else if (!event.defaultPrevented && !actions.escape()) history.back()
        return
      }
      if (typing(event.target) || document.querySelector('dialog[open]')) return
      if (event.timeStamp - waitingForPage < 1200) {
        waitingForPage = -Infinity
        const page = pages.find((one) => one.key === event.key)
        if (page) navigate(`/${page.path}`)
        return
      }
      switch (event.key) {
        case 'g': waitingForPage = event.timeStamp; return
        case '/': {
          const search = document.querySelector<HTMLInputElement>('[data-search]')
          if (search) {
            event.preventDefault()
            search.focus()
            search.select()
          }
          return
        }
        case '?': actions.help(); return
        case 'j': moveRow(1); return
        case 'k': moveRow(-1); return
        case 'm': {
          const move = document.querySelector<HTMLButtonElement>('[data-move]')
          // The key must not be typed into what it opens.
          if (move) event.preventDefault()
          move?.click()
          return
        }
        case 'p': document.querySelector<HTMLButtonElement>('[data-pause]')?.click(); return
      }
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [actions, pages])
}
