import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { someoneInCare } from '../../test/care.ts'
import {
  type Cast,
  type House,
  openHouse,
  places,
  programmeId,
  staffId,
  testFolder,
} from '../../test/house.ts'
import { pseudonym, type Recorded, writeRecords } from '../../test/records.ts'
import { room } from './index.ts'

const folder = testFolder('reflection')
const joinedOn = '2024-07-01'
const monthsInCare = Array.from({ length: 21 }, (_, at) =>
  new Date(Date.UTC(2024, 6 + at, 10)).toISOString().slice(0, 10),
)

/** 40 helped: 12 admissions a month for 9 months, then 2; and 800 who were not, of whom some are admitted. */
function town(): readonly Recorded[] {
  const helped = Array.from({ length: 40 }, (_, i): Recorded => {
    const inCare = monthsInCare.filter((_, m) => (i + 7 * m) % 40 < (m < 9 ? 12 : 2))
    return {
      pseudonym: pseudonym(i + 1),
      birthYear: 1930 + (i % 25),
      ethnicity: i < 29 ? 'white' : i < 32 ? 'asian' : 'black',
      admittedOn: ['2023-09-01', '2023-12-01', '2024-04-01', ...inCare],
      gpContactsOn: ['2023-10-02', '2024-02-05', '2024-11-04'],
    }
  })
  const others = Array.from({ length: 800 }, (_, i): Recorded => {
    const past = i % 6 === 0 ? ['2023-11-03'] : []
    const spell = i % 30 === 0 ? ['2024-01-05', '2024-02-05', '2024-03-05'] : []
    return {
      pseudonym: pseudonym(1000 + i),
      birthYear: 1930 + (i % 60),
      sex: i % 2 === 0 ? 'female' : 'male',
      deprivationTenth: 1 + (i % 10),
      practice: i % 3 === 0 ? 'Z00002' : 'Z00001',
      admittedOn: [...past, ...spell, ...(i % 4 === 0 || i % 9 === 0 ? ['2025-08-05'] : [])],
    }
  })
  return [...helped, ...others]
}

let house: House

async function arrangeEpisodes(from: number, to: number, owner: Cast): Promise<void> {
  const pseudonyms = Array.from({ length: to - from }, (_, i) => pseudonym(from + i + 1))
  await house.arrange(
    `with given as (select gen_random_uuid() as person, gen_random_uuid() as episode, p from unnest($1::text[]) p),
       people as (insert into people.person (id, born_on, sex) select person, '1945-05-05', 'female' from given),
       known as (insert into population.pseudonym (pseudonym, person_id, purpose, key_version, recorded_at)
         select p::uuid, person, 'case-finding', 1, now() from given),
       opened as (insert into people.episode (id, person_id, programme_id, opened_on, turn, recorded_at)
         select episode, person, $2, $3, 1, now() from given)
     insert into people.episode_turn (episode_id, n, person_id, stage, owner_id, team_id, reason, effective_at,
         recorded_at, recorded_by)
       select episode, 1, person, 'active', $4, $5, 'arranged', $3::date, now(), $4 from given`,
    [pseudonyms, programmeId('conrane'), joinedOn, staffId(owner), places.team],
  )
}

/** Of Amina's 30: 12 visited at home in the first 90 days, 9 of them too late; 10 speak Punjabi. */
async function arrangeBeginnings(): Promise<void> {
  await house.arrange(
    `with hers as (select e.id, e.person_id, row_number() over (order by m.pseudonym) as n
       from people.episode e join people.episode_turn t on t.episode_id = e.id
       join population.pseudonym m on m.person_id = e.person_id where t.owner_id = $1)
     insert into co_ordination.contact (id, person_id, episode_id, kind, made_by, happened_at, words, recorded_by, recorded_at)
       select gen_random_uuid(), person_id, id, case when n <= 21 then 'home visit' else 'telephone' end, $1,
         case when n between 13 and 21 then timestamptz '2024-11-01 12:00' else timestamptz '2024-07-10 12:00' end,
         'arranged', $1, '2024-11-02' from hers`,
    [staffId('amina')],
  )
  await house.arrange(
    `update people.person set language = 'Punjabi' where id in (select m.person_id from population.pseudonym m
       where m.pseudonym = any($1::uuid[]))`,
    [Array.from({ length: 10 }, (_, i) => pseudonym(i + 1))],
  )
}

