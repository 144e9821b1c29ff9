import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { askerOf, pageOf, wordsOf } from '../../test/asking.ts'
import { arrangeDeath } from '../../test/care.ts'
import { type House, openHouse, places, programmeId, staffId } from '../../test/house.ts'
import { arrangeRun } from '../../test/population.ts'
import { room } from './index.ts'

const conrane = programmeId('conrane')
let house: House
let [jean, june] = ['', '']

const ask = askerOf(room.screens, () => house)
const why = async (person: string, path = '/case-finding/:person') =>
  wordsOf(pageOf(await ask('drLund', 'GET', path, { params: { person } })))
const wish = (person: string, purpose: string) =>
  house.arrange(
    `insert into people.wish (id, person_id, kind, purpose, answer, since, source, recorded_at)
     values ($1, $2, 'objection', $3, 'yes', '2026-03-01', 'the practice', now())`,
    [newId(), person, purpose],
  )

beforeAll(async () => {
  house = await openHouse()
  jean = await house.arrangePerson({ family: 'Pillay', given: 'Jean' })
  june = await house.arrangePerson({ family: 'Okafor', given: 'June' })
  const records = { stays: [], quarters: [] }
  await arrangeRun(house, conrane, [{ person: jean, admissions: 5, visits: 6, records }], {
    sources: ['inpatient', 'emergency_department', 'conditions', 'prescriptions'],
  })
})

describe('the page of somebody who is not on the list says what keeps them off it', () => {
  it('that the order did not reach them', async () => {
    const words = await why(june)
    expect(words).toContain('June Okafor is not on the list')
    expect(words).toContain('The rule did not put her among the first 1 of 1,000 adults considered.')
    expect(words).not.toContain('Expect a fall anyway')
    expect(words).toContain('Your decision')
  })

  it('that they are with us, which is no word of the order', async () => {
    const episode = newId()
    await house.arrange(
      `with e as (insert into people.episode (id, person_id, programme_id, opened_on, turn, recorded_at)
         values ($1, $2, $3, '2026-03-01', 1, now()))
       insert into people.episode_turn
         values ($1, 1, $2, 'active', $4, $5, 'several teams', now(), now(), $4)`,
      [episode, june, conrane, staffId('amina'), places.team],
    )
    const words = await why(june)
    expect(words).toContain('Whoever is with us already is left out of the list')
    expect(words).not.toContain('did not put her')
    await house.arrange(`update people.episode set closed_on = '2026-04-01' where id = $1`, [episode])
  })

  it('that an objection is on record, and asks for no decision', async () => {
    await wish(june, 'case-finding')
    const words = await why(june)
    expect(words).toContain('An objection is on record.')
    expect(words).not.toContain('Your decision')
  })

  it('that they died, with no rank and no count', async () => {
    await arrangeDeath(house, jean, '2026-03-30')
    const words = await why(jean)
    expect(words).toContain('Died 30 March 2026. Whoever has died is taken off every list')
    expect(words).not.toContain('Rule ranking')
    await house.arrange('update people.person set died_on = null where id = $1', [jean])
  })
})

describe('the page of somebody on the list', () => {
  it('says how many admissions people with as many are expected to have next, with no help', async () => {
    // Mean 0.12 and variance 0.3: shape 0.08, so (5 + 0.08) / (1 + 0.08 / 0.12) = 3.05.
    expect(await why(jean)).toContain(
      'People here with 5 emergency admissions in a year are expected to have about 3.0 each in the next',
    )
  })

  it('is told apart where somebody is added by hand: they wait already', async () => {
    const said = 'is on the list of 1 April 2026 already and waits for a decision'
    expect(await why(jean, '/case-finding/:person/add')).toContain(`Jean Pillay ${said}`)
    expect(await why(june, '/case-finding/:person/add')).not.toContain(said)
  })

  it('tells the person which records put them in order, and which had no part in it', async () => {
    const words = await why(jean, '/case-finding/:person/told')
    expect(words).toContain('Hospital admissions, A&E attendances, recorded conditions.')
    expect(words).toContain('Also loaded, and of no part in the order: prescriptions.')
    expect(words).toContain('within 30 days you are told that it has come')
  })
})

describe('the decisions of a practice', () => {
  it('are not said to be none while those decided on are only to judge again', async () => {
    const ledger = async () => wordsOf(pageOf(await ask('drLund', 'GET', '/case-finding/ledger')))
    expect(await ledger()).toContain('Nothing has been decided yet.')
    const form = { seen: '0', 'reason-added': 'carer', person: jean }
    await ask('drLund', 'POST', '/case-finding/:person/add', { params: { person: jean }, form })
    expect(await ledger()).toContain('Everybody decided on is to judge again.')
    expect(await ledger()).toContain('What happened later')
  })
})

describe('withdrawing an objection', () => {
  it('says that another, which came with the records, still stands', async () => {
    await wish(jean, 'type 1')
    const form = { answer: 'no', source: 'the person', person: jean }
    const answer = await ask('drLund', 'POST', '/case-finding/:person/objection', {
      params: { person: jean },
      form,
    })
    expect(answer).toMatchObject({
      to: `/case-finding/${jean}/objection`,
      saved: 'The answer is recorded. An objection that came with the records still stands.',
    })
  })
})
