import { Fragment, type ReactNode } from 'react'
import { blocksOf, inlineOf } from './prose'

/** The pages of rules: headings, paragraphs, lists, code and plain links. Text is text: no HTML in it is ever followed. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className="markdown">
      {blocksOf(text).map((block, index): ReactNode => {
        switch (block.kind) {
          case 'heading': return block.level === 1 ? <h3 key={index} className="markdown-title"><Inline text={block.text} /></h3> : <h3 key={index}><Inline text={block.text} /></h3>
          case 'code': return <pre key={index} className="command" tabIndex={0}><code>{block.text}</code></pre>
          case 'list': return <ul key={index}>{block.items.map((item, at) => <li key={at}><Inline text={item} /></li>)}</ul>
          case 'paragraph': return <p key={index}><Inline text={block.text} /></p>
        }
      })}
    </div>
  )
}

function Inline({ text }: { text: string }) {
  return inlineOf(text).map((piece, index) => {
    switch (piece.kind) {
      case 'code': return <code key={index}>{piece.text}</code>
      case 'strong': return <strong key={index}>{piece.text}</strong>
      case 'emphasis': return <em key={index}>{piece.text}</em>
      case 'text': return <Fragment key={index}>{piece.text}</Fragment>
    }
  })
}
