import { useCallback, useEffect, useRef, type PointerEvent as ReactPointerEvent } from 'react'

type Actions<T> = { lift: (what: T | null) => void; over: (service: string | null) => void; drop: (what: T, service: string) => void }

/** So far the pointer moves before a press is a drag. */
const threshold = 5
const edge = 48

/** Drags with the pointer: what lies under it with a `data-service` is the target, lists scroll at their edges, Esc lets go. A finger scrolls instead.
 *  The browser's own dragging knows no buttons in some browsers, and tells nothing of its pictures to keyboards in any. */
export function useLift<T>(actions: Actions<T>): (event: ReactPointerEvent<HTMLElement>, what: T) => void {
  const latest = useRef(actions)
  latest.current = actions
  const end = useRef<(() => void) | null>(null)
  useEffect(() => () => end.current?.(), [])

  return useCallback((event: ReactPointerEvent<HTMLElement>, what: T) => {
    if (event.button !== 0 || event.pointerType === 'touch') return
    end.current?.()
    const began = { x: event.clientX, y: event.clientY }
    const scroller = event.currentTarget.closest<HTMLElement>('.split-main')
    let pointer = began
    let lifted = false
    let at: string | null = null
    let frame = 0

    const look = () => {
      const found = document.elementFromPoint(pointer.x, pointer.y)?.closest<HTMLElement>('[data-service]')?.dataset.service ?? null
      if (found === at) return
      at = found
      latest.current.over(found)
    }
    const scroll = () => {
      const box = scroller?.getBoundingClientRect()
      if (scroller && box && (pointer.y < box.top + edge || pointer.y > box.bottom - edge)) {
        scroller.scrollTop += pointer.y < box.top + edge ? -12 : 12
        look()
      }
      frame = requestAnimationFrame(scroll)
    }
    const moved = (now: PointerEvent) => {
      pointer = { x: now.clientX, y: now.clientY }
      if (!lifted) {
        if (Math.hypot(pointer.x - began.x, pointer.y - began.y) < threshold) return
        lifted = true
        latest.current.lift(what)
        frame = requestAnimationFrame(scroll)
      }
      look()
    }
    const stop = () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('pointermove', moved)
      window.removeEventListener('pointerup', dropped)
      window.removeEventListener('pointercancel', stop)
      window.removeEventListener('keydown', pressed, true)
      end.current = null
      if (!lifted) return
      latest.current.over(null)
      latest.current.lift(null)
    }
    const dropped = () => {
      const target = lifted ? at : null
      stop()
      if (target !== null) latest.current.drop(what, target)
    }
    const pressed = (key: KeyboardEvent) => {
      if (key.key !== 'Escape' || !lifted) return
      key.preventDefault()
      key.stopPropagation()
      stop()
    }
    end.current = stop
    window.addEventListener('pointermove', moved)
    window.addEventListener('pointerup', dropped)
    window.addEventListener('pointercancel', stop)
    window.addEventListener('keydown', pressed, true)
  }, [])
}
