import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type Permit, permit, type Refused, type StaffVisit } from '#access'
import { addDays, londonInstant } from '#calendar'
import { lookWhole, someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, staffId, testDay } from '../../test/house.ts'
import { visitAt } from '../visit.ts'
import { type PlanDraft, planOf, remarkOnAction, savePlan } from './index.ts'
import { draftOf } from './rules.ts'
import type { PlanOutcome } from './types.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const someone = () => someoneInCare(house)

const withPlan = <T>(
  who: Cast,
  person: string,
  work: (visit: StaffVisit, leave: Permit<'whole'>) => Promise<T>,
): Promise<T> => withPerson(house, who, person, work)

const save = (who: Cast, person: string, draft: PlanDraft): Promise<PlanOutcome> =>
  withPlan(who, person, (visit, leave) => savePlan(visit, leave, draft))

const read = (person: string) =>
  withPlan('amina', person, async (visit, leave) => {
    const plan = await planOf(visit.db, leave)
    if (!plan) throw new Error('there is no plan')
    return plan
  })

const oneGoal: PlanDraft = {
  from: 0,
  whatMatters: 'I want to walk round my garden again.',
  goals: [
    {
      words: 'Walk round the garden',
      actions: [{ what: 'Fit a rail', owner: staffId('amina'), dueOn: addDays(testDay, 14) }],
    },
  ],
  ifThens: [],
  reviewOn: addDays(testDay, 28),
}

describe('a plan', () => {
  it('with one goal and one action, agreed with the person, is an agreed plan', async () => {
    const person = await someone()
    const outcome = await save('amina', person, {
      ...oneGoal,
      agreement: { by: 'the person', on: testDay, with: 'her daughter' },
    })
    expect(outcome).toMatchObject({ ok: true, value: { version: 1 } })
    expect(await read(person)).toMatchObject({
      version: 1,
      agreement: { by: 'the person', on: testDay, with: 'her daughter' },
      whatMatters: { words: 'I want to walk round my garden again.' },
      goals: [
        { words: 'Walk round the garden', actions: [{ words: 'Fit a rail', ownerName: 'Amina Yusuf' }] },
      ],
    })
  })

  it('is a draft until somebody agreed it', async () => {
    const person = await someone()
    await save('amina', person, { ...oneGoal, reviewOn: undefined })
    expect((await read(person)).agreement).toBeUndefined()
  })

  it('with an action nobody owns or without a date is not agreed, and the form says what to enter', async () => {
    const person = await someone()
    const outcome = await save('amina', person, {
      ...oneGoal,
      goals: [{ words: 'Walk', actions: [{ what: 'Fit a rail' }] }],
      agreement: { by: 'the person', on: testDay },
    })
    expect(outcome).toEqual({
      ok: false,
      problems: [
        { field: 'goal-1-action-1-who', message: 'Select who will do this' },
        { field: 'goal-1-action-1-due', message: 'Enter when it is due' },
      ],
    })
  })

  it('sent twice from one page is one version', async () => {
    const person = await someone()
    const draft = { ...oneGoal, goals: [{ ...oneGoal.goals[0], id: newId() }] } as PlanDraft
    const actions = draft.goals[0]?.actions.map((action) => ({ ...action, id: newId() })) ?? []
    const form = {
      ...draft,
      goals: [{ id: newId(), words: 'Walk', actions }],
      agreement: { by: 'the person', on: testDay } as const,
    }
    await save('amina', person, form)
    expect(await save('amina', person, form)).toEqual({ ok: true, value: { version: 1 } })
  })

  it('keeps every version as it stood', async () => {
    const person = await someone()
    await save('amina', person, oneGoal)
    await save('amina', person, { ...draftOf(await read(person)), whatMatters: 'To see my sister.' })
    const first = await withPlan('amina', person, (visit, leave) => planOf(visit.db, leave, 1))
    expect(first?.whatMatters?.words).toBe('I want to walk round my garden again.')
    expect((await read(person)).whatMatters?.words).toBe('To see my sister.')
  })

  it('is refused to a worker of another team, and nothing is changed', async () => {
    const person = await someone()
    await expect(save('karl', person, oneGoal)).rejects.toMatchObject({ kind: 'not for you' } as Refused)
    const rows = await house.arrange('select * from care_plan.plan where person_id = $1', [person])
    expect(rows).toEqual([])
  })

  it('of the past is saved by a job under the name of the worker it acts for', async () => {
    const person = await someone()
    await house.asSystem('make the demonstration’s past', async (now) => {
      const visit = visitAt(now.db, now.caller, londonInstant(addDays(testDay, -100), 11))
      const leave = await permit(visit, person, lookWhole)
      const outcome = await savePlan(visit, leave, { ...oneGoal, savedById: staffId('omar') })
      expect(outcome.ok).toBe(true)
    })
    const plan = await read(person)
    expect(plan.savedByName).toBe('Omar Sayed')
    expect(plan.savedAt).toEqual(londonInstant(addDays(testDay, -100), 11))
  })
})

