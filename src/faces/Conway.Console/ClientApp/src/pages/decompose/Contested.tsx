import { useRef } from 'react'
import type { BoardUnit, DecompositionBoard } from '../../api/types'
import { ratio } from '../../parts/format'
import { LeftOut, useLongRows } from '../../parts/LongRows'
import { Empty } from '../../parts/Notes'
import { ServiceName } from './ServiceDot'

/** Types that another service claims almost as strongly, least sure first. */
export function Contested({ board, hues, filter, opened, onOpen }: { board: DecompositionBoard; hues: Map<string, number>; filter: string; opened: number | null; onOpen: (unit: BoardUnit) => void }) {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  const rows = board.contested.map((id) => board.units[id]!).filter((unit) => words.every((word) => unit.fullName.toLowerCase().includes(word)))
  const table = useRef<HTMLTableElement>(null)
  const { shown, above, below, measure, long } = useLongRows(rows.length, 37, table)
  if (rows.length === 0) return <Empty>{board.contested.length === 0 ? 'Nothing is contested: each type is pulled clearly by its own service.' : `No contested type matches “${filter}”.`}</Empty>
  return (
    <table ref={table} className={long ? 'rows long contested' : 'rows contested'} aria-rowcount={rows.length + 1}>
      <thead><tr><th scope="col">Type</th><th scope="col">Is in</th><th scope="col" className="number">Pull</th><th scope="col">Claimed by</th><th scope="col" className="number">Pull</th><th scope="col" className="number">Margin</th></tr></thead>
      <tbody>
        <LeftOut height={above} />
        {shown.map((index) => {
          const unit = rows[index]!
          return (
            <tr key={unit.id} data-index={index} aria-rowindex={index + 2} ref={measure} className={unit.id === opened ? 'row-open' : undefined}>
              <td className="row-main"><button type="button" data-row="" className="filter-link strong" title={unit.fullName} onClick={() => onOpen(unit)}>{unit.name}</button></td>
              <td data-label="is in">{unit.service && <ServiceName name={unit.service} hues={hues} />}</td>
              <td className="number" data-label="pull">{ratio(unit.pull)}</td>
              <td data-label="claimed by">{unit.rival && <ServiceName name={unit.rival} hues={hues} />}</td>
              <td className="number" data-label="its pull">{ratio(unit.rivalPull)}</td>
              <td className="number" data-label="margin">{unit.margin < 0 ? `−${ratio(-unit.margin)}` : ratio(unit.margin)}</td>
            </tr>
          )
        })}
        <LeftOut height={below} />
      </tbody>
    </table>
  )
}
