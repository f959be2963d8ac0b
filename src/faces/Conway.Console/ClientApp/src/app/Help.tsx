import { Dialog } from './Dialog'
import { keysOf } from './keys'
import { usePages } from './pages'

export function Help({ onClose }: { onClose: () => void }) {
  const pages = usePages()
  return (
    <Dialog label="Keys" onClose={onClose}>
      <div className="dialog-head"><h2>Keys</h2><form method="dialog"><button className="button plain">Close <kbd>Esc</kbd></button></form></div>
      <dl className="keys">
        {keysOf(pages).map((key) => <div key={key.keys}><dt>{key.keys.split(' ').filter(Boolean).map((part) => <kbd key={part}>{part}</kbd>)}</dt><dd>{key.does}</dd></div>)}
      </dl>
    </Dialog>
  )
}
