import { beforeAll, describe, expect, it } from 'vitest'
import { newId, Refused } from '#access'
import { askerOf, pageOf, wordsOf } from '../../test/asking.ts'
import { type Cast, type House, openHouse, places, programmeId, staffId } from '../../test/house.ts'
import { arrangePseudonyms, arrangeRun, pseudonym } from '../../test/population.ts'
import { room } from './index.ts'

const conrane = programmeId('conrane')
let house: House
let [jean, eileen, callum, harold] = ['', '', '', '']

beforeAll(async () => {
  house = await openHouse()
  jean = await house.arrangePerson({ family: 'Pillay', given: 'Jean', nhsNumber: '9991010203' })
  eileen = await house.arrangePerson({ family: 'O’Murphy-Évans', given: 'Eileen', bornOn: '1948-10-05' })
  callum = await house.arrangePerson({ family: 'Reid', given: 'Callum', bornOn: '2001-08-17', sex: 'male' })
  harold = await house.arrangePerson({ family: 'Whitcombe', given: 'Harold', practice: 'canalSide' })
  await arrangeRun(house, conrane, [
    {
      person: jean,
      admissions: 5,
      visits: 6,
      conditions: ['copd', 'dm2', 'hf', 'osteop'],
      lastAdmissionOn: '2026-02-20',
      records: {
        stays: [
          { on: '2026-02-20', until: '2026-03-06', isEmergency: true, diagnosis: 'I50.0', provider: 'ZT1' },
        ],
        conditions: [{ on: '2019-05-12', system: 'snomed', code: '84114007' }],
        quarters: [{ from: '2026-01-01', nights: 14, aeVisits: 2 }],
      },
    },
    { person: harold, practice: 'Z00002', admissions: 3 },
    { person: eileen, admissions: 1, conditions: ['cancer'], lastAdmissionOn: '2026-02-13' },
    { person: callum, admissions: 0, visits: 1, isCareHome: true },
  ])
})

const ask = askerOf(room.screens, () => house)
const list = async (query: Record<string, string> = {}, who: Cast = 'drLund') =>
  pageOf(await ask(who, 'GET', '/case-finding', { query }))