/** Of Amina's 30, medication management was done early for 9, late for 5, taken back for 3; monitoring was done for 4. */
async function arrangeActions(): Promise<void> {
  await house.arrange(
    `with hers as (select e.person_id, row_number() over (order by m.pseudonym) as n, gen_random_uuid() as plan,
         gen_random_uuid() as goal, gen_random_uuid() as action
       from people.episode e join people.episode_turn t on t.episode_id = e.id
       join population.pseudonym m on m.person_id = e.person_id where t.owner_id = $1),
     plans as (insert into care_plan.plan (id, person_id, version, recorded_at)
       select plan, person_id, 1, '2024-07-02' from hers where n <= 21),
     versions as (insert into care_plan.version (plan_id, n, person_id, saved_by, saved_at)
       select plan, 1, person_id, $1, '2024-07-02' from hers where n <= 21),
     lines as (insert into care_plan.line (id, line_id, plan_id, person_id, kind, goal_id, place, words, action_kind, from_version)
       select gen_random_uuid(), goal, plan, person_id, 'goal', null, 0, 'arranged', null, 1 from hers where n <= 21
       union all
       select gen_random_uuid(), action, plan, person_id, 'action', goal, 0, 'arranged',
         case when n <= 17 then 'medication management' else 'monitoring' end, 1 from hers where n <= 21)
     insert into care_plan.remark (id, plan_id, line_id, person_id, state, made_by, made_at)
       select gen_random_uuid(), plan, action, person_id, 'done', $1,
         case when n between 10 and 14 then timestamptz '2024-12-01 12:00' else timestamptz '2024-08-01 12:00' end
         from hers where n <= 21
       union all
       select gen_random_uuid(), plan, action, person_id, 'in progress', $1, '2024-09-01 12:00' from hers
         where n between 15 and 17`,
    [staffId('amina')],
  )
}

beforeAll(async () => {
  house = await openHouse()
  await writeRecords(`${folder}/population/one`, town())
  await house.arrange(
    `insert into population.load (id, folder, index_on, covered_to, sources, files, people, left_out, policy_version,
       key_version, taken_at, seconds)
     values ($1, 'population/one', '2026-04-01', '2026-03-31', $2, '[]', '{}', '{}', 0, 1, now(), 1)`,
    [
      newId(),
      JSON.stringify(
        ['inpatient', 'gp_contacts'].map((file) => ({
          file,
          supplier: 'test',
          coversFrom: '2021-04-01',
          coversTo: '2026-03-31',
        })),
      ),
    ],
  )
  await arrangeEpisodes(0, 30, 'amina')
  await arrangeEpisodes(30, 40, 'omar')
  await arrangeBeginnings()
  await arrangeActions()
  await room.tasks?.['look back']?.(
    { folder, inVisit: (work) => house.asSystem('look back', work), say: async () => {} },
    {},
  )
})

type Sent = Parameters<typeof askedWith>[0]

function answer(who: Cast, path: string, sent: Sent = {}, method: 'GET' | 'POST' = 'GET') {
  const route = room.screens.find((one) => one.path === path && one.method === method)
  if (!route) throw new Error(`there is no page ${path}`)
  return house.as(who, (visit) => route.answer(visit, askedWith(sent)))
}
const page = async (who: Cast, path: string, query: Readonly<Record<string, string>> = {}) =>
  pageOf(await answer(who, path, { query }))

describe('the months of a team', () => {
  it('each month has its admissions for the time people were in care', async () => {
    const [row] = await house.arrange('select months from reflection.tally where place_id = $1', [
      places.team,
    ])
    const { admissions, overdue } = (row?.months ?? {}) as Record<string, { events: number; of: number }[]>
    expect(admissions?.map(({ events }) => events)).toEqual([
      ...Array.from({ length: 9 }, () => 12),
      ...Array.from({ length: 12 }, () => 2),
    ])
    expect(admissions?.[0]?.of).toBeCloseTo((40 * 31) / 30.4375 / 100, 6)
    expect(overdue?.at(-1)).toMatchObject({ events: 40, of: 40 })
  })

  it('HZ39 a chart of people chosen for their admissions says that a falling line is no proof', async () => {
    const words = wordsOf(await page('amina', '/reflection/chart', { measure: 'admissions' }))
    expect(words).toContain('7 or more in a row below the average')
    expect(words).toContain('A falling line here is not proof that we helped')
  })

  it('a count from 1 to 7 is put together by quarter, or withheld, for who does not work with these people', async () => {
    const own = wordsOf(await page('amina', '/reflection'))
    expect(own).not.toContain('Withheld')
    const others = wordsOf(await page('rhodri', '/reflection', { place: places.team }))
    expect(others).toContain('Withheld: it holds counts under 8')
    expect(others).not.toContain('March 2026 4.')
  })

  it('the months of a practice are its own alone', async () => {
    await expect(page('rhodri', '/reflection', { place: places.lundStreet })).rejects.toThrow()
  })
})

