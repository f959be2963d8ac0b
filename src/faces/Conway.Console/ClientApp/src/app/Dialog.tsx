import { useEffect, useRef, type ReactNode } from 'react'

/** A modal in the browser's own dialog: focus stays inside, Esc closes, focus returns. */
export function Dialog({ label, className, onClose, children }: { label: string; className?: string; onClose: () => void; children: ReactNode }) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current!
    if (!element.open) element.showModal()
    return () => element.close()
  }, [])
  return (
    <dialog ref={dialog} aria-label={label} className={className} onClose={onClose} onClick={(event) => { if (event.target === dialog.current) dialog.current?.close() }}>
      {children}
    </dialog>
  )
}
