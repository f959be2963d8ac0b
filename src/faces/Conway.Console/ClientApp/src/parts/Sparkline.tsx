/** The path of a line through values; a null is a gap, never a zero. */
export function sparkPath(values: (number | null)[], width: number, height: number, top: number): string {
  let path = ''
  let pen = 'M'
  const step = values.length > 1 ? width / (values.length - 1) : 0
  values.forEach((value, index) => {
    if (value === null) {
      pen = 'M'
      return
    }
    const y = height - (top > 0 ? value / top : 0) * (height - 2) - 1
    path += `${pen}${(index * step).toFixed(1)} ${y.toFixed(1)}`
    pen = 'L'
  })
  return path
}

/** The space under the line, one path for each stretch without a gap: so that nothing is read as a height that is only a place. */
function areas(values: (number | null)[], width: number, height: number, top: number): string[] {
  if (top <= 0) return []
  return sparkPath(values, width, height, top).split('M').slice(1).map((stretch) => {
    const points = stretch.split('L')
    return `M${points[0]!.split(' ')[0]} ${height}L${points.join('L')}L${points.at(-1)!.split(' ')[0]} ${height}Z`
  })
}

export function Sparkline({ values, label, tone = 'accent' }: { values: (number | null)[]; label: string; tone?: 'accent' | 'bad' | 'quiet' }) {
  const seen = values.filter((value) => value !== null)
  if (seen.length === 0) return <span className="spark-none quiet" aria-label={`${label}: no data`}>no data</span>
  return (
    <svg className={`spark spark-${tone}`} viewBox="0 0 96 20" width="96" height="20" role="img" aria-label={label} preserveAspectRatio="none">
      {areas(values, 96, 20, Math.max(...seen)).map((area) => <path key={area} d={area} className="spark-area" />)}
      <path d={sparkPath(values, 96, 20, Math.max(...seen))} fill="none" stroke="currentColor" strokeWidth="1.25" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