describe('limits begin anew', () => {
  const form = {
    measure: 'admissions',
    place: places.team,
    from: '2025-04-01',
    reason: 'A second nurse came',
  }

  it.each([
    ['without a reason', { reason: '' }, 'Enter what is known to have changed'],
    ['with fewer than 12 months after it', { from: '2025-10-01' }, 'Wait until there are 12 points after it'],
    ['without a month', { from: '' }, 'Select the month'],
  ])('not %s, and nothing typed is lost', async (_, change, says) => {
    const sent = await answer('amina', '/reflection/chart', { form: { ...form, ...change } }, 'POST')
    expect(sent).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(sent))).toContain(says)
    if (!('reason' in change)) expect(pageOf(sent)).toContain('A second nurse came')
  })

  it('only where somebody of the place decides it', async () => {
    await expect(answer('karl', '/reflection/chart', { form }, 'POST')).rejects.toThrow()
    await expect(answer('yasmin', '/reflection/chart', { form }, 'POST')).rejects.toThrow()
  })

  it('in somebody’s name, with both charts to be seen, until it is taken back', async () => {
    await answer('amina', '/reflection/chart', { form }, 'POST')
    const html = await page('omar', '/reflection/chart', { measure: 'admissions' })
    expect(wordsOf(html)).toContain('A second nurse came')
    expect(wordsOf(html)).toContain('Amina Yusuf, 1 April 2026')
    expect(html.match(/<figure/g)).toHaveLength(2)
    expect(wordsOf(html)).toContain('limits as they were before anybody changed them')
    const id = /value="([0-9a-f-]{36})">From April 2025/.exec(html)?.[1] ?? ''
    const back = { measure: 'admissions', place: places.team, decision: id, why: 'It was the wrong month' }
    await answer('omar', '/reflection/chart/back', { form: back }, 'POST')
    const after = await page('amina', '/reflection/chart', { measure: 'admissions' })
    expect(after.match(/<figure/g)).toHaveLength(1)
    expect(wordsOf(after)).toContain('Taken back by Omar Sayed')
  })
})

