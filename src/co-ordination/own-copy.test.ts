import { beforeAll, describe, expect, it } from 'vitest'
import { planOf, savePlan } from '#care-plan'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { arrangeDeath, arrangePlan, someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, staffId, testDay } from '../../test/house.ts'
import { addTask } from './actions.ts'
import { showOwnCopy } from './own-copy-page.tsx'
import { hardWords } from './plain-words.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

const open = async (person: string, who: Cast = 'amina') =>
  pageOf(await house.as(who, (visit) => showOwnCopy(visit, askedWith({ params: { person } }))))

/** What is on the paper: the sheet, without what helps whoever prints it. */
const paper = async (person: string) => {
  const html = await open(person)
  return wordsOf(html.slice(html.indexOf('<article'), html.indexOf('</article>')))
}
const beside = async (person: string) => {
  const html = await open(person)
  return wordsOf(html.slice(0, html.indexOf('<article')))
}

const write = (person: string, goal: string, action: string, isAgreed: boolean) =>
  withPerson(house, 'amina', person, async (visit, leave) => {
    const plan = await planOf(visit.db, leave)
    const outcome = await savePlan(visit, leave, {
      from: plan?.version ?? 0,
      whatMatters: 'My garden',
      goals: [{ words: goal, actions: [{ what: action, owner: staffId('amina'), dueOn: testDay }] }],
      ifThens: [{ if: 'Your ankles swell', do: 'Put your feet up', call: 'Amina' }],
      reviewOn: testDay,
      agreement: isAgreed ? { by: 'the person', on: testDay } : undefined,
    })
    if (!outcome.ok) throw new Error(outcome.problems[0]?.message)
  })

describe('the plan somebody takes home', () => {
  it('says first who looks after them and whom they ring, and then what was agreed and who does it', async () => {
    const person = await someoneInCare(house, { given: 'June', family: 'Taken' })
    await write(person, 'Walk to the shop again', 'Ring the walking group', true)
    const words = await paper(person)
    expect(words).toMatch(/June’s plan .*Amina Yusuf looks after your care\. Ring 01632 960 117/)
    expect(words).toContain('You agreed this plan on 1 April 2026.')
    expect(words).toContain(
      'Walk to the shop again Amina Yusuf, case manager: Ring the walking group. By 1 April 2026.',
    )
    expect(words).toContain('If this happens: Your ankles swell. Do this: Put your feet up. Ring: Amina.')
  })

  it('holds nothing that is not agreed: of a changed plan the version that was, of a first draft nothing', async () => {
    const person = await someoneInCare(house)
    await write(person, 'A goal of a draft', 'An action of a draft', false)
    expect(await paper(person)).not.toContain('of a draft')
    expect(await paper(person)).toContain('We write a plan together with you.')
    expect(await beside(person)).toContain('The plan is not agreed')
    const other = await someoneInCare(house)
    await write(other, 'What was agreed', 'Ring them', true)
    await write(other, 'What nobody has agreed yet', 'Ring them twice', false)
    expect(await paper(other)).toContain('What was agreed')
    expect(await paper(other)).not.toContain('nobody has agreed')
    expect(await beside(other)).toContain('It is the last that was agreed.')
  })

  it('says sorry for what we are late with, and what was promised', async () => {
    const person = await someoneInCare(house)
    await withPerson(house, 'amina', person, (visit, leave) => arrangePlan(visit, leave))
    await withPerson(house, 'amina', person, (visit, leave) =>
      addTask(visit, leave, {
        ...{ what: 'Bring the new cushion', holder: { staffId: staffId('amina') } },
        ...{ dueOn: testDay, isPromise: true },
      }),
    )
    expect(await paper(person)).toContain('What we promised you Bring the new cushion. By 1 April 2026.')
    await house.arrange(`update co_ordination.task_turn set due_on = '2026-03-30' where person_id = $1`, [
      person,
    ])
    expect(await paper(person)).toContain(
      'Bring the new cushion. By 30 March 2026. This is late. We are sorry.',
    )
  })

  it('says nothing to somebody who has died, and is not for whoever has nothing to do with them', async () => {
    const person = await someoneInCare(house)
    await expect(open(person, 'karl')).rejects.toThrow()
    await arrangeDeath(house, person, '2026-03-28')
    expect(await open(person)).not.toContain('<article')
  })

  it('has no word of its own that is hard, and tells whoever prints it which words of the plan are', async () => {
    const person = await someoneInCare(house)
    expect(hardWords((await paper(person)).split(/(?<=[.?:!]) /))).toEqual([])
    await write(person, 'Less oedema', 'DN to monitor BP bd', true)
    const said = await beside(person)
    expect(said).toContain('Say these more plainly')
    expect(said).toContain('Write in full: DN, BP, bd')
    expect(await paper(person)).not.toContain('Say these more plainly')
  })

  it.each([
    ['Walk to the shop with Bill on Tuesdays', undefined],
    ['Your GP checks your blood pressure', undefined],
    ['Take it prior to lunch', 'For “prior to” say “before”'],
    ['Paracetamol 1g qds', 'Write in full: qds'],
    [
      'If you feel short of breath and your ankles swell and you cannot lie flat then take the extra tablet that we talked about and sit up',
      'A sentence has 27 words: make it two',
    ],
  ])('of “%s” it says %s', (words, why) => {
    expect(hardWords([words])[0]?.why).toBe(why)
  })
})
