import type { DecompositionPricePart, UnitMove } from '../../api/types'
import { change, differences, fate, partWords, price } from './words'

/** What a move would do to the price, whole and in parts. */
export function PriceChange({ total, parts, move }: { total: number; parts: DecompositionPricePart[]; move: UnitMove }) {
  return (
    <span className="price-change">
      <span className="mono">{price(total)} → {price(move.total)}</span>
      <strong className={`price-${fate(move.change)}`}>{change(move.change)} {fate(move.change) === 'same' ? 'no difference' : fate(move.change)}</strong>
      <span className="price-parts">{differences(parts, move.price).slice(0, 4).map((one) => <span key={one.part}>{partWords[one.part]?.[0].toLowerCase() ?? one.part} <span className={`price-${fate(one.change)}`}>{change(one.change)}</span></span>)}</span>
    </span>
  )
}