describe('what became of people, by group', () => {
  it('S-16 by what was done in the first 90 days: what came later is not in it', async () => {
    const words = wordsOf(await page('amina', '/reflection/outcomes'))
    expect(words).toContain('by what was done in the first 90 days')
    expect(words).toContain('Visited at home, 12 people')
    expect(words).toContain('Spoken to by telephone or video, 9 people')
    expect(words).toContain('Nobody was in touch, 9 people')
    expect(words).toContain('these lines do not say which work does more')
    expect(wordsOf(await page('omar', '/reflection/outcomes'))).not.toContain('Visited at home')
  })

  it('S-16 by the kind of help of the plan’s actions that were done in the first 90 days and not taken back', async () => {
    const words = wordsOf(await page('amina', '/reflection/outcomes'))
    expect(words).toContain('Plan action done: medication management, 9 people')
    expect(words).toContain('Plan action done: monitoring, 4 people')
    expect(words).not.toContain('Plan action done: contingency planning')
    expect(wordsOf(await page('omar', '/reflection/outcomes'))).not.toContain('Plan action done')
  })

  it('S-16 an audit is opened from one’s own outcomes', async () => {
    expect(await page('amina', '/reflection/outcomes')).toContain('href="/reflection/audits/new"')
  })

  it('S-16 the same of one year of joining alone', async () => {
    const of = (year: string) => page('amina', '/reflection/outcomes', { year }).then(wordsOf)
    const joined = await of('2024 to 2025')
    expect(joined).toContain('Plan action done: medication management, 9 people')
    expect(await of('2023 to 2024')).not.toContain('Plan action done')
  })

  it('a kind of help done for fewer than 8 is not told to who does not work with them', async () => {
    const words = wordsOf(await page('rhodri', '/reflection/groups', { by: 'done' }))
    expect(words).toContain('Plan action done: medication management, 9 people')
    expect(words).not.toContain('Plan action done: monitoring, 4')
    expect(words).toMatch(/Not told:.*Plan action done: monitoring/)
  })

  it('S-04 use of care is never shown by itself: what people and staff say stands beside it, or that nobody knows', async () => {
    const words = wordsOf(await page('rhodri', '/reflection/groups'))
    expect(words).toContain('People helped No data. Nobody has asked people yet.')
    expect(words).toContain('Staff No data. Not known.')
  })

  it('HZ39 each group stands beside what was to be expected of it with no service', async () => {
    const words = wordsOf(await page('rhodri', '/reflection/groups', { by: 'language' }))
    expect(words).toMatch(/Another language, 10 people 30 \d+ \d+ \d+ \d+ \d+ \(/)
    expect(words).toContain('Most of a fall like this comes by itself')
    expect(words).toContain('A group further from what was expected than another is a reason to look')
  })

  it('a group of fewer than 8 is not told, nor the one that would give it away', async () => {
    const words = wordsOf(await page('rhodri', '/reflection/groups', { by: 'ethnicity' }))
    expect(words).toContain('White, 29 people')
    expect(words).not.toContain('Asian or Asian British, ')
    expect(words).toContain('Not told: Asian or Asian British; Black')
    const visits = wordsOf(await page('rhodri', '/reflection/groups', { by: 'sex', what: 'attendances' }))
    expect(visits).toContain('A&E visits: not linked, or not far enough back.')
  })

  it('who was read for it is written in the access log', async () => {
    const [row] = await house.arrange(
      `select count(*)::int as n from access.entry where verb = 'count what was done for people in care'`,
    )
    expect(row?.n).toBeGreaterThan(0)
  })
})

describe('what became of my people', () => {
  it('S-16 each sees their own people alone, by programme and year', async () => {
    expect(wordsOf(await page('amina', '/reflection/outcomes'))).toContain('30 people joined')
    expect(wordsOf(await page('omar', '/reflection/outcomes'))).toContain('10 people joined')
    expect(wordsOf(await page('karl', '/reflection/outcomes'))).toContain('Nobody can be followed yet')
    expect(wordsOf(await page('omar', '/reflection/outcomes', { whose: 'team' }))).toContain('10 people')
  })

  it('HZ39 a fall after joining stands beside what was to be expected with no service, as 100 before', async () => {
    const words = wordsOf(await page('amina', '/reflection/outcomes'))
    // 90 in the year before; then 9 months of 12 and 3 of 2 among 40, of whom 30 are hers.
    expect(words).toMatch(
      /Emergency admissions (fell|rose) \d+%\. With no service, people with the same past/,
    )
    expect(words).toContain('Most of a fall like this comes by itself')
    expect(words).toContain('A&E visits, Outpatient visits: not linked, or not far enough back.')
  })

  it('S-12 tells every use of care that is linked, each with the year before as 100', async () => {
    const words = wordsOf(await page('amina', '/reflection/outcomes', { what: 'gpContacts' }))
    expect(words).toMatch(/Joined 2024 to 2025, 30 people 60 30 \d+ 50 \d+ /)
  })
})

describe('practices compared fairly', () => {
  it('each stands by name beside what was expected, in words and never in ranks', async () => {
    const html = await page('rhodri', '/reflection/compare')
    const words = wordsOf(html)
    expect(words).toContain('Canal Side Practice: Within what chance explains.')
    expect(words.indexOf('Canal Side Practice:')).toBeLessThan(words.indexOf('Lund Street Surgery:'))
    expect(words).not.toMatch(/\b(rank|best|worst|league)\b/i)
    expect(words).toContain('A place above its limits is not worse')
  })

  it('what all had together is what was expected of all together', async () => {
    const [row] = await house.arrange('select funnels from reflection.run')
    const funnels = row?.funnels as { key: string; units: { observed: number; expected: number }[] }[]
    for (const { units } of funnels) {
      const sum = (of: 'observed' | 'expected') => units.reduce((total, unit) => total + unit[of], 0)
      expect(sum('expected')).toBeCloseTo(sum('observed'), 3)
    }
    expect(funnels.map(({ key }) => key)).toEqual([
      'registered-admissions',
      'care-by-team',
      'care-by-practice',
    ])
  })
})

describe('an audit', () => {
  const opened = {
    question: 'Is there a plan for when things get worse?',
    criterion: 'The plan says what to do and whom to ring',
    standard: '90',
    sample: '3',
  }
  let people: readonly string[]
  const auditId = async () =>
    String(
      (await house.arrange('select id from reflection.audit order by opened_at, id desc limit 1'))[0]?.id,
    )

  beforeAll(async () => {
    const made: string[] = []
    for (const family of ['Abbot', 'Brook', 'Clegg', 'Dunne', 'Elder'])
      made.push(await someoneInCare(house, { family, owner: 'karl', team: 'otherTeam' }))
    people = made
  })

  it.each([
    ['what it asks', { question: '' }, 'Enter what you want to know'],
    ['a criterion', { criterion: '' }, 'Enter what ought to be found in each record'],
    ['a standard that can be met', { standard: '120' }, 'Enter in how many of 100'],
    ['a size', { sample: 'all' }, 'Enter how many records to look at'],
  ])('is not opened without %s, and nothing typed is lost', async (_, change, says) => {
    const sent = await answer('karl', '/reflection/audits', { form: { ...opened, ...change } }, 'POST')
    expect(sent).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(sent))).toContain(says)
    if (!('criterion' in change)) expect(pageOf(sent)).toContain('whom to ring')
  })

  it('R-287 draws its sample once, by lot, from those in care of its own team', async () => {
    await answer('karl', '/reflection/audits', { form: opened }, 'POST')
    const id = await auditId()
    const drawn = await house.arrange(
      `select person_id, n, row_number() over (order by sha256(convert_to(audit_id::text || person_id::text, 'UTF8'))) as again
       from reflection.audit_person where audit_id = $1 order by n`,
      [id],
    )
    expect(drawn).toHaveLength(3)
    expect(drawn.every(({ person_id: person }) => people.includes(String(person)))).toBe(true)
    expect(drawn.map(({ again }) => Number(again))).toEqual([1, 2, 3])
    const words = wordsOf(
      pageOf(await answer('karl', '/reflection/audits/:audit', { params: { audit: id } })),
    )
    expect(words).toContain('3 of 5 in care here')
    expect(words).toContain('To look at')
  })

  it('is nobody else’s: another team finds neither it nor the records', async () => {
    const audit = await auditId()
    await expect(answer('amina', '/reflection/audits/:audit', { params: { audit } })).rejects.toThrow()
    expect(wordsOf(await page('amina', '/reflection/audits'))).toContain('No audit has been opened here yet')
    const params = { audit, person: people[0] ?? '' }
    await expect(answer('amina', '/people/:person/audits/:audit', { params })).rejects.toThrow()
  })

  it('says what it came to with its interval, what is changed, and is done again from it', async () => {
    const audit = await auditId()
    const drawn = await house.arrange(
      'select person_id from reflection.audit_person where audit_id = $1 order by n',
      [audit],
    )
    for (const [at, { person_id: person }] of drawn.entries()) {
      const params = { audit, person: String(person) }
      const form = at === 0 ? { finding: 'not met', words: 'No number' } : { finding: 'met', words: '' }
      if (at === 0) {
        const sent = await answer(
          'karl',
          '/people/:person/audits/:audit',
          { params, form: { finding: 'not met' } },
          'POST',
        )
        expect(wordsOf(pageOf(sent))).toContain('Enter what was missing')
      }
      await answer('karl', '/people/:person/audits/:audit', { params, form }, 'POST')
    }
    const change = {
      change: 'Ask at the first visit',
      owner: staffId('karl'),
      'due-day': '1',
      'due-month': '5',
      'due-year': '2026',
    }
    await answer('karl', '/reflection/audits/:audit', { params: { audit }, form: change }, 'POST')
    const words = wordsOf(pageOf(await answer('karl', '/reflection/audits/:audit', { params: { audit } })))
    expect(words).toContain('Met in 2 of 3 records: 67 in 100 (95% interval 9 to 99).')
    expect(words).toContain('so few records cannot tell whether it is reached')
    expect(words).toContain('Ask at the first visit')
    await answer('karl', '/reflection/audits', { form: { ...opened, again: audit } }, 'POST')
    const again = wordsOf(pageOf(await answer('karl', '/reflection/audits/:audit', { params: { audit } })))
    expect(again).toContain('The re-audit, opened 1 April 2026')
  })
})

