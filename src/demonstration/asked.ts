import { newId, type Outcome, type Permit, type StaffVisit } from '#access'
import { type NewMeasure, recordMeasure, recordPlace } from '#assessment'
import { chosen, type Past } from './rules.ts'

type Asked = { readonly past: Past; readonly episodeId: string }
type Leave = Permit<'whole'>

/** One in four is asked: enough to be told in groups, and a town in which not everybody was. */
const isAsked = ({ index }: Past) => index % 4 === 0

const turnOf = ({ index }: Past) => Math.floor(index / 4)
const within = (value: number) => Math.min(10, Math.max(0, value))

/** What somebody says at the first visit: how life is, and where they would wish to die. */
export async function askFirst(visit: StaffVisit, leave: Leave, asked: Asked): Promise<void> {
  if (!isAsked(asked.past)) return
  await answer(visit, leave, asked, 'ons4', lifeNow(asked.past, 0))
  const place = { id: newId(), kind: 'death', saidBy: 'the person', saidOn: visit.today } as const
  const wish = chosen(['21', '21', '30', '21', 'undecided', '42'] as const, turnOf(asked.past))
  must(await recordPlace(visit, leave, { ...place, place: wish }, undefined))
}

/** At the third month how life is and whether they would recommend us; at the sixth what our care is like. */
export async function askAgain(visit: StaffVisit, leave: Leave, asked: Asked, at: number): Promise<void> {
  if (!isAsked(asked.past)) return
  const turn = turnOf(asked.past)
  if (at === 3) {
    await answer(visit, leave, asked, 'ons4', lifeNow(asked.past, chosen([1, 0, 2, -1, 1], turn)))
    await answer(visit, leave, asked, 'fft', { '1': chosen([1, 1, 2, 1, 3, 2, 1, 4], turn) })
  }
  if (at === 6) {
    const said = Array.from({ length: 9 }, (_, question) => chosen([1, 2, 2, 3, 1, 4, 2], turn + question))
    const answers = Object.fromEntries(said.map((value, question) => [String(question + 1), value]))
    await answer(visit, leave, asked, 'experience', answers)
  }
}

/** Where somebody died, as it was heard that day. */
export async function noteWhere(visit: StaffVisit, leave: Leave, past: Past): Promise<void> {
  const place = chosen(['10', '21', '10', '42', '21', '30'] as const, past.index)
  must(
    await recordPlace(visit, leave, { id: newId(), kind: 'died', place, saidOn: visit.today }, visit.today),
  )
}

function lifeNow(past: Past, better: number): NewMeasure['answers'] {
  const turn = turnOf(past)
  return {
    satisfied: within(chosen([5, 4, 6, 3, 7], turn) + better),
    worthwhile: within(chosen([6, 5, 7, 4], turn) + better),
    happy: within(chosen([5, 6, 4], turn) + better),
    anxious: within(chosen([6, 4, 7, 3, 5], turn) - better),
  }
}

async function answer(
  visit: StaffVisit,
  leave: Leave,
  { episodeId }: Asked,
  instrument: string,
  answers: NewMeasure['answers'],
): Promise<void> {
  const how = { answeredBy: 'the person', answeredVia: 'face to face', answeredOn: visit.today } as const
  must(await recordMeasure(visit, leave, { instrument, episodeId, ...how, answers }))
}

function must(outcome: Outcome<unknown>): void {
  if (!outcome.ok) throw new Error(`the past of the demonstration: ${outcome.problems[0]?.message}`)
}