describe('the kind of help an action is', () => {
  it('is chosen or left out, changed and taken away, and every version keeps its own', async () => {
    const person = await someone()
    await save('amina', person, oneGoal)
    expect((await read(person)).goals[0]?.actions[0]?.actionKind).toBeUndefined()
    await save('amina', person, withAction(draftOf(await read(person)), { kind: 'contingency planning' }))
    expect((await read(person)).goals[0]?.actions[0]?.actionKind).toBe('contingency planning')
    await save('amina', person, withAction(draftOf(await read(person)), { kind: undefined }))
    expect((await read(person)).goals[0]?.actions[0]?.actionKind).toBeUndefined()
    const older = await withPlan('amina', person, (visit, leave) => planOf(visit.db, leave, 2))
    expect(older?.goals[0]?.actions[0]?.actionKind).toBe('contingency planning')
  })

  it('is one of the list, and of an action alone: the database takes no other', async () => {
    const person = await someone()
    await save('amina', person, oneGoal)
    const change = (set: string, kind: string) =>
      house.arrange(`update care_plan.line set action_kind = $1 where person_id = $2 and kind = $3`, [
        set,
        person,
        kind,
      ])
    await expect(change('magic', 'action')).rejects.toThrow(/kind_of_help/)
    await expect(change('monitoring', 'goal')).rejects.toThrow(/kind_of_help/)
  })
})

describe('HZ19 two people change one plan', () => {
  it('HZ19 on different lines: both are kept, and the second is told of the first', async () => {
    const person = await someone()
    await save('amina', person, oneGoal)
    const typed = draftOf(await read(person))
    await save('omar', person, { ...typed, whatMatters: 'To feed the birds.' })
    const second = await save('amina', person, { ...typed, reviewOn: addDays(testDay, 60) })
    expect(second).toMatchObject({ ok: true, value: { version: 3, keptToo: { byName: 'Omar Sayed' } } })
    expect(await read(person)).toMatchObject({
      whatMatters: { words: 'To feed the birds.' },
      reviewOn: addDays(testDay, 60),
    })
  })

  it('HZ19 on different fields of one action: both are kept', async () => {
    const person = await someone()
    await save('amina', person, oneGoal)
    const typed = draftOf(await read(person))
    await save('omar', person, withAction(typed, { what: 'Fit a rail and a step' }))
    await save('amina', person, withAction(typed, { owner: staffId('priya') }))
    expect((await read(person)).goals[0]?.actions[0]).toMatchObject({
      words: 'Fit a rail and a step',
      ownerName: 'Priya Raman',
    })
  })

  it('HZ19 one says what kind of help an action is and the other whose it is: both are kept', async () => {
    const person = await someone()
    await save('amina', person, oneGoal)
    const typed = draftOf(await read(person))
    await save('omar', person, withAction(typed, { kind: 'monitoring' }))
    await save('amina', person, withAction(typed, { owner: staffId('priya') }))
    expect((await read(person)).goals[0]?.actions[0]).toMatchObject({
      actionKind: 'monitoring',
      ownerName: 'Priya Raman',
    })
  })

  it('HZ19 two say two kinds of one action: nothing is saved, and both come back to be chosen from', async () => {
    const person = await someone()
    await save('amina', person, oneGoal)
    const typed = draftOf(await read(person))
    await save('omar', person, withAction(typed, { kind: 'monitoring' }))
    const mine = withAction(typed, { kind: 'medication management' })
    expect(await save('amina', person, mine)).toMatchObject({
      ok: false,
      changed: { clashes: [{ field: 'actionKind', theirs: 'monitoring', mine: 'medication management' }] },
    })
    const lineId = typed.goals[0]?.actions[0]?.id ?? ''
    await save('amina', person, {
      ...mine,
      seen: 2,
      choices: [{ lineId, field: 'actionKind', keep: 'mine' }],
    })
    expect((await read(person)).goals[0]?.actions[0]?.actionKind).toBe('medication management')
  })

  it('HZ19 on the same words: nothing is saved, and both sides come back', async () => {
    const person = await someone()
    await save('amina', person, oneGoal)
    const typed = draftOf(await read(person))
    await save('omar', person, { ...typed, whatMatters: 'Theirs.' })
    const clash = await save('amina', person, { ...typed, whatMatters: 'Mine.' })
    expect(clash).toMatchObject({
      ok: false,
      changed: { version: 2, byName: 'Omar Sayed', clashes: [{ theirs: 'Theirs.', mine: 'Mine.' }] },
    })
    expect((await read(person)).whatMatters?.words).toBe('Theirs.')
  })

  it('HZ19 somebody changes an action another took out: the choice is shown', async () => {
    const person = await someone()
    await save('amina', person, oneGoal)
    const typed = draftOf(await read(person))
    await save('omar', person, withAction(typed, { what: 'Fit two rails' }))
    const clash = await save(
      'amina',
      person,
      withAction(typed, { what: '', owner: undefined, dueOn: undefined }),
    )
    expect(clash).toMatchObject({
      ok: false,
      changed: { clashes: [{ field: 'line', theirs: 'Fit two rails' }] },
    })
  })

  it('HZ19 an agreement is of what was read: a change since then comes back before it is recorded', async () => {
    const person = await someone()
    await save('amina', person, oneGoal)
    const typed = draftOf(await read(person))
    await save('omar', person, { ...typed, whatMatters: 'To feed the birds.' })
    const second = await save('amina', person, { ...typed, agreement: { by: 'the person', on: testDay } })
    expect(second).toMatchObject({ ok: false, changed: { clashes: [] } })
  })

  it('HZ19 20 people on 20 lines at once: all 20 are kept', async () => {
    const person = await someone()
    const ids = Array.from({ length: 20 }, () => newId())
    await save('amina', person, {
      ...oneGoal,
      goals: ids.map((id) => ({ id, words: 'Goal', actions: [] })),
    })
    const typed = draftOf(await read(person))
    const outcomes = await Promise.all(
      ids.map((id, at) =>
        save(at % 2 ? 'omar' : 'amina', person, {
          ...typed,
          goals: typed.goals.map((goal) => (goal.id === id ? { ...goal, words: `Goal of ${at}` } : goal)),
        }),
      ),
    )
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
    const words = (await read(person)).goals.map((goal) => goal.words)
    expect(words).toEqual(ids.map((_, at) => `Goal of ${at}`))
  })

  it('HZ19 two who begin a plan at once: both first plans are in it', async () => {
    const person = await someone()
    await Promise.all(
      ['amina' as const, 'omar' as const].map((who) =>
        save(who, person, { ...oneGoal, whatMatters: '', goals: [{ words: `From ${who}`, actions: [] }] }),
      ),
    )
    expect((await read(person)).goals.map((goal) => goal.words).sort()).toEqual(['From amina', 'From omar'])
  })
})

