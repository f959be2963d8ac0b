import { useCallback, useMemo, useState } from 'react'
import type { BoardUnit, DecompositionEdit, DecompositionOverview } from '../../api/types'
import { Problem } from '../../api/client'
import { useParameter } from '../../app/url'
import { plural } from '../../parts/format'
import { Empty, Failure, Page, Waiting } from '../../parts/Notes'
import { Segments } from '../../parts/Segments'
import { Alternatives, Compared } from './Alternatives'
import { Board, nowhere } from './Board'
import { Boundaries, BoundaryPanel } from './Boundaries'
import { Contested } from './Contested'
import { Edits, FindingLine } from './Edits'
import { MoveDialog } from './MoveDialog'
import { PriceChange } from './PriceChange'
import { useBoard, useChange, useOverview, usePrefetchUnit, useUnit } from './queries'
import { UnitPanel } from './UnitPanel'
import { hues, price } from './words'
import './decompose.css'

export default function DecomposePage() {
  const overview = useOverview()
  const [wanted, setCut] = useParameter('cut')
  const cut = overview.data ? (overview.data.alternatives.find((one) => one.id === wanted)?.id ?? overview.data.recommended) : ''
  return (
    <Page fill question="How could this be cut into services?" answer={overview.data ? <Answer overview={overview.data} cut={cut} /> : <>&nbsp;</>}>
      {overview.error && !overview.data && <Failure error={overview.error} onRetry={() => void overview.refetch()} />}
      {!overview.data && !overview.error && <Waiting>Asking for the proposal</Waiting>}
      {overview.data?.alternatives.length === 0 && <Empty>There is nothing to cut in {overview.data.name}: no types that use each other were found.</Empty>}
      {overview.data && overview.data.alternatives.length > 0 && <Proposed overview={overview.data} cut={cut} onCut={setCut} />}
    </Page>
  )
}

/** A line that is refused is told where it was typed. */
const isAdded = (change: ReturnType<typeof useChange>['variables']) => change !== undefined && 'edit' in change && change.edit.add !== null

function Answer({ overview, cut }: { overview: DecompositionOverview; cut: string }) {
  const shown = overview.alternatives.find((one) => one.id === cut)
  const { types, tables, lines } = overview.coverage
  if (!shown) return <>&nbsp;</>
  return <><strong>{shown.title[0]!.toUpperCase() + shown.title.slice(1)}: {plural(shown.services, 'service')}</strong> from {plural(types, 'type')} and {plural(tables, 'table')} in {plural(lines, 'line')}. Price {price(shown.total)}; {shown.contested === 0 ? 'nothing is contested' : `${shown.contested} contested`}.</>
}

