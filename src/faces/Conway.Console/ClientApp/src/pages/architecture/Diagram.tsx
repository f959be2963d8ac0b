import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Link } from '../../app/Link'
import { Waiting, Empty } from '../../parts/Notes'
import { roundedPath, type Point } from '../system/lines'
import { along, place, straight, widthOfText, type Placed } from './place'

export type DiagramBox = { id: string; width: number; height: number; className: string; href: string; chosen: boolean; content: ReactNode }
export type DiagramLine = {
  id: string; from: string; to: string; tone: 'plain' | 'quiet' | 'warn' | 'bad'; dash?: 'long' | 'dots'; arrow?: boolean
  label?: string | undefined; /** What stands at the two ends: `D` and `U`. */ ends?: [string, string] | undefined
  href?: string; chosen?: boolean; spoken: string; /** It takes part in placing; else it is drawn straight, as long as it is given. */ placed?: boolean
}

/** Smaller than this nothing can be read: what does not fit is scrolled instead. */
const scaleMin = 0.78

/** Boxes and lines, each a link: the picture is walked with Tab and opened with Enter, and every part of it has an address. */
export function Diagram({ boxes, lines, direction, name }: { boxes: DiagramBox[]; lines: DiagramLine[]; direction: 'RIGHT' | 'DOWN'; name: string }) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const structure = `${direction}|${boxes.map((box) => `${box.id} ${box.width} ${box.height}`).join()}|${lines.filter((line) => line.placed !== false).map((line) => `${line.id} ${line.label ?? ''}`).join()}`
  const [made, setMade] = useState<{ structure: string; placed: Placed | null } | null>(null)
  useEffect(() => {
    let current = true
    const done = (placed: Placed | null) => { if (current) setMade({ structure, placed }) }
    place(boxes, lines.filter((line) => line.placed !== false).map((line) => ({ id: line.id, from: line.from, to: line.to, label: line.label ? { width: widthOfText(line.label), height: 20 } : undefined })), direction).then(done, () => done(null))
    return () => { current = false }
    // What is chosen changes often; only the structure asks to be placed anew.
  }, [structure])

  const placed = made?.structure === structure ? made.placed : undefined
  const drawn = useMemo(() => (placed ? lines.flatMap((line) => {
    const [from, to] = [placed.boxes[line.from], placed.boxes[line.to]]
    const points = placed.lines[line.id] ?? (from && to ? straight(from, to) : undefined)
    return points ? [{ line, points, at: placed.labels[line.id] ?? halfway(points) }] : []
  }) : []), [placed, lines])

  // What an address names is brought into sight.
  const chosen = [...boxes, ...lines].find((one) => one.chosen)?.id
  useEffect(() => {
    if (placed && chosen) frame.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [placed, chosen, width])

  const scale = placed && width ? Math.max(scaleMin, Math.min(1, (width - 2) / placed.width)) : 1
  return (
    <div className="diagram" ref={frame} role="group" aria-label={name} tabIndex={0}>
      {made && made.structure === structure && !placed && <Empty>The picture could not be laid out. The lists beside it show the same facts.</Empty>}
      {placed === undefined && <Waiting>Placing {boxes.length} parts</Waiting>}
      {placed && (
        <div className="diagram-size" style={{ width: placed.width * scale, height: placed.height * scale }}>
          <div className="diagram-paper" style={{ width: placed.width, height: placed.height, transform: `scale(${scale})` }}>
            <svg width={placed.width} height={placed.height} aria-hidden="true">
              <defs>{(['plain', 'quiet', 'warn', 'bad', 'chosen'] as const).map((tone) => <marker key={tone} id={`tip-${tone}`} viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1 10 5 0 9z" className={`tip tip-${tone}`} /></marker>)}</defs>
              {drawn.map(({ line, points }) => <path key={line.id} d={roundedPath(points)} className={`tie tie-${line.tone}${line.dash ? ` tie-${line.dash}` : ''}${line.chosen ? ' tie-chosen' : ''}`} markerEnd={line.arrow ? `url(#tip-${line.chosen ? 'chosen' : line.tone})` : undefined} />)}
            </svg>
            {boxes.map((box) => {
              const at = placed.boxes[box.id]
              return at && <Link key={box.id} href={box.href} className={`box ${box.className}${box.chosen ? ' box-chosen' : ''}`} aria-current={box.chosen || undefined} style={{ left: at.x, top: at.y, width: box.width, height: box.height }}>{box.content}</Link>
            })}
            {drawn.flatMap(({ line, points }) => (line.ends ?? []).map((end, index) => {
              const at = along(index === 0 ? points : [...points].reverse(), 13)
              return end && <span key={`${line.id} ${index}`} className="tie-end" aria-hidden="true" style={{ left: at.x, top: at.y }}>{end}</span>
            }))}
            {drawn.map(({ line, at }) => line.label && (line.href
              ? <Link key={line.id} href={line.href} className={`tie-label tie-label-${line.tone}${line.chosen ? ' tie-label-chosen' : ''}`} aria-current={line.chosen || undefined} style={{ left: at.x, top: at.y }}><span className="sr">{line.spoken}: </span>{line.label}</Link>
              : <span key={line.id} className={`tie-label tie-label-${line.tone}`} style={{ left: at.x, top: at.y }}>{line.label}</span>))}
          </div>
        </div>
      )}
    </div>
  )
}

const halfway = (points: Point[]): Point => {
  const [a, b] = [points[Math.floor((points.length - 1) / 2)]!, points[Math.ceil((points.length - 1) / 2)]!]
  return points.length === 2 ? { x: (points[0]!.x + points[1]!.x) / 2, y: (points[0]!.y + points[1]!.y) / 2 } : { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}

function useWidth(frame: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    if (!frame.current) return
    const observer = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width))
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [frame])
  return width
}
