import type { Replica } from '../../api/types'

/** Who leaves a replica out of its balance: `orders leaves it out`, `gateway, orders and 3 more leave it out`. */
export function leftOutBy(replica: Pick<Replica, 'ejectedBy'>): string {
  const [first, second, ...more] = replica.ejectedBy
  if (first === undefined) return 'nobody leaves it out'
  if (second === undefined) return `${first} leaves it out`
  return `${first}${more.length > 0 ? `, ${second} and ${more.length} more` : ` and ${second}`} leave it out`
}