describe('R-288 a reflection', () => {
  const entry = {
    id: '01900000-0000-7000-8000-00000000ef01',
    'on-day': '30',
    'on-month': '3',
    'on-year': '2026',
    happened: 'I rang too late in the week',
    learned: 'Fridays are for checking',
    next: 'Ring on Wednesdays',
  }
  const path = '/reflection/entries'
  const read = async (who: Cast) => wordsOf(await page(who, path))

  it('R-288 is its author’s alone, and that it was read is logged', async () => {
    await answer('amina', path, { form: entry }, 'POST')
    // Back in the browser, the form is drawn anew: with another id.
    const again = await answer('amina', path, { form: { ...entry, id: newId() } }, 'POST')
    expect(again).toMatchObject({ saved: 'This is kept already. Nothing was kept twice.' })
    const words = await read('amina')
    expect(words.match(/Fridays are for checking/g)).toHaveLength(1)
    expect(words).toContain('Nobody else can read this')
    for (const who of ['omar', 'priya', 'karl'] as const)
      expect(await read(who)).toContain('Nothing is written down')
    await expect(
      house.as('amina', (visit) => visit.db.client.query('select * from reflection.entry')),
    ).rejects.toThrow(/permission denied/)
    const [logged] = await house.arrange(
      `select count(*)::int as n from access.entry where verb = 'read my reflections' and staff_id = $1`,
      [staffId('amina')],
    )
    expect(logged?.n).toBeGreaterThan(0)
  })

  it('R-288 is shared with one colleague, and taken back, by its author alone', async () => {
    const share = (who: Cast, other: string) =>
      answer(
        who,
        `${path}/:entry`,
        { params: { entry: entry.id }, form: { [`with-${entry.id}`]: other } },
        'POST',
      )
    await expect(share('omar', staffId('priya'))).rejects.toMatchObject({ kind: 'not for you' })
    await expect(share('amina', staffId('karl'))).rejects.toMatchObject({ kind: 'not for you' })
    await share('amina', staffId('omar'))
    expect(await read('omar')).toContain('Fridays are for checking')
    expect(await read('omar')).toContain('Shared with you')
    expect(await read('priya')).toContain('Nothing is written down')
    await share('amina', '')
    expect(await read('omar')).toContain('Nothing is written down')
  })

  it('R-288 about somebody takes a tie to them, and whom it is about is told to nobody it is shared with', async () => {
    const person = await someoneInCare(house, { owner: 'amina' })
    const id = '01900000-0000-7000-8000-00000000ef02'
    await expect(answer('karl', path, { form: { ...entry, id, person } }, 'POST')).rejects.toMatchObject({
      kind: 'not for you',
    })
    await answer('amina', path, { form: { ...entry, id, person, happened: 'About a case' } }, 'POST')
    expect(await page('amina', path)).toContain(`/people/${person}`)
    await answer(
      'amina',
      `${path}/:entry`,
      { params: { entry: id }, form: { [`with-${id}`]: staffId('omar') } },
      'POST',
    )
    expect(await read('omar')).toContain('About a case')
    expect(await page('omar', path)).not.toContain(person)
  })

  it('is not kept half-told, and nothing typed is lost', async () => {
    const sent = await answer('amina', path, { form: { ...entry, id: '', learned: '' } }, 'POST')
    expect(sent).toMatchObject({ status: 422 })
    expect(wordsOf(pageOf(sent))).toContain('Enter what you learned')
    expect(pageOf(sent)).toContain(entry.happened)
  })
})

