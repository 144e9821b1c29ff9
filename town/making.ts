import { h } from './hash.ts'
import { historyDays, quarterDays, registeredShare } from './parameters.data.ts'
import { ethnicIntercept, practicesOf, type TownPractice } from './practices.ts'

export type History = 'none' | 'fall' | 'subgroup' | 'harm' | 'finds-need'

/** What follows from the wish for a town before anybody is made. Days count from the town's first day. */
export type Making = {
  readonly seed: number
  /** People made: those registered on the last day and those who left, died or came later. */
  readonly rows: number
  readonly keyOfSeed: bigint
  readonly startOn: string
  /** The weekday of the first day: 0 is Monday. */
  readonly startWeekday: number
  /** The first day not told: everything before it is in the extract. */
  readonly cutDay: number
  /** The first day to tell: 0 for a new town, the old cut when a town goes on. */
  readonly fromDay: number
  readonly quarters: number
  readonly years: number
  readonly history: History
  readonly mess: boolean
  readonly practices: readonly TownPractice[]
  readonly ethnicIntercept: number
  readonly numberLeads: number
  readonly numberStep: number
  readonly numberStart: number
}

const dayMs = 86_400_000
export const addDays = (on: string, days: number): string =>
  new Date(Date.parse(`${on}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

const steps = [611_953, 745_933, 1_299_709, 15_485_863, 32_452_843, 49_979_687, 67_867_967]
export const numbersOfALead = 899_100

/** Works out what a town of this size and seed is made from; `goneOnDays` continues an older one. */
export function makingOf(wish: {
  people: number
  seed: number
  until: string
  history: History
  mess: boolean
  goneOnDays?: number
  fromDay?: number
}): Making {
  const rows = Math.max(40, Math.round(wish.people / registeredShare))
  const startOn = addDays(wish.until, 1 - historyDays)
  const cutDay = historyDays + (wish.goneOnDays ?? 0)
  const quarters = Math.ceil((cutDay - 1) / quarterDays) + 4
  const practices = practicesOf(wish.seed, rows)
  const numberLeads = Math.ceil((1.6 * rows) / numbersOfALead)
  return {
    seed: wish.seed,
    rows,
    keyOfSeed: h(BigInt(wish.seed) + 7777n),
    startOn,
    startWeekday: (new Date(`${startOn}T00:00:00Z`).getUTCDay() + 6) % 7,
    cutDay,
    fromDay: wish.fromDay ?? 0,
    quarters,
    years: Math.ceil(quarters / 4),
    history: wish.history,
    mess: wish.mess,
    practices,
    ethnicIntercept: ethnicIntercept(practices),
    numberLeads,
    numberStep: steps[wish.seed % steps.length] ?? 611_953,
    numberStart: Number(h(BigInt(wish.seed) + 31n) % BigInt(numberLeads * numbersOfALead)),
  }
}
