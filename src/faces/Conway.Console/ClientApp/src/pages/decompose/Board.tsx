import { memo, useMemo, useRef, useState, type PointerEvent } from 'react'
import type { BoardService, BoardUnit, DecompositionBoard, UnitMove } from '../../api/types'
import { plural } from '../../parts/format'
import { Empty } from '../../parts/Notes'
import { hueOf } from './ServiceDot'
import { useLift } from './useLift'
import { byRole, change, fate, sharedWords } from './words'

/** So many types of a role are drawn before somebody asks for the rest: a card stays readable, and a board of thousands quick. */
const shownFirst = 6

/** The name that stands for no service. */
export const nowhere = ''

type Actions = { open: (unit: BoardUnit) => void; press: (event: PointerEvent<HTMLElement>, unit: BoardUnit) => void }

type Props = {
  board: DecompositionBoard
  hues: Map<string, number>
  filter: string
  opened: number | null
  lifted: BoardUnit | null
  moves: UnitMove[] | undefined
  onOpen: (unit: BoardUnit) => void
  onTouch: (unit: BoardUnit) => void
  onLift: (unit: BoardUnit | null) => void
  onOver: (service: string | null) => void
  onMove: (unit: BoardUnit, service: string) => void
}

/** A card for each service with its types by role; what no service has alone comes last. A type is dragged onto another card. */
export function Board({ board, hues, filter, opened, lifted, moves, onOpen, onTouch, onLift, onOver, onMove }: Props) {
  const [over, setOver] = useState<string | null>(null)
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const [cards, shared] = useMemo(() => deal(board), [board])
  const prices = useMemo(() => new Map(moves?.map((move) => [move.service, move])), [moves])

  const isHome = (unit: BoardUnit, service: string) => (service === nowhere ? unit.shared !== null : unit.shared === null && unit.service === service)
  const press = useLift<BoardUnit>({
    lift: onLift,
    over: (service) => { setOver(service); onOver(service) },
    drop: (unit, service) => { if (!isHome(unit, service)) onMove(unit, service) },
  })

  // What the rows call stays the same, so that none of thousands is drawn again because another was touched.
  const latest = useRef({ onOpen, onTouch })
  latest.current = { onOpen, onTouch }
  const actions = useMemo<Actions>(() => ({ open: (unit) => latest.current.onOpen(unit), press: (event, unit) => { latest.current.onTouch(unit); press(event, unit) } }), [press])
  const state = (service: string) => (lifted === null || isHome(lifted, service) ? '' : over === service ? ' service-over' : ' service-open')

  const matching = (units: BoardUnit[]) => (words.length === 0 ? units : units.filter((unit) => words.every((word) => unit.fullName.toLowerCase().includes(word))))
  const found = words.length === 0 || board.units.some((unit) => words.every((word) => unit.fullName.toLowerCase().includes(word)))
  if (!found) return <Empty>No type matches “{filter}”.</Empty>
  return (
    <div className={lifted ? 'board board-lifting' : 'board'}>
      {board.services.map((service, index) => {
        const units = matching(cards[index]!)
        return (
          <section key={service.name} className={`service-card${state(service.name)}${units.length === 0 ? ' service-unmatched' : ''}`} style={hueOf(service.name, hues)} aria-label={service.name} data-service={service.name}>
            <CardHead service={service} units={cards[index]!.length} move={prices.get(service.name)} />
            <Types units={units} whole={words.length > 0} opened={opened !== null && units.some((unit) => unit.id === opened) ? opened : null} actions={actions} />
            <CardFoot service={service} />
          </section>
        )
      })}
      {(shared.length > 0 || lifted) && (
        <section className={`service-card shared-card${state(nowhere)}`} aria-label="Shared" data-service={nowhere}>
          <div className="card-head"><h2>Shared</h2><span className="quiet">{plural(shared.length, 'type')}</span></div>
          <p className="card-facts">No service should have these alone.</p>
          <SharedTypes units={matching(shared)} whole={words.length > 0} opened={opened} actions={actions} />
        </section>
      )}
    </div>
  )
}

