import type { DecompositionOverview } from '../../api/types'
import { plural } from '../../parts/format'
import { cost, partWords, price } from './words'

/** The ways of cutting side by side; one is chosen. */
export function Alternatives({ overview, cut, onChoose }: { overview: DecompositionOverview; cut: string; onChoose: (id: string) => void }) {
  const most = Math.max(...overview.alternatives.map((one) => one.price.reduce((sum, part) => sum + Math.max(0, cost(part)), 0)), 0.001)
  return (
    <div className="alternatives" role="group" aria-label="Ways of cutting">
      {overview.alternatives.map((one) => (
        <button key={one.id} type="button" className="alternative" aria-pressed={one.id === cut} title={one.how} onClick={() => onChoose(one.id)}>
          <span className="alternative-head"><strong>{one.id}</strong><span className="mono">{price(one.total)}</span></span>
          <span className="price-bar" aria-hidden="true">{one.price.filter((part) => cost(part) > 0).map((part) => <span key={part.part} className={`part-${part.part}`} style={{ width: `${(100 * cost(part)) / most}%` }} />)}</span>
          <span className="alternative-facts">{plural(one.services, 'service')}, {one.contested} contested</span>
          <span className="alternative-facts">{[one.id === overview.recommended && 'recommended', one.pareto && 'Pareto'].filter(Boolean).join(' · ') || '\u00a0'}</span>
        </button>
      ))}
    </div>
  )
}

/** Every part of every price, and what could not be tried. */
export function Compared({ overview, cut, onChoose }: { overview: DecompositionOverview; cut: string; onChoose: (id: string) => void }) {
  const parts = overview.alternatives[0]?.price.filter((part) => overview.alternatives.some((one) => Math.abs(cost(one.price.find((other) => other.part === part.part)!)) > 0)) ?? []
  return (
    <>
      <div className="wide-table" tabIndex={0} role="region" aria-label="Prices">
        <table className="prices">
          <thead>
            <tr><th scope="col">Cut</th><th scope="col" className="number">Services</th><th scope="col" className="number">Contested</th>
              {parts.map((part) => <th key={part.part} scope="col" className="number" title={partWords[part.part]?.[1]}><span className={`part-key part-${part.part}`} aria-hidden="true" />{partWords[part.part]?.[0] ?? part.part}</th>)}
              <th scope="col" className="number">Price</th><th scope="col">Pareto</th></tr>
          </thead>
          <tbody>
            {overview.alternatives.map((one) => (
              <tr key={one.id} className={one.id === cut ? 'row-open' : undefined}>
                <th scope="row"><button type="button" data-row="" className="filter-link strong" onClick={() => onChoose(one.id)}>{one.id}</button> <span className="quiet">{one.title}{one.id === overview.recommended && ', recommended'}</span></th>
                <td className="number">{one.services}</td><td className="number">{one.contested}</td>
                {parts.map((part) => {
                  const mine = one.price.find((other) => other.part === part.part)!
                  const best = Math.min(...overview.alternatives.map((other) => cost(other.price.find((its) => its.part === part.part)!)))
                  return <td key={part.part} className={cost(mine) - best < 0.0005 ? 'number strong' : 'number'}>{price(cost(mine))}</td>
                })}
                <td className="number strong">{price(one.total)}</td><td>{one.pareto ? 'yes' : <span className="quiet">no</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="compared-words">
        <p className="quiet">Lower is better; a part is its share times its weight, and the best of each column is bold. A cut is Pareto when no other is better in one part and worse in none.</p>
        <dl className="facts">{parts.map((part) => <div key={part.part} className="fact"><dt><span className={`part-key part-${part.part}`} aria-hidden="true" />{partWords[part.part]?.[0] ?? part.part} × {Math.abs(part.weight)}</dt><dd className="quiet">{partWords[part.part]?.[1]}</dd></div>)}</dl>
        {overview.notTried.map((left) => <p key={left.id}><strong>{left.id}</strong> was not tried: it needs {left.needs}.</p>)}
      </div>
    </>
  )
}
