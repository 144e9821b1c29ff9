import { changedMeanwhile, notForYou, type Outcome, type Permit, require, type StaffVisit } from '#access'
import { episodesOf } from '#people'
import { kindOf, problemsWithKit, problemsWithLoan, problemsWithTimes } from './rules.ts'
import { holdStill, insertKit, insertLoan, kitAt, loansOf, turnLoanRow } from './store.ts'
import type { Loan, NewKit, NewLoan } from './types.ts'

/** Whoever is with the person lends kit and takes it back: those who write down what was done with them. */
export const mayLend = 'record contacts'

/** The name of the promised work that asks again whose the alerts of a piece of kit are. */
export const lookAgainTask = 'look again at the alerts of kit'

const lookAgain = (visit: StaffVisit, kitId: string) => visit.later(lookAgainTask, { kitId })

/** Writes down that the caller’s place has a piece of kit to lend. */
export async function addKit(visit: StaffVisit, kit: NewKit): Promise<Outcome> {
  require(visit, mayLend)
  const problems = problemsWithKit(kit)
  const kind = kindOf(kit.kind)
  if (problems.length > 0 || !kind) return { ok: false, problems }
  const organisationId = visit.caller.organisation.id
  await holdStill(visit.db, kit)
  const row = { ...kit, kind, organisationId, by: visit.caller.staffId, at: visit.now }
  if (!(await insertKit(visit.db, row))) {
    const message = 'Kit of this product and serial is written down already. Read the serial again'
    return { ok: false, problems: [{ field: 'serial', message }] }
  }
  await visit.note({ what: 'kit added', about: `kit ${kit.id}`, facts: { kitId: kit.id } })
  await lookAgain(visit, kit.id)
  return { ok: true, value: undefined }
}

const heldBySomebody = (field: string) => ({
  field,
  message: 'Somebody else has this kit on record at that time. Put their dates right first, under Kit',
})

/** Why kit is not lent to somebody. */
export const noEpisode =
  'Kit is lent to people with an open episode here: its alerts go to their case manager'

/**
 * Writes down that the permitted person has a piece of the caller’s place’s kit from an instant on. The same form sent
 * twice is one loan. Alerts that waited for it are asked again.
 */
export async function lendKit(visit: StaffVisit, permit: Permit<'whole'>, loan: NewLoan): Promise<Outcome> {
  require(visit, mayLend)
  const kit = (await kitAt(visit.db, visit.caller.organisation.id)).find(({ id }) => id === loan.kitId)
  const here = visit.caller.organisation.id
  // Its alerts go to a case manager: without an episode of this place there is none.
  const isOurs = (await episodesOf(visit.db, permit)).some(
    ({ closedOn, teamId }) => !closedOn && teamId === here,
  )
  const problems = [
    ...problemsWithLoan(loan, kit?.serial, visit.now),
    ...(isOurs ? [] : [{ field: 'kit', message: noEpisode }]),
  ]
  const { from, until } = loan
  if (problems.length > 0 || !kit || !from) return { ok: false, problems }
  await holdStill(visit.db, kit)
  const kept = await insertLoan(visit.db, permit, {
    ...{ id: loan.id, kitId: kit.id, from, until, checkedWith: loan.checkedWith },
    ...{ by: visit.caller.staffId, at: visit.now },
  })
  if (kept === 'somebody has it') return { ok: false, problems: [heldBySomebody('from')] }
  if (kept === 'known') return { ok: true, value: undefined }
  await visit.note({
    what: 'kit lent',
    person: permit.person,
    about: `loan ${loan.id}`,
    facts: { loanId: loan.id, kitId: kit.id, kind: kit.kind },
    happenedAt: from,
  })
  await lookAgain(visit, kit.id)
  return { ok: true, value: undefined }
}

/** One loan to the permitted person. @throws Refused when there is none. */
export async function loanOf(visit: StaffVisit, permit: Permit<'whole'>, loanId: string): Promise<Loan> {
  const loan = (await loansOf(visit.db, permit)).find((one) => one.loanId === loanId)
  if (!loan) throw notForYou()
  return loan
}

type LoanChange =
  | { readonly what: 'taken back'; readonly until: Date | undefined }
  | {
      readonly what: 'corrected'
      readonly from: Date | undefined
      readonly until?: Date
      readonly reason: string
    }
  | { readonly what: 'struck'; readonly reason: string }

/**
 * Takes kit back, or corrects when somebody had it; a loan that never was is struck. What its dates were before stays to be
 * read. Alerts given by the old dates are not moved: whoever was given one is told, and it waits for somebody’s answer.
 *
 * @param turn the turn of the loan that the page was drawn from.
 * @throws Refused when somebody changed the loan first.
 */
export async function changeLoan(
  visit: StaffVisit,
  permit: Permit<'whole'>,
  loan: Loan,
  turn: number,
  change: LoanChange,
): Promise<Outcome> {
  require(visit, mayLend)
  if (loan.turn !== turn) throw changedFirst()
  const during = duringAfter(loan, change)
  const problems = [
    ...(change.what === 'struck' ? [] : problemsWithTimes(during, visit.now)),
    ...(change.what === 'taken back' && !change.until
      ? [{ field: 'until', message: 'Enter when it was taken back, with the time' }]
      : []),
    ...('reason' in change && !change.reason.trim()
      ? [{ field: 'reason', message: 'Enter how you know' }]
      : []),
  ]
  if (problems.length > 0) return { ok: false, problems }
  await holdStill(visit.db, loan)
  const kept = await turnLoanRow(visit.db, permit, {
    ...{ loanId: loan.loanId, n: turn + 1, what: change.what, ...during },
    ...('reason' in change && { reason: change.reason }),
    ...{ by: visit.caller.staffId, at: visit.now },
  })
  if (kept === 'somebody has it') return { ok: false, problems: [heldBySomebody('from')] }
  if (kept === 'known') throw changedFirst()
  await visit.note({
    what: change.what === 'taken back' ? 'kit taken back' : 'kit dates corrected',
    person: permit.person,
    about: `loan ${loan.loanId}`,
    facts: { loanId: loan.loanId, kitId: loan.id, kind: loan.kind },
  })
  await lookAgain(visit, loan.id)
  return { ok: true, value: undefined }
}

function duringAfter(
  loan: Loan,
  change: LoanChange,
): { readonly from?: Date | undefined; readonly until?: Date | undefined } {
  if (change.what === 'taken back') return { from: loan.from, until: change.until }
  if (change.what === 'corrected') return { from: change.from, until: change.until }
  return {}
}

const changedFirst = () =>
  changedMeanwhile('Somebody changed this loan meanwhile. Open it again to see how it stands.')