function deal(board: DecompositionBoard): [BoardUnit[][], BoardUnit[]] {
  const index = new Map(board.services.map((service, at) => [service.name, at]))
  const cards: BoardUnit[][] = board.services.map(() => [])
  const shared: BoardUnit[] = []
  const contested = new Set(board.contested)
  // What is least sure comes first: it is what somebody looks for.
  for (const unit of [...board.units].sort((a, b) => Number(contested.has(b.id)) - Number(contested.has(a.id)) || (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id))) {
    if (unit.shared !== null || unit.service === null) shared.push(unit)
    else cards[index.get(unit.service)!]!.push(contested.has(unit.id) ? unit : { ...unit, rival: null })
  }
  return [cards, shared]
}

const CardHead = memo(function CardHead({ service, units, move }: { service: BoardService; units: number; move: UnitMove | undefined }) {
  return (
    <>
      <div className="card-head">
        <h2>{service.name}</h2>
        <span className={`card-price price-${move ? fate(move.change) : 'none'}`} title={move ? 'What the price of the whole changes by if the chosen type moves here' : undefined}>{move ? change(move.change) : '\u00a0'}</span>
      </div>
      <p className="card-facts">{plural(units, 'type')}, {plural(service.codeLines, 'line')}{service.tables.length > 0 && <>, {plural(service.tables.length, 'table')}</>}</p>
    </>
  )
})

const CardFoot = memo(function CardFoot({ service }: { service: BoardService }) {
  if (service.tables.length + service.entryPoints.length === 0) return null
  return (
    <div className="card-foot">
      {service.tables.length > 0 && <details><summary>{plural(service.tables.length, 'table')}</summary><ul className="plain-list mono">{service.tables.map((table) => <li key={table}>{table}</li>)}</ul></details>}
      {service.entryPoints.length > 0 && <details><summary>{plural(service.entryPoints.length, 'entry point')}</summary><ul className="plain-list">{service.entryPoints.map((entry, index) => <li key={index} title={`${entry.place.file}:${entry.place.line}`}>{entry.name}</li>)}</ul></details>}
    </div>
  )
})

type TypesProps = { units: BoardUnit[]; whole: boolean; opened: number | null; actions: Actions }

function SharedTypes({ units, ...rest }: TypesProps) {
  const ways = (Object.keys(sharedWords) as (keyof typeof sharedWords)[]).map((way) => [way, units.filter((unit) => (unit.shared ?? 'library') === way)] as const)
  return <div className="card-types">{ways.filter(([, some]) => some.length > 0).map(([way, some]) => <Group key={way} name={sharedWords[way][0]} title={sharedWords[way][1]} units={some} {...rest} room={2 * shownFirst} />)}</div>
}

const Types = memo(function Types({ units, whole, opened, actions }: TypesProps) {
  return <div className="card-types">{byRole(units).map(([role, some]) => <Group key={role} name={role} units={some} whole={whole} opened={opened} actions={actions} room={shownFirst} />)}</div>
}, (before, after) => before.opened === after.opened && before.whole === after.whole && before.units.length === after.units.length && before.units.every((unit, index) => unit === after.units[index]))

function Group({ name, title, units, whole, opened, actions, room }: TypesProps & { name: string; title?: string; room: number }) {
  const [all, setAll] = useState(false)
  const shown = all || whole || units.length <= room + 3 ? units : units.filter((unit, index) => index < room || unit.id === opened)
  return (
    <>
      <h3 title={title}>{name} <span className="quiet">{units.length}</span></h3>
      <ul className="types">{shown.map((unit) => <Type key={unit.id} unit={unit} opened={unit.id === opened} actions={actions} />)}</ul>
      {shown.length < units.length && <button type="button" className="filter-link more-types" onClick={() => setAll(true)}>{units.length - shown.length} more</button>}
    </>
  )
}

const Type = memo(function Type({ unit, opened, actions }: { unit: BoardUnit; opened: boolean; actions: Actions }) {
  return (
    <li>
      <button type="button" data-row="" data-type={unit.fullName} className="type" aria-pressed={opened} title={unit.fullName}
        onClick={() => actions.open(unit)} onPointerDown={(event) => actions.press(event, unit)}>
        <span className="type-name">{unit.name}</span>
        {unit.constraintLine !== null && <span className="type-mark" title={`Line ${unit.constraintLine} of the constraints placed it`}>pin</span>}
        {unit.rival !== null && unit.shared === null && <span className="type-mark type-contested" title={`${unit.rival} claims it almost as strongly`}>↔ {unit.rival}</span>}
      </button>
    </li>
  )
})
