import type { BoardUnit, DecompositionLine, DecompositionUnit, UnitPull } from '../../api/types'
import { Copy } from '../../parts/Copy'
import { count, plural, ratio } from '../../parts/format'
import { Failure, Waiting } from '../../parts/Notes'
import { ServiceName, hueOf } from './ServiceDot'
import { change, evidenceWords, fate, roles, sharedWords } from './words'

type Props = {
  unit: BoardUnit; detail: DecompositionUnit | undefined; error: unknown; lines: DecompositionLine[]; units: BoardUnit[]; hues: Map<string, number>; movable: boolean; contested: boolean
  onMove: () => void; onMoveTo: (service: string) => void; onOpen: (unit: BoardUnit) => void; onRetry: () => void; onClose: () => void
}

/** Why a type is where it is, and what else would cost. */
export function UnitPanel({ unit, detail, error, lines, units, hues, movable, contested, onMove, onMoveTo, onOpen, onRetry, onClose }: Props) {
  const pin = lines.find((line) => line.number === unit.constraintLine)
  return (
    <aside className="panel unit-panel" aria-label={`Type ${unit.name}`}>
      <div className="panel-head">
        <div><h2>{unit.name}</h2><p className="quiet unit-full">{unit.fullName}</p></div>
        <button type="button" className="button plain" data-close="" onClick={onClose}>Close</button>
      </div>
      <div className="section">
        <dl className="facts">
          <dt>In</dt><dd>{unit.service ? <ServiceName name={unit.service} hues={hues} /> : 'no service'}{unit.shared !== null && <span className="quiet"> nearest; shared</span>}</dd>
          {unit.shared !== null && <><dt>Becomes</dt><dd>{sharedWords[unit.shared][0]} <span className="quiet">{sharedWords[unit.shared][1]}</span></dd></>}
          <dt>Is</dt><dd>{unit.kind === 'table' ? 'a table without a type' : <>{unit.kind} <span className="quiet">{roles.find(([role]) => role === unit.role)?.[1].toLowerCase()}</span></>}{unit.codeLines > 0 && <span className="quiet">, {plural(unit.codeLines, 'line')}</span>}</dd>
          {detail && <><dt>Declared</dt><dd><Copy text={`${detail.place.file}:${detail.place.line}`} label="place" /></dd></>}
          {pin && <><dt>Placed by</dt><dd>line {pin.number} <code>{pin.text.trim()}</code></dd></>}
          {contested && !pin && <><dt>Contested</dt><dd>{unit.rival} claims it almost as strongly: margin {ratio(Math.max(0, unit.margin))}</dd></>}
        </dl>
        {movable && <div className="row-actions unit-actions"><button type="button" className="button" data-move="" onClick={onMove}>Move to… <kbd>m</kbd></button></div>}
      </div>
      {error !== null && error !== undefined && <div className="section"><Failure error={error} onRetry={onRetry} /></div>}
      {!detail && !error && <Waiting>Asking why</Waiting>}
      {detail && (
        <>
          <div className="section">
            <h3>Who pulls it</h3>
            {detail.pulls.length === 0 ? <p className="quiet">Nothing ties it to any service.</p> : (
              <ul className="pulls">{detail.pulls.slice(0, 8).map((pull) => <Pull key={pull.service} pull={pull} move={detail.moves.find((one) => one.service === pull.service)} hues={hues} onMoveTo={movable ? onMoveTo : undefined} />)}</ul>
            )}
          </div>
          <div className="section">
            <h3>Because it</h3>
            {detail.reasons.length === 0 ? <p className="quiet">No single fact stands out.</p> : (
              <ul className="plain-list reasons">{detail.reasons.map((reason, index) => {
                const other = units.find((one) => one.id === reason.other)
                return (
                  <li key={index}>{reason.text}
                    <span className="reason-more">{other && other.id !== unit.id && <button type="button" className="filter-link" onClick={() => onOpen(other)}>{other.service && other.shared === null ? <ServiceName name={other.service} hues={hues} /> : 'shared'}<span className="sr">, open {other.name}</span></button>}
                      {reason.place && <Copy text={`${reason.place.file}:${reason.place.line}`} label="place" />}</span></li>
                )
              })}</ul>
            )}
          </div>
          {detail.tables.length > 0 && <div className="section"><h3>Tables</h3><ul className="plain-list mono">{detail.tables.map((table) => <li key={table}>{table}</li>)}</ul></div>}
          {detail.nested.length > 0 && <div className="section"><h3>Goes with it</h3><ul className="plain-list mono">{detail.nested.slice(0, 50).map((one) => <li key={one}>{one}</li>)}</ul>{detail.nested.length > 50 && <p className="quiet">and {count(detail.nested.length - 50)} more</p>}</div>}
        </>
      )}
    </aside>
  )
}

function Pull({ pull, move, hues, onMoveTo }: { pull: UnitPull; move: { change: number } | undefined; hues: Map<string, number>; onMoveTo: ((service: string) => void) | undefined }) {
  return (
    <li style={hueOf(pull.service, hues)}>
      <div className="pull-head"><ServiceName name={pull.service} hues={hues} /><span className="mono">{ratio(pull.share)}</span></div>
      <div className="pull-bar" aria-hidden="true"><span style={{ width: `${100 * pull.share}%` }} /></div>
      <div className="pull-foot">
        <span className="quiet dot-list">{pull.parts.filter((part) => part.share >= 0.005).map((part) => <span key={part.kind}>{evidenceWords[part.kind]} {ratio(part.share)}</span>)}</span>
        {move && <span className={`mono price-${fate(move.change)}`} title="What the price of the whole changes by">{change(move.change)}</span>}
        {move && onMoveTo && <button type="button" className="button small" onClick={() => onMoveTo(pull.service)}>Move here<span className="sr">, to {pull.service}</span></button>}
      </div>
    </li>
  )
}
