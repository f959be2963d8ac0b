import type { ContextKind, ContextPattern, DriftKind } from '../../api/types'

/** The name of a pattern, what it means, and what stands at its ends: at downstream's, at upstream's. */
export const patterns: Record<ContextPattern, { name: string; means: string; down: string; up: string }> = {
  partnership: { name: 'partnership', means: 'Both succeed or fail together and plan together.', down: '', up: '' },
  sharedKernel: { name: 'shared kernel', means: 'Both share a part of the model and change it together.', down: '', up: '' },
  customerSupplier: { name: 'customer–supplier', means: 'Downstream’s needs have a place in upstream’s plan.', down: 'D', up: 'U' },
  conformist: { name: 'conformist', means: 'Downstream takes upstream’s model as it is.', down: 'D', up: 'U' },
  antiCorruptionLayer: { name: 'anti-corruption layer', means: 'Downstream translates upstream’s model at its border.', down: 'D', up: 'U' },
  openHost: { name: 'open host', means: 'Upstream serves everybody by one protocol.', down: 'D', up: 'U' },
  publishedLanguage: { name: 'published language', means: 'They share a documented language of exchange.', down: 'D', up: 'U' },
  separateWays: { name: 'separate ways', means: 'There is deliberately no connection.', down: '', up: '' },
}

export const kinds: Record<NonNullable<ContextKind>, string> = {
  core: 'What sets the business apart.',
  supporting: 'Needed, but no advantage.',
  generic: 'The same for everybody.',
}

/** What a difference is called, what it means, and its weight: those that go apart come first. */
export const drifts: Record<DriftKind, { name: string; means: string; state: string; apart: boolean }> = {
  forbidden: { name: 'forbidden crossing', means: 'It crosses a border that the context map forbids.', state: 'error', apart: true },
  undeclared: { name: 'undeclared', means: 'It was seen, and the model does not declare it.', state: 'warning', apart: true },
  protocol: { name: 'wrong protocol', means: 'It is made in another protocol than declared.', state: 'warning', apart: true },
  undeclaredInCode: { name: 'undeclared in source', means: 'The source names it, and the model does not declare it.', state: 'warning', apart: true },
  unexercised: { name: 'not exercised', means: 'It is declared, its caller was at work, and it was not made.', state: 'info', apart: true },
  unmadeInCode: { name: 'not in source', means: 'It is declared, and nothing in the source can make it.', state: 'info', apart: true },
  accepted: { name: 'accepted', means: 'It goes apart, and somebody has decided not to be told.', state: 'stopped', apart: false },
  notSeen: { name: 'not seen', means: 'It is declared and was not seen; its caller was not at work, so that says nothing.', state: 'none', apart: false },
  notJudged: { name: 'not evaluated', means: 'Nothing was looked at that could show it.', state: 'none', apart: false },
  agrees: { name: 'agrees', means: 'It is as declared.', state: 'succeeded', apart: false },
}

export const driftOrder = Object.keys(drifts) as DriftKind[]
