import { useEffect, useMemo, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { MetricSeries } from '../../api/types'
import { usePainted } from '../../app/theme'
import { clock, measured } from '../../parts/format'
import { align, namesOf, type ValueName } from './align'

const seriesMax = 8
const dashes: number[][] = [[], [6, 3], [2, 3], [8, 3, 2, 3], [1, 2], [12, 4], [4, 2, 1, 2], [3, 6]]

/** Lines over time. Series differ by dash as well as by shade, so that they can be told apart in grey. */
export default function Chart({ data, value }: { data: MetricSeries; value: ValueName }) {
  const space = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const painted = usePainted()
  const shown = useMemo(() => data.series.slice(0, seriesMax), [data])
  const names = useMemo(() => namesOf(shown), [shown])
  const values = useMemo(() => align(shown, value), [shown, value])
  const key = `${data.name} ${names.join()} ${painted} ${value}`

  useEffect(() => {
    const element = space.current!
    const css = getComputedStyle(element)
    const colour = (name: string) => css.getPropertyValue(name).trim()
    const font = '11px system-ui, sans-serif'
    const axis = { stroke: colour('--quiet'), font, grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1, size: 4 } }
    const shades = ['--accent', '--text', '--quiet', '--wait']
    const last = (plot: uPlot) => plot.cursor.idx ?? plot.data[0].length - 1
    plot.current = new uPlot({
      width: element.clientWidth, height: 240, cursor: { y: false, points: { size: 6 } }, legend: { live: true, markers: { width: 2, dash: (_, at) => (at > 1 ? 'dashed' : 'solid') } },
      // While nobody points at a time the legend tells the last values.
      hooks: { setCursor: [(plot) => { if (plot.cursor.idx == null) plot.setLegend({ idx: last(plot) }, false) }], setData: [(plot) => plot.setLegend({ idx: last(plot) }, false)], ready: [(plot) => plot.setLegend({ idx: last(plot) }, false)] },
      axes: [{ ...axis, space: 90, values: (_, ticks) => ticks.map((tick) => clock(tick * 1000, false)) }, { ...axis, size: 74, values: (_, ticks) => ticks.map((tick) => measured(tick, data.unit)) }],
      scales: { y: { range: (_, low, high) => [Math.min(0, low ?? 0), (high ?? 0) > 0 ? high * 1.08 : 1] } },
      series: [{ value: (_, seconds) => (seconds === null ? '' : clock(seconds * 1000, false)), label: 'Time' }, ...names.map((label, at) => ({ label, stroke: colour(shades[at % shades.length]!), width: 1.5, dash: dashes[at]!, spanGaps: false, points: { show: false }, value: (_: uPlot, one: number | null) => measured(one, data.unit) }))],
    }, values as uPlot.AlignedData, element)
    const watch = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: 240 }))
    watch.observe(element)
    return () => {
      watch.disconnect()
      plot.current?.destroy()
    }
    // The picture is built for a metric and a theme; new points only change its data.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key])

  useEffect(() => plot.current?.setData(values as uPlot.AlignedData), [values])

  return (
    <>
      <div className="chart" ref={space} role="img" aria-label={`${data.name}: ${names.map((name, at) => `${name} ${measured(shown[at]?.points.at(-1)?.[value], data.unit)}`).join('; ')}`} />
      {data.series.length > seriesMax && <p className="quiet">The first {seriesMax} of {data.series.length} series are drawn.</p>}
      {data.series.length === 0 && <p className="quiet">No point in this window.</p>}
    </>
  )
}