const names = (html: string) =>
  [...html.matchAll(/href="\/case-finding\/[0-9a-f-]{36}\?[^"]*">([^<]+)</g)].map((match) => match[1])
const decline = (person: string, form: Record<string, string> = {}) =>
  ask('drLund', 'POST', '/case-finding/:person/decline', {
    params: { person },
    form: { seen: '0', 'reason-declined': 'well supported', ...form },
  })
const takeBack = (person: string) =>
  ask('drLund', 'POST', '/case-finding/:person/take-back', { params: { person } })

describe('the list a GP works down', () => {
  it('has the practice’s own people by rank, each with the reasons of the rule', async () => {
    const html = await list()
    expect(names(html)).toEqual(['PILLAY, Jean', 'O’MURPHY-ÉVANS, Eileen', 'REID, Callum'])
    const words = wordsOf(html)
    expect(words).toContain('3 left to judge of 3')
    expect(words).toContain(
      'Rule ranking 1 of 4: 5 emergency admissions, last 40 days ago; 6 A&E visits; COPD; diabetes; heart failure; 1 more condition',
    )
    expect(words).toContain('999 101 0203')
    expect(words).toContain('Man of 24')
    expect(words).toContain('list of 1 April 2026')
  })

  it('HZ14 says it is a rule and not validated here, and gives no number “in 100” to anybody', async () => {
    const words = wordsOf(await list())
    expect(words).toContain('Rule ranking, not validated here.')
    expect(words.replace('The first 5 in 100 are', '')).not.toMatch(/\d in 100/)
    expect(words).not.toMatch(/\brisk\b/i)
  })

  it('another practice’s GP sees none of them', async () => {
    expect(names(await list({}, 'drBello'))).toEqual(['WHITCOMBE, Harold'])
  })

  it('every reading of the list is recorded with the people read', async () => {
    const before = await reads()
    await list()
    const after = await reads()
    expect(after.length - before.length).toBe(1)
    expect(new Set(after.at(-1)?.people as string[])).toEqual(new Set([jean, eileen, callum]))
  })
  const reads = () =>
    house.arrange(
      `select l.people from access.entry e join access.people_list l on l.hash = e.list_hash
       where e.staff_id = $1 and e.verb = 'read the case-finding list' order by e.id`,
      [staffId('drLund')],
    )

  it('on a page that is no more shows the last there is, not an empty one', async () => {
    const words = wordsOf(await list({ page: '9' }))
    expect(words).toContain('Showing 1 to 3 of 3')
    expect(words).toContain('PILLAY, Jean')
  })

  it('narrows by condition, age and what stands on it, and its address says how', async () => {
    expect(names(await list({ condition: 'cancer' }))).toEqual(['O’MURPHY-ÉVANS, Eileen'])
    expect(names(await list({ age: '0-64' }))).toEqual(['REID, Callum'])
    expect(names(await list({ show: 'care home' }))).toEqual(['REID, Callum'])
    expect(names(await list({ sort: 'oldest' }))).toEqual([
      'PILLAY, Jean',
      'O’MURPHY-ÉVANS, Eileen',
      'REID, Callum',
    ])
    expect(names(await list({ sort: 'admitted' }))[0]).toBe('PILLAY, Jean')
  })

  it('narrows to those without a recent admission, and to those known to another team', async () => {
    expect(names(await list({ show: 'no admission' }))).toEqual(['REID, Callum'])
    const episode = newId()
    await house.arrange(
      `with e as (insert into people.episode (id, person_id, programme_id, opened_on, turn, recorded_at)
         values ($1, $2, $3, '2026-01-05', 1, now()))
       insert into people.episode_turn
         values ($1, 1, $2, 'active', $4, $5, 'several teams', now(), now(), $4)`,
      [episode, eileen, programmeId('virtual-ward'), staffId('ana'), places.ward],
    )
    expect(names(await list({ show: 'known' }))).toEqual(['O’MURPHY-ÉVANS, Eileen'])
    expect(names(await list({ show: 'not known', age: '0-64' }))).toEqual(['REID, Callum'])
    expect(names(await list({ show: 'known', condition: 'copd' }))).toEqual([])
    await house.arrange(`update people.episode set closed_on = '2026-04-01' where id = $1`, [episode])
  })

  it('when nobody matches, it says which filter to take off', async () => {
    const words = wordsOf(await list({ condition: 'cancer', show: 'care home' }))
    expect(words).toContain('0 of 3 people match “Cancer” and “Care home”.')
    expect(words).toMatch(/Take off “(Cancer|Care home)” \( ?1 person/)
  })

  it.each([
    ['pillay', 'PILLAY, Jean'],
    ['Pil jea', 'PILLAY, Jean'],
    ['omurphy', 'O’MURPHY-ÉVANS, Eileen'],
    ['evans', 'O’MURPHY-ÉVANS, Eileen'],
    ['999 101 0203', 'PILLAY, Jean'],
  ])('finds “%s”, and the address it goes to holds no name or number', async (typed, name) => {
    const answer = await ask('drLund', 'POST', '/case-finding/find', { form: { typed, list: '' } })
    const to = answer.kind === 'go' ? answer.to : ''
    expect(to).toMatch(/^\/case-finding\?who=[0-9a-f-]{36}$/)
    const query = Object.fromEntries(new URLSearchParams(to.split('?')[1]))
    expect(names(await list(query))).toEqual([name])
  })

  it('finding nobody shows nobody, not everybody', async () => {
    const answer = await ask('drLund', 'POST', '/case-finding/find', { form: { typed: 'zz', list: '' } })
    expect(answer).toMatchObject({ to: '/case-finding?who=none' })
    expect(wordsOf(await list({ who: 'none' }))).toContain('0 of 3 people match “What you searched for”.')
  })

  it('somebody who objects is off the list at the next page, and the page says somebody is', async () => {
    const wish = newId()
    await house.arrange(
      `insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_at)
       values ($1, $2, 'objection', 'risk stratification', 'yes', 'said so', '2026-04-01', now())`,
      [wish, eileen],
    )
    const html = await list()
    expect(names(html)).toEqual(['PILLAY, Jean', 'REID, Callum'])
    expect(wordsOf(html)).toContain('1 person on the list of 1 April 2026 has objected, moved or died since.')
    await house.arrange('update people.wish set ended_at = now(), until = $2 where id = $1', [
      wish,
      '2026-04-01',
    ])
    expect(names(await list())).toHaveLength(3)
  })

  it('somebody already with us is not on the list', async () => {
    const episode = newId()
    await house.arrange(
      `with e as (insert into people.episode (id, person_id, programme_id, opened_on, turn, recorded_at)
         values ($1, $2, $3, '2026-01-05', 1, now()))
       insert into people.episode_turn
         values ($1, 1, $2, 'active', $4, $5, 'several teams', now(), now(), $4)`,
      [episode, callum, conrane, staffId('amina'), places.team],
    )
    const html = await list()
    expect(names(html)).toEqual(['PILLAY, Jean', 'O’MURPHY-ÉVANS, Eileen'])
    expect(wordsOf(html)).toContain('1 person of this practice is left out because they are with us already.')
    await house.arrange(`update people.episode set closed_on = '2026-04-01' where id = $1`, [episode])
  })

  it('warns that people with 2 or more admissions have fewer next year anyway, and why', async () => {
    const words = wordsOf(await list())
    expect(words).toMatch(
      /1 of these 3 had 2 or more emergency admissions this year\. Expect fewer next year/,
    )
    expect(words).toContain('regression to the mean')
  })

  it('a team without a practice is told where a list belongs', async () => {
    await expect(ask('amina', 'GET', '/case-finding')).resolves.toMatchObject({ kind: 'page' })
  })
})

describe('judging, one person at a time', () => {
  it('a GP who declines someone is asked why, and is not shown them again for 12 months', async () => {
    const asked = await decline(callum, { 'reason-declined': '' })
    expect(asked).toMatchObject({ kind: 'page', status: 422 })
    expect(wordsOf(pageOf(asked))).toContain('Select the main reason')
    const answer = await decline(callum)
    expect(answer).toMatchObject({ kind: 'go', to: '/case-finding', saved: 'Callum Reid declined.' })
    expect(names(await list())).toEqual(['PILLAY, Jean', 'O’MURPHY-ÉVANS, Eileen'])
    const declined = await list({ tab: 'declined' })
    expect(names(declined)).toEqual(['REID, Callum'])
    expect(wordsOf(declined)).toContain('Shown again on 1 April 2027')
  })

  it('an undone decision brings the person back to judge', async () => {
    expect(await takeBack(callum)).toMatchObject({ saved: 'The decision on Callum Reid is undone.' })
    expect(names(await list())).toContain('REID, Callum')
  })

  it('the second of two judges is told who was first, and may still change it', async () => {
    await decline(eileen)
    const second = await decline(eileen, { 'reason-declined': 'palliative', words: 'home with Seán' })
    expect(second).toMatchObject({ status: 422 })
    const words = wordsOf(pageOf(second))
    expect(words).toContain('Dr Astrid Lund declined this person at 9:30am.')
    expect(words).toContain('Already well supported')
    expect(pageOf(second)).toContain('home with Seán')
    expect(pageOf(second)).toContain('name="seen" value="1"')
    expect(await decline(eileen, { seen: '1', 'reason-declined': 'palliative' })).toMatchObject({
      kind: 'go',
    })
    expect(wordsOf(await list({ tab: 'declined' }))).toContain('Palliative care in place')
    await takeBack(eileen)
    await takeBack(eileen)
  })

  it('declined by 20 at once: 1 is kept and 19 are told', async () => {
    const person = await house.arrangePerson()
    const answers = await Promise.all(Array.from({ length: 20 }, () => decline(person)))
    expect(answers.filter(({ kind }) => kind === 'go')).toHaveLength(1)
  })

  it('somebody deferred comes back on the day set', async () => {
    const form = {
      'reason-deferred': 'in hospital',
      showAgain: 'date',
      'showAgainDate-day': '8',
      'showAgainDate-month': 'April',
      'showAgainDate-year': '2026',
    }
    const seen = await house.arrange(
      'select coalesce(max(n), 0)::text as n from case_finding.judgement where person_id = $1',
      [eileen],
    )
    await ask('drLund', 'POST', '/case-finding/:person/defer', {
      params: { person: eileen },
      form: { ...form, seen: String(seen[0]?.n) },
    })
    expect(wordsOf(await list({ tab: 'deferred' }))).toContain('Shown again on 8 April 2026')
    expect(names(await list())).not.toContain('O’MURPHY-ÉVANS, Eileen')
    await takeBack(eileen)
  })

  it('somebody declined comes back early after a new emergency admission, and no colleague’s view is shown', async () => {
    await decline(jean, { words: 'her daughter does it all' })
    expect(names(await list())).not.toContain('PILLAY, Jean')
    await arrangeRun(
      house,
      conrane,
      [
        { person: jean, admissions: 6, lastAdmissionOn: '2026-04-20' },
        { person: eileen, admissions: 1, conditions: ['cancer'], lastAdmissionOn: '2026-02-13' },
        { person: callum, visits: 1, isCareHome: true },
      ],
      { indexOn: '2026-05-01', first: 100 },
    )
    const html = await list()
    expect(names(html)).toContain('PILLAY, Jean')
    expect(wordsOf(html)).toContain('Shown again early: a new emergency admission')
    expect(html).not.toContain('her daughter')
    const why = pageOf(await ask('drLund', 'GET', '/case-finding/:person', { params: { person: jean } }))
    expect(why).not.toContain('her daughter')
    const ledger = pageOf(await ask('drLund', 'GET', '/case-finding/ledger'))
    expect(ledger).not.toContain('her daughter')
  })

  it('a role that may not judge is refused, and changes nothing', async () => {
    const sent = { params: { person: jean }, form: { seen: '0', 'reason-declined': 'other' } }
    await expect(ask('amina', 'POST', '/case-finding/:person/decline', sent)).rejects.toThrow(Refused)
    await expect(ask('drBello', 'POST', '/case-finding/:person/decline', sent)).rejects.toThrow(Refused)
  })
})

describe('adding somebody the list missed', () => {
  it('a carer the rule does not count is added by hand with a reason, and stands first to judge', async () => {
    const rukhsana = await house.arrangePerson({ family: 'Begum', given: 'Rukhsana' })
    const add = (form: Record<string, string>) =>
      ask('drLund', 'POST', '/case-finding/:person/add', { params: { person: rukhsana }, form })
    expect(wordsOf(pageOf(await add({ seen: '0' })))).toContain('Select the main reason')
    await add({ seen: '0', 'reason-added': 'carer', words: 'cares for her father 80 hours a week' })
    expect(names(await list())[0]).toBe('BEGUM, Rukhsana')
    expect(wordsOf(await list())).toContain(
      'Added by hand by Dr Astrid Lund, at 9:30am: carer of somebody else',
    )
    await house.arrange(
      `update case_finding.judgement set judged_at = judged_at - interval '12 days' where person_id = $1`,
      [rukhsana],
    )
    expect(wordsOf(await list())).toContain(
      'Added by hand by Dr Astrid Lund, 20 March 2026, 12 days ago: carer of somebody else',
    )
    expect(names(await list({ tab: 'added' }))).toEqual(['BEGUM, Rukhsana'])
  })
})

describe('why somebody is on the list', () => {
  it('opens the dated records behind a reason, with their source, and no choice is made on arrival', async () => {
    await arrangeRun(
      house,
      conrane,
      [
        {
          person: jean,
          admissions: 1,
          conditions: ['hf'],
          lastAdmissionOn: '2026-04-20',
          records: {
            stays: [
              {
                on: '2026-04-20',
                until: '2026-04-30',
                isEmergency: true,
                diagnosis: 'I50.0',
                provider: 'ZT1',
              },
            ],
            conditions: [{ on: '2019-05-12', system: 'snomed', code: '84114007' }],
            quarters: [{ from: '2026-02-01', nights: 10, aeVisits: 0 }],
          },
        },
      ],
      { indexOn: '2026-05-02', first: 200 },
    )
    const html = pageOf(await ask('drLund', 'GET', '/case-finding/:person', { params: { person: jean } }))
    const words = wordsOf(html)
    expect(words).toContain('20 April 2026 to 30 April 2026, 10 nights, main diagnosis ICD-10 I50.0')
    expect(words).toContain('From hospital records, to 31 March 2026')
    expect(words).toContain('Recorded 12 May 2019 (SNOMED CT 84114007)')
    expect(words).toContain('0 A&E visits')
    expect(words).toContain('Social care Not linked')
    expect(html).not.toMatch(/<input[^>]*\schecked/)
  })

  it('after the decision comes the next person to judge', async () => {
    const answer = await ask('drLund', 'GET', '/case-finding/:person/next', { params: { person: jean } })
    expect(answer.kind).toBe('go')
  })

  it('choosing to accept goes on to where the case manager is named, and decides nothing yet', async () => {
    const answer = await ask('drLund', 'POST', '/case-finding/:person', {
      params: { person: jean },
      form: { decision: 'accepted', seen: '1' },
    })
    expect(answer).toMatchObject({
      kind: 'go',
      to: `/referrals/accept/${jean}?programme=conrane&list=`,
    })
  })

  it('keeps what the team needs to know with the decision it was written beside', async () => {
    const why = (form: Record<string, string>) =>
      ask('drLund', 'POST', '/case-finding/:person', { params: { person: jean }, form })
    const long = { 'words-declined': 'x'.repeat(5000), 'reason-declined': 'well supported' }
    const html = pageOf(await why({ decision: 'declined', ...long }))
    expect(html).toContain('href="#words-declined"')
    const seen = /name="seen" value="(\d+)"/.exec(html)?.[1] ?? ''
    await why({ decision: 'declined', ...long, 'words-declined': 'her son visits daily', seen })
    expect(wordsOf(pageOf(await ask('drLund', 'GET', '/case-finding/ledger', {})))).toContain(
      '“her son visits daily”',
    )
    await takeBack(jean)
  })

  it('saving without a choice says what to do', async () => {
    const answer = await ask('drLund', 'POST', '/case-finding/:person', {
      params: { person: jean },
      form: { seen: '1' },
    })
    expect(answer).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(answer))).toContain('Select whether care co-ordination would help her')
  })
})