function Proposed({ overview, cut, onCut }: { overview: DecompositionOverview; cut: string; onCut: (id: string) => void }) {
  const [view, setView] = useParameter('view')
  const [type, setType] = useParameter('type')
  const [pair, setPair] = useParameter('between')
  const [filter, setFilter] = useParameter('filter')
  const asked = useBoard(cut, overview.revision)
  const board = asked.data?.id === cut ? asked.data : undefined
  const colours = useMemo(() => hues(board?.services ?? []), [board?.services])
  const byName = useMemo(() => new Map(board?.units.map((unit) => [unit.fullName, unit])), [board])
  const opened = byName.get(type)
  const [lifted, setLifted] = useState<BoardUnit | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const [choosing, setChoosing] = useState(false)
  const [said, setSaid] = useState('')
  const change = useChange()

  const active = lifted ?? opened ?? null
  const revision = board?.revision ?? overview.revision
  const detail = useUnit(cut, revision, active?.id ?? null)
  const prefetch = usePrefetchUnit(cut, revision)
  const open = useCallback((unit: BoardUnit) => setType(unit.fullName), [setType])
  const move = (unit: BoardUnit, service: string | null) => {
    setSaid('')
    change.mutate({ move: { unit: unit.id, service } }, { onSuccess: (now) => setSaid(now.holds ? (service ? `${unit.name} is in ${service} now, by a line of ${now.constraintsFile}.` : `${unit.name} is shared now, by a line of ${now.constraintsFile}.`) : '') })
  }
  const edit = (what: DecompositionEdit) => {
    setSaid('')
    return change.mutateAsync({ edit: what })
  }
  const movable = (board?.services.length ?? 0) > 1
  const target = over === null || !detail.data || detail.data.unit.id !== active?.id ? undefined : detail.data.moves.find((one) => one.service === over)
  const blocked = overview.findings.filter((finding) => finding.severity === 'error' && finding.place?.file === overview.constraintsFile)
  const boundaries = board?.boundaries.length ?? 0
  const showing = view || 'board'

  return (
    <div className="decompose">
      <Alternatives overview={overview} cut={cut} onChoose={onCut} />
      <div className="tools decompose-tools">
        <Segments label="Show" value={showing} onChange={(next) => setView(next === 'board' ? '' : next)} options={[
          ['board', 'Board'], ['contested', `Contested ${board?.contested.length ?? ''}`], ['boundaries', `Boundaries ${boundaries || ''}`], ['prices', 'Prices'], ['edits', `Constraints ${overview.lines.filter((line) => line.understood).length || ''}`],
        ]} />
        {(showing === 'board' || showing === 'contested') && <input className="input" type="search" data-search="" aria-label="Filter types" placeholder="Filter types" value={filter} onChange={(event) => setFilter(event.target.value, true)} />}
        <span className="tools-space" />
        <span className="quiet decompose-busy" role="status">{change.isPending ? 'Cutting again …' : said}</span>
        <button type="button" className="button" data-undo="" disabled={overview.undo === null || change.isPending} title={overview.undo === null ? 'Nothing was edited here' : `Take back: ${overview.undo}`} onClick={() => { setSaid(''); change.mutate({ undo: true }) }}>Undo</button>
      </div>
      {change.error && !isAdded(change.variables) && <div className="failure" role="alert"><p><strong>{change.error instanceof Problem ? change.error.title : 'This could not be done'}.</strong> {change.error.message}</p></div>}
      {overview.trouble && <div className="failure" role="alert"><p>{overview.trouble} What is shown was made before.</p></div>}
      {blocked.length > 0 && <div className="failure" role="alert">{!overview.holds && <p><strong>These lines cannot all hold.</strong> The board shows the last cut that could be made; nothing of it is lost.</p>}{blocked.slice(0, 5).map((finding, index) => <FindingLine key={index} finding={finding} placed />)}</div>}
      {asked.error && !board && <Failure error={asked.error} onRetry={() => void asked.refetch()} />}
      <div className="split">
        <div className={`split-main show-${showing}`}>
          {!board && !asked.error && <Waiting>Asking for the board</Waiting>}
          {board && showing === 'board' && (
            <Board board={board} hues={colours} filter={filter} opened={opened?.id ?? null} lifted={lifted} moves={detail.data?.unit.id === active?.id ? detail.data?.moves : undefined}
              onOpen={open} onTouch={(unit) => prefetch(unit.id)} onLift={setLifted} onOver={setOver} onMove={(unit, service) => move(unit, service === nowhere ? null : service)} />
          )}
          {board && showing === 'contested' && <Contested board={board} hues={colours} filter={filter} opened={opened?.id ?? null} onOpen={open} />}
          {board && showing === 'boundaries' && <Boundaries board={board} hues={colours} opened={pair} onOpen={setPair} />}
          {showing === 'prices' && <Compared overview={overview} cut={cut} onChoose={onCut} />}
          {showing === 'edits' && <Edits overview={overview} busy={change.isPending} onEdit={edit} />}
        </div>
        {board && showing === 'boundaries' && pair && <BoundaryPanel cut={cut} revision={board.revision} pair={pair} hues={colours} onClose={() => setPair('')} />}
        {board && showing !== 'boundaries' && showing !== 'edits' && opened && (
          <UnitPanel unit={opened} detail={detail.data?.unit.id === opened.id ? detail.data : undefined} error={detail.error} lines={overview.lines} units={board.units} hues={colours} movable={movable} contested={board.contested.includes(opened.id)}
            onMove={() => setChoosing(true)} onMoveTo={(service) => move(opened, service)} onOpen={open} onRetry={() => void detail.refetch()} onClose={() => setType('')} />
        )}
      </div>
      {lifted && <div className="drop-bar" role="status">{over === null ? <>Drop <strong>{lifted.name}</strong> on a service; each says what the price changes by.</> : over === nowhere ? <><strong>{lifted.name}</strong> would be shared: in no service.</> : <><strong>{lifted.name}</strong> to <strong>{over}</strong> {target && detail.data ? <PriceChange total={detail.data.total} parts={detail.data.price} move={target} /> : '…'}</>}</div>}
      {choosing && opened && board && <MoveDialog unit={opened} detail={detail.data?.unit.id === opened.id ? detail.data : undefined} services={board.services} hues={colours} onMove={(service) => move(opened, service)} onClose={() => setChoosing(false)} />}
    </div>
  )
}
