import { Component, type ReactNode } from 'react'
import { Page } from '../parts/Notes'

/** Keeps a fault of one page to that page: the others, and the way to them, stay. */
export class Boundary extends Component<{ children: ReactNode }, { fault: Error | null }> {
  override state: { fault: Error | null } = { fault: null }

  static getDerivedStateFromError(fault: Error) {
    return { fault }
  }

  override render() {
    if (!this.state.fault) return this.props.children
    return (
      <Page question="This page broke" answer="A fault of the console, not of your system. The other pages still work.">
        <p className="mono">{this.state.fault.message}</p>
        <p><button type="button" className="button" onClick={() => this.setState({ fault: null })}>Try again</button></p>
      </Page>
    )
  }
}