describe('taking the list away', () => {
  it('a file asks its purpose first, and its people and purpose are recorded', async () => {
    const first = await ask('drLund', 'POST', '/case-finding/download', { form: { list: '' } })
    expect(wordsOf(pageOf(first))).toContain('Select what you need the file for')
    const answer = await ask('drLund', 'POST', '/case-finding/download', {
      form: { list: '', purpose: 'service administration' },
    })
    if (answer.kind !== 'file') throw new Error('expected a file')
    expect(answer.name).toMatch(/^SYNTHETIC-case-finding-list-/)
    expect(String(answer.body)).toContain('SYNTHETIC')
    expect(String(answer.body)).toContain('9991010203,Pillay,Jean')
    const [entry] = await house.arrange(
      `select purpose from access.entry where verb = 'download the case-finding list' order by id desc limit 1`,
    )
    expect(entry).toEqual({ purpose: 'service administration' })
  })

  it('on paper it says shred after use, and leaves a column to write in', async () => {
    const words = wordsOf(pageOf(await ask('drLund', 'GET', '/case-finding/print')))
    expect(words).toContain('Re-identified list. Shred after use.')
    expect(words).toContain('Your note')
  })
})

describe('people like those we help, in groups we miss', () => {
  const mirror = async (query: Record<string, string> = {}) =>
    wordsOf(pageOf(await ask('drLund', 'GET', '/case-finding/mirror', { query })))

  it('HZ13 says what it is for, and names nobody before a list was held against it', async () => {
    const words = await mirror()
    expect(words).toContain('Somebody’s group is never a reason to accept or decline them.')
    expect(words).toContain('No list has been held against a mirror yet.')
  })

  it('shows the practice its own people of a group served less, and tells no count under 8', async () => {
    const [here, there] = [
      await house.arrangePerson({ family: 'Marsh', given: 'Olive' }),
      await house.arrangePerson({ practice: 'canalSide' }),
    ]
    await arrangePseudonyms(house, [here, there], 901)
    const run = await arrangeRun(house, conrane, [], { first: 950 })
    await house.arrange(
      `insert into case_finding.mirror_group values ($1, 'Ethnicity', 'Black', 300, 3, 21.4, true)`,
      [run],
    )
    for (const [at, code] of ['Z00001', 'Z00002'].entries()) {
      await house.arrange(
        `insert into case_finding.mirror values ($1, $2, $3::uuid, $4, '{Black}', 2, 3, 4, 90, 31)`,
        [run, at + 1, pseudonym(901 + at), code],
      )
    }
    const words = await mirror()
    expect(words).toContain('Black 300 fewer than 8 about 21')
    expect(words).toContain('MARSH, Olive')
    expect(words).toContain('Showing 1 to 1 of 1')
    expect(words).toContain(
      '2 emergency admissions, 3 A&E visits, 4 conditions. Of 100 people with such records about 34 are with us.',
    )
    await ask('drLund', 'POST', '/case-finding/:person/add', {
      params: { person: here },
      form: { seen: '0', 'reason-added': 'frailty' },
    })
    expect(await mirror()).toContain('Nobody of this practice is among them.')
  })
})

describe('who is found, and who is missed', () => {
  it('tells how many are found in all, ages from the youngest, and practices by name', async () => {
    const run = await arrangeRun(house, conrane, [], { first: 980 })
    for (const [by, group] of [
      ['Age', '65 to 74'],
      ['Age', 'Under 65'],
      ['Practice', 'Practice Z00001'],
      ['Practice', 'Practice Z00002'],
    ]) {
      await house.arrange(`insert into case_finding.run_group values ($1, $2, $3, 200, 20, 22, 14)`, [
        run,
        by,
        group,
      ])
    }
    const words = wordsOf(pageOf(await ask('drLund', 'GET', '/case-finding/equity')))
    expect(words).toMatch(/[\d,]+ of [\d,]+ adults? considered are found: \d+ of 1,000\./)
    expect(words).toMatch(/Age .*Under 65 200 20 100 \(62 to 150\) 22 14 64 \(41 to 83\) 65 to 74 200/)
    expect(words).toContain('Lund Street Surgery 200 20')
    expect(words).not.toContain('Z00001')
  })
})