describe('an action of the plan', () => {
  it('is in progress, then done, as the last word says', async () => {
    const person = await someone()
    await save('amina', person, oneGoal)
    const actionId = (await read(person)).goals[0]?.actions[0]?.lineId ?? ''
    for (const state of ['in progress', 'done'] as const) {
      await withPlan('amina', person, (visit, leave) => remarkOnAction(visit, leave, { actionId, state }))
    }
    expect((await read(person)).goals[0]?.actions[0]).toMatchObject({ state: 'done', stateOn: testDay })
  })

  it('that was not done needs a reason', async () => {
    const person = await someone()
    await save('amina', person, oneGoal)
    const actionId = (await read(person)).goals[0]?.actions[0]?.lineId ?? ''
    const outcome = await withPlan('amina', person, (visit, leave) =>
      remarkOnAction(visit, leave, { actionId, state: 'not done' }),
    )
    expect(outcome).toMatchObject({ ok: false, problems: [{ message: 'Enter why it was not done' }] })
  })

  it('HZ01 an action of one person is not remarked on under another', async () => {
    const [june, other] = [await someone(), await someone()]
    await save('amina', june, oneGoal)
    const actionId = (await read(june)).goals[0]?.actions[0]?.lineId ?? ''
    await expect(
      withPlan('amina', other, (visit, leave) => remarkOnAction(visit, leave, { actionId, state: 'done' })),
    ).rejects.toMatchObject({ kind: 'not for you' })
  })

  it('HZ01 a line under another person’s plan is refused by the database', async () => {
    const [june, other] = [await someone(), await someone()]
    await save('amina', june, oneGoal)
    await expect(
      house.arrange(
        `insert into care_plan.line (id, line_id, plan_id, person_id, kind, place, words, from_version)
         select $1, $1, id, $2, 'goal', 1, 'A goal', 1 from care_plan.plan where person_id = $3`,
        [newId(), other, june],
      ),
    ).rejects.toThrow(/foreign key/)
  })
})

function withAction(
  draft: PlanDraft,
  change: Partial<PlanDraft['goals'][number]['actions'][number]>,
): PlanDraft {
  return {
    ...draft,
    goals: draft.goals.map((goal) => ({
      ...goal,
      actions: goal.actions.map((action) => ({ ...action, ...change })),
    })),
  }
}
