import { Page } from '../parts/Notes'
import { Link } from './Link'
import { usePages } from './pages'

export function NotFound() {
  const pages = usePages()
  return (
    <Page question="There is no such page" answer={<>The address <code>{location.pathname}</code> names none of the pages of this console.</>}>
      <ul className="plain-list">{pages.map((page) => <li key={page.path}><Link href={`/${page.path}`}>{page.name}</Link> <span className="quiet">{page.question}</span></li>)}</ul>
    </Page>
  )
}
