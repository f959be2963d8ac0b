import type { BoardService, BoardUnit, CostKind, DecompositionPricePart, EvidenceKind, SharedAs, UnitRole } from '../../api/types'

/** The parts of a price in a few words, and what each is a share of. */
export const partWords: Record<string, [string, string]> = {
  distributedTransactions: ['Transactions', 'use cases that write in two services or more'],
  sharedTables: ['Shared tables', 'tables that two services or more write'],
  synchronousCalls: ['Calls across', 'calls that go from one service to another'],
  foreignKeys: ['Foreign keys', 'keys and navigations that are parted'],
  joins: ['Joins', 'joining queries that are parted'],
  size: ['Uneven sizes', 'how much larger some services are than others'],
  team: ['Mixed teams', 'types that are in another team’s service'],
  modularity: ['Held together', 'ties within services above chance; taken off'],
}

export const evidenceWords: Record<EvidenceKind, string> = { code: 'code', relations: 'relations', joins: 'joins', data: 'data', transactions: 'transactions', history: 'history' }

export const roles: [UnitRole, string][] = [['domain', 'Domain'], ['application', 'Application'], ['endpoint', 'Endpoints'], ['persistence', 'Persistence'], ['contract', 'Contracts'], ['technical', 'Technical']]

export const sharedWords: Record<NonNullable<SharedAs>, [string, string]> = {
  library: ['Library', 'technical code that each service references'],
  kernel: ['Kernel', 'business values that teams change together'],
  platform: ['Platform', 'a service that others call: it has state, or talks to the outside'],
  replicate: ['Copies', 'each service gets a copy'],
}

const costWords: Record<CostKind, [string, string]> = {
  transaction: ['transaction', 'transactions'], sharedTable: ['write of a foreign table', 'writes of foreign tables'], callInLoop: ['call in a loop', 'calls in loops'], call: ['call', 'calls'],
  join: ['join', 'joins'], foreignKey: ['foreign key', 'foreign keys'], foreignRead: ['read of a foreign table', 'reads of foreign tables'], inheritance: ['inheritance', 'inheritances'],
  sharedContract: ['use of a contract', 'uses of contracts'], event: ['event', 'events'],
}

export const costs = (kind: CostKind, count: number) => `${count}\u00a0${costWords[kind][count === 1 ? 0 : 1]}`

/** A price is a small number with a meaning only beside another: always three digits. */
export const price = (value: number) => value.toFixed(3).replace('-', '−')

/** `−0.014`, `+0.003`, `±0`: the sign says dearer or cheaper. */
export function change(value: number): string {
  const rounded = value.toFixed(3)
  return rounded === '0.000' || rounded === '-0.000' ? '±0' : value > 0 ? `+${rounded}` : rounded.replace('-', '−')
}

export type Fate = 'dearer' | 'cheaper' | 'same'
export const fate = (value: number): Fate => (change(value) === '±0' ? 'same' : value > 0 ? 'dearer' : 'cheaper')

/** What a part adds to the price. */
export const cost = (part: DecompositionPricePart) => part.share * part.weight

/** How parts differ, greatest first, without those that do not. */
export const differences = (before: DecompositionPricePart[], after: DecompositionPricePart[]) =>
  after.map((part, index) => ({ part: part.part, change: cost(part) - cost(before[index]!) })).filter((one) => change(one.change) !== '±0').sort((a, b) => Math.abs(b.change) - Math.abs(a.change))

/** A hue for each service, in degrees. It comes from the name, so that an edit does not repaint the board, and moves on where another has it. */
export function hues(services: BoardService[]): Map<string, number> {
  const slots = Math.max(12, services.length)
  const taken = new Set<number>()
  return new Map(services.map(({ name }) => {
    let slot = [...name].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 9973, 7) % slots
    while (taken.has(slot)) slot = (slot + 1) % slots
    taken.add(slot)
    // Neighbouring slots are far apart on the wheel.
    return [name, Math.round((slot * 137.508) % 360)]
  }))
}

/** Types of a service by their role, in the order of roles; tables last. */
export function byRole(units: BoardUnit[]): [string, BoardUnit[]][] {
  const groups = roles.map(([role, name]) => [name, units.filter((unit) => unit.role === role && unit.kind !== 'table')] as [string, BoardUnit[]])
  return [...groups, ['Tables', units.filter((unit) => unit.kind === 'table')] as [string, BoardUnit[]]].filter(([, some]) => some.length > 0)
}

/** The name of a service as a line of constraints takes it. */
export const isServiceName = (text: string) => /^[a-z][a-z0-9-]{0,62}$/.test(text)
