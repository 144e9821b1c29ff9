import { beforeAll, describe, expect, it } from 'vitest'
import { Refused } from '#access'
import { askedWith, askerOf, pageOf, type Sent, wordsOf } from '../../test/asking.ts'
import { type House, openHouse, programmeId } from '../../test/house.ts'
import { arrangeRun } from '../../test/population.ts'
import { room } from './index.ts'

const conrane = programmeId('conrane')
let house: House
let jean = ''

const ask = askerOf(room.screens, () => house)
const words = async (path: string, sent: Sent = {}) => wordsOf(pageOf(await ask('drLund', 'GET', path, sent)))
const object = (answer: string, source = 'the person') =>
  ask('drLund', 'POST', '/case-finding/:person/objection', {
    params: { person: jean },
    form: { answer, source, person: jean },
  })

beforeAll(async () => {
  house = await openHouse()
  jean = await house.arrangePerson({ family: 'Pillay', given: 'Jean' })
  const records = { stays: [], quarters: [] }
  await arrangeRun(house, conrane, [{ person: jean, admissions: 3, visits: 4, conditions: ['hf'], records }])
})

describe('an objection to being looked for', () => {
  it('asks whether and who said so', async () => {
    const answer = await object('', '')
    expect(answer).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(answer))).toContain('Select who said so')
  })

  it('HZ13 takes the person off the list at the next page, not the next night', async () => {
    expect(await words('/case-finding')).toContain('PILLAY, Jean')
    await object('yes')
    expect(await words('/case-finding')).not.toContain('PILLAY, Jean')
  })

  it('stands on its page with its day and who said so, and withdrawn the person is back', async () => {
    expect(await words('/case-finding/:person/objection', { params: { person: jean } })).toContain(
      'Since 1 April 2026, said by the person',
    )
    await object('no')
    expect(await words('/case-finding')).toContain('PILLAY, Jean')
  })

  it('names who made a file or paper with the person on it, for an objection does not reach those', async () => {
    const page = () => words('/case-finding/:person/objection', { params: { person: jean } })
    expect(await page()).not.toContain('Files and papers')
    await ask('drLund', 'POST', '/case-finding/download', { form: { purpose: 'service administration' } })
    await ask('drLund', 'GET', '/case-finding/print')
    const other = await house.arrangePerson({ family: 'Reid', given: 'Callum' })
    expect(await object('yes')).toMatchObject({
      to: `/case-finding/${jean}/objection`,
      saved: 'The objection is recorded: off every list now. 2 files or papers were made before.',
    })
    await ask('drLund', 'POST', '/case-finding/download', { form: { purpose: 'direct care' } })
    const said = await page()
    expect(said).toMatch(
      /Files and papers that name Jean.*The page to print was opened Dr Astrid Lund, GP, .* direct care/,
    )
    expect(said).toContain('A file was downloaded')
    expect(said).toContain('service administration')
    // The file made after the objection does not hold her.
    expect(said.split('A file was downloaded')).toHaveLength(2)
    expect(await words('/case-finding/:person/objection', { params: { person: other } })).not.toContain(
      'Files and',
    )
    await object('no')
  })

  it('is not recorded by whoever has nothing to do with the person', async () => {
    const route = room.screens.find(
      ({ path, method }) => path === '/case-finding/:person/objection' && method === 'GET',
    )
    await expect(
      house.as('drBello', async (visit) => route?.answer(visit, askedWith({ params: { person: jean } }))),
    ).rejects.toThrow(Refused)
  })
})

describe('somebody who objects', () => {
  it('HZ13 is not added to a list that would never show them: whoever tries is told, and nothing is kept', async () => {
    await object('yes')
    const sent = { params: { person: jean }, form: { seen: '0', 'reason-added': 'asked' } }
    expect(await words('/case-finding/:person/add', { params: { person: jean } })).toContain(
      'Jean Pillay objects to being looked for, so no list would show her to a GP.',
    )
    for (const [way, form] of [
      ['add', sent.form],
      ['decline', { seen: '0', 'reason-declined': 'not wanted' }],
      ['defer', { seen: '0', 'reason-deferred': 'wants time', showAgain: '2 weeks' }],
    ] as const)
      expect(
        wordsOf(pageOf(await ask('drLund', 'POST', `/case-finding/:person/${way}`, { ...sent, form }))),
      ).toMatch(/objects? to being looked for, so no list/)
    expect(await house.arrange('select count(*)::int as n from case_finding.judgement')).toEqual([{ n: 0 }])
    await object('no')
  })
})

describe('telling the person why they were looked at', () => {
  it('says what was counted, that a doctor decides, how to put a fact right and how to object', async () => {
    const told = await words('/case-finding/:person/told', { params: { person: jean } })
    expect(told).toMatch(/\bPrint\b/)
    expect(told).toContain('3 emergency stays in hospital in 12 months')
    expect(told).toContain('heart failure')
    expect(told).toContain('It decides nothing.')
    expect(told).toContain('Tell your practice which line.')
    expect(told).toContain('your care stays the same')
    expect(told).not.toMatch(/of 100 people/i)
  })

  it('is offered before an objection is recorded, and says afterwards why nothing can be told', async () => {
    const sent = { params: { person: jean } }
    expect(await words('/case-finding/:person/objection', sent)).toContain(
      'If Jean wants to know why her record was looked at, print it first',
    )
    await object('yes')
    expect(await words('/case-finding/:person/objection', sent)).not.toContain('print it first')
    expect(await words('/case-finding/:person/told', sent)).toContain(
      'Yours is not on a list now. You have said that you do not want this, so nobody here can see whether it was on one before.',
    )
    await object('no')
    expect(await words('/case-finding/:person/told', sent)).not.toContain('You have said')
  })

  it('is recorded as the person’s own request', async () => {
    const [entry] = await house.arrange(
      `select purpose from access.entry where verb = 'tell the person why they were looked at' order by id desc limit 1`,
    )
    expect(entry).toEqual({ purpose: 'the person’s own request' })
  })
})

describe('signing the list off', () => {
  it('waits until everybody is judged', async () => {
    expect(await words('/case-finding')).toContain(
      'Sign-off opens when everybody asked is judged. 0 done, 1 to go.',
    )
    await expect(
      ask('drLund', 'POST', '/case-finding/sign-off', { form: { programme: 'conrane' } }),
    ).rejects.toThrow(Refused)
  })

  it('says who signed, when, and how it came out; twice is once', async () => {
    await ask('drLund', 'POST', '/case-finding/:person/decline', {
      params: { person: jean },
      form: { seen: '0', 'reason-declined': 'well supported' },
    })
    expect(await words('/case-finding')).toContain('Sign off this list')
    await ask('drLund', 'POST', '/case-finding/sign-off', { form: { programme: 'conrane' } })
    await ask('drLund', 'POST', '/case-finding/sign-off', { form: { programme: 'conrane' } })
    expect(await words('/case-finding')).toContain(
      'Signed off by Dr Astrid Lund on 1 April 2026: 0 accepted, 0 deferred, 1 declined.',
    )
    expect(await house.arrange('select count(*)::int as n from case_finding.sign_off')).toEqual([{ n: 1 }])
  })
})
