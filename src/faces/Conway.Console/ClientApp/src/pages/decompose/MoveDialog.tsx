import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { BoardService, BoardUnit, DecompositionUnit } from '../../api/types'
import { Dialog } from '../../app/Dialog'
import { PriceChange } from './PriceChange'
import { ServiceName } from './ServiceDot'
import { change, fate, isServiceName } from './words'

type Target = { service: string | null; isNew: boolean }

/** Where a type could go, cheapest first, with the price of each before anything is done. */
export function MoveDialog({ unit, detail, services, hues, onMove, onClose }: {
  unit: BoardUnit; detail: DecompositionUnit | undefined; services: BoardService[]; hues: Map<string, number>; onMove: (service: string | null) => void; onClose: () => void
}) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLUListElement>(null)
  const typed = text.trim().toLowerCase()
  const order = detail?.moves.map((move) => move.service) ?? services.map((service) => service.name).filter((name) => name !== unit.service || unit.shared !== null)
  const targets: Target[] = [
    ...order.filter((name) => name.includes(typed)).sort((a, b) => Number(b === typed) - Number(a === typed)).map((service) => ({ service, isNew: false })),
    ...(isServiceName(typed) && !services.some((service) => service.name === typed) ? [{ service: typed, isNew: true }] : []),
    ...(unit.shared === null && 'shared no service'.includes(typed) ? [{ service: null, isNew: false }] : []),
  ]
  const chosen = targets[at]
  const move = detail?.moves.find((one) => one.service === chosen?.service)

  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const choose = (target: Target | undefined) => {
    if (!target) return
    onClose()
    onMove(target.service)
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(at + 1 < targets.length ? at + 1 : 0)
    else if (event.key === 'ArrowUp') setAt(at > 0 ? at - 1 : targets.length - 1)
    else if (event.key === 'Enter') choose(chosen)
    else return
    event.preventDefault()
  }

  return (
    <Dialog label={`Move ${unit.name} to`} className="palette move-dialog" onClose={onClose}>
      <input autoFocus type="text" role="combobox" aria-expanded="true" aria-controls="move-list" aria-activedescendant={chosen ? `move-${at}` : undefined} aria-label={`Move ${unit.name} to`}
        placeholder={`Move ${unit.name} to a service, or type a new name`} spellCheck={false} value={text} onChange={(event) => { setText(event.target.value); setAt(0) }} onKeyDown={pressed} />
      <ul id="move-list" ref={list} role="listbox" aria-label="Services">
        {targets.map((target, index) => {
          const its = detail?.moves.find((one) => one.service === target.service)
          return (
            <li key={target.service ?? ''} id={`move-${index}`} role="option" aria-selected={index === at} onMouseMove={() => setAt(index)} onClick={() => choose(target)}>
              {target.service === null ? <span>No service, shared</span> : target.isNew ? <span>New service <strong>{target.service}</strong></span> : <ServiceName name={target.service} hues={hues} />}
              {its && <span className={`mono price-${fate(its.change)}`}>{change(its.change)}</span>}
            </li>
          )
        })}
      </ul>
      <p className="move-price" role="status">{move && detail ? <PriceChange total={detail.total} parts={detail.price} move={move} /> : chosen ? 'The price is known once it is there.' : 'No service has such a name; a new one has small letters, digits and hyphens, a letter first.'}</p>
    </Dialog>
  )
}