describe('supervision', () => {
  const note = {
    with: staffId('omar'),
    who: 'they',
    'held-day': '30',
    'held-month': '3',
    'held-year': '2026',
    words: 'We talked about saying no',
  }

  it('is read by the two of them and nobody else, and that it was read is logged', async () => {
    await answer('amina', '/reflection/supervision', { form: note }, 'POST')
    expect(await answer('amina', '/reflection/supervision', { form: note }, 'POST')).toMatchObject({
      saved: 'This is kept already. Nothing was kept twice.',
    })
    expect(await house.arrange('select id from reflection.supervision')).toHaveLength(1)
    for (const who of ['amina', 'omar'] as const)
      expect(wordsOf(await page(who, '/reflection/supervision'))).toContain(note.words)
    for (const who of ['priya', 'karl'] as const)
      expect(wordsOf(await page(who, '/reflection/supervision'))).toContain('No supervision is written down')
    await expect(
      house.as('priya', (visit) => visit.db.client.query('select * from reflection.supervision')),
    ).rejects.toThrow(/permission denied/)
    const [logged] = await house.arrange(
      `select count(*)::int as n from access.entry where verb = 'read my supervision notes' and staff_id = $1`,
      [staffId('omar')],
    )
    expect(logged?.n).toBeGreaterThan(0)
  })

  it('is not kept half-told, and nothing typed is lost', async () => {
    const sent = await answer('amina', '/reflection/supervision', { form: { ...note, with: '' } }, 'POST')
    expect(sent).toMatchObject({ status: 422 })
    expect(pageOf(sent)).toContain(note.words)
  })
})
