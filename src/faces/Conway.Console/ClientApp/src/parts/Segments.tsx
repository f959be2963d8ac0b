/** A choice of few, all of them seen. */
export function Segments({ label, value, options, onChange }: { label: string; value: string; options: [string, string][]; onChange: (value: string) => void }) {
  return (
    <div className="segments" role="group" aria-label={label}>
      {options.map(([key, name]) => <button key={key} type="button" aria-pressed={key === value} onClick={() => onChange(key)}>{name}</button>)}
    </div>
  )
}
