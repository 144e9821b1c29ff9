import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '#access'
import { readDate } from '#calendar'
import { many, sql } from '#database'
import type { Workshop } from '#jobs'
import { randomStream } from '#statistics'
import { askedWith, pageOf, plainFurniture, wordsOf } from '../../test/asking.ts'
import {
  type Cast,
  type House,
  openHouse,
  places,
  programmeId,
  staffId,
  testFolder,
} from '../../test/house.ts'
import { readPdf } from '../../test/pdf.ts'
import { pseudonym, type Recorded, writeRecords } from '../../test/records.ts'
import { usualChoices } from './choices.ts'
import { room } from './index.ts'
import { sha256Of } from './lock.ts'
import { inLots } from './lot-store.ts'
import { writePaper } from './paper.ts'
import { listedOn } from './store.ts'
import { lockStudy } from './study-store.ts'
import type { Answer } from './types.ts'

const folder = testFolder('evaluation')
const joinedOn = '2025-01-15'

/** A town of 2,400 where one in four of those admitted 2 or 3 times joined, and the service does nothing. */
function town(): {
  readonly people: readonly Recorded[]
  readonly helped: readonly string[]
  readonly older: readonly string[]
} {
  const random = randomStream(1)
  const people = Array.from({ length: 2400 }, (_, i) => {
    const perDay = (random.gamma(0.8) / 0.8) * (1.1 / 365)
    const days = Array.from({ length: 1826 }, (_, day) => day).filter(() => random.uniform() < perDay)
    return {
      pseudonym: pseudonym(i + 1),
      birthYear: 1935 + Math.floor(random.uniform() * 30),
      sex: random.uniform() < 0.5 ? ('female' as const) : ('male' as const),
      deprivationTenth: 1 + Math.floor(random.uniform() * 10),
      ethnicity: i % 3 === 0 ? 'asian' : 'white',
      admittedOn: days.map((day) => new Date(Date.UTC(2021, 3, 1 + day)).toISOString().slice(0, 10)),
    }
  })
  const recent = (one: Recorded) =>
    (one.admittedOn ?? []).filter((on) => on >= '2024-01-16' && on < joinedOn).length
  const traits = (one: Recorded) => `${one.sex} ${recent(one)} ${one.birthYear}`
  const entitled = people
    .filter((one) => recent(one) === 2 || recent(one) === 3)
    .sort((a, b) => traits(a).localeCompare(traits(b)))
  const joining = entitled.filter((_, i) => i % 4 === 0)
  const helped = joining.map((one) => one.pseudonym)
  const older = joining.filter(({ birthYear }) => birthYear <= 1959).map((one) => one.pseudonym)
  return { people, helped, older }
}

let house: House
let workshop: Workshop
const { people, helped, older } = town()

beforeAll(async () => {
  house = await openHouse()
  workshop = {
    folder,
    inVisit: (work) => house.asSystem('evaluate', work),
    say: async () => {},
  }
  await writeRecords(`${folder}/population/one`, people)
})

async function arrangeLoad(): Promise<void> {
  const sources = ['people', 'inpatient', 'gp_contacts'].map((file) => ({
    file,
    supplier: 'test',
    coversFrom: '2021-04-01',
    coversTo: '2026-03-31',
    extractedOn: '2026-04-01',
    legalBasis: 'none needed: SYNTHETIC',
  }))
  await house.arrange(
    `insert into population.load (id, folder, index_on, covered_to, sources, files, people, left_out, policy_version,
       key_version, taken_at, seconds)
     values ($1, 'population/one', '2026-04-01', '2026-03-31', $2, '[]', '{}', '{}', 0, 1, now(), 1)`,
    [newId(), JSON.stringify(sources)],
  )
}

/** People with an open episode of a programme, each known to the population store by a pseudonym. */
async function arrangeEpisodes(
  programme: string,
  pseudonyms: readonly string[],
  openedOn = joinedOn,
): Promise<void> {
  await house.arrange(
    `with given as (select gen_random_uuid() as person, gen_random_uuid() as episode, p from unnest($1::text[]) p),
       people as (insert into people.person (id, born_on, sex) select person, '1945-05-05', 'female' from given),
       known as (insert into population.pseudonym (pseudonym, person_id, purpose, key_version, recorded_at)
         select p::uuid, person, 'case-finding', 1, now() from given on conflict (pseudonym) do nothing),
       opened as (insert into people.episode (id, person_id, programme_id, opened_on, turn, recorded_at)
         select episode, person, $2, $3, 1, now() from given)
     insert into people.episode_turn (episode_id, n, person_id, stage, owner_id, team_id, reason, effective_at,
         recorded_at, recorded_by)
       select episode, 1, person, 'active', $4, $5, 'arranged', now(), now(), $4 from given`,
    [pseudonyms, programmeId(programme), openedOn, staffId('amina'), places.team],
  )
}

const evaluate = () => room.tasks?.evaluate?.(workshop, {})

function page(who: Cast, path: string, query: Readonly<Record<string, string>> = {}): Promise<string> {
  const route = room.screens.find((one) => one.path === path)
  if (!route) throw new Error(`there is no page ${path} for somebody signed in`)
  return house.as(who, async (visit) => pageOf(await route.answer(visit, askedWith({ query }))))
}

const answersOf = async (programme: string): Promise<readonly Answer[]> =>
  (
    await house.arrange(
      `select r.answer from evaluation.result r join evaluation.study s on s.id = r.study_id
       where s.programme_id = $1 order by r.ran_at, r.id`,
      [programmeId(programme)],
    )
  ).map(({ answer }) => answer as Answer)

describe('before there is anything to say', () => {
  it('with no records loaded the nightly run does nothing, and the page says when there will be an answer', async () => {
    await evaluate()
    expect(await answersOf('conrane')).toEqual([])
    expect(wordsOf(await page('rhodri', '/evaluation'))).toContain('There is no answer yet.')
  })

  it('a programme nobody has joined is not ready, and says so', async () => {
    await arrangeLoad()
    await evaluate()
    expect(await answersOf('virtual-ward')).toMatchObject([{ kind: 'not ready', reason: 'nobody joined' }])
    const words = wordsOf(await page('amina', '/evaluation', { programme: 'virtual-ward' }))
    expect(words).toContain('Nobody has joined this programme yet.')
  })
})

describe('a service that does nothing', () => {
  beforeAll(async () => {
    await arrangeEpisodes('conrane', helped)
    await evaluate()
  })

  it('R-274 has the fall that would have happened anyway beside its own, in one sentence', async () => {
    const answer = (await answersOf('conrane')).at(-1)
    expect(answer).toMatchObject({ kind: 'answered', verdict: 'cannot tell', joined: helped.length })
    const words = wordsOf(await page('rhodri', '/evaluation', { programme: 'conrane' }))
    expect(words).toContain('We cannot tell yet.')
    expect(words).toMatch(/Their own rate fell \d+%\. Matched people who did not join fell \d+%\./)
    expect(words).toContain('100 emergency admissions in the year before joining')
    expect(words).toContain('Were they alike to start with?')
    expect(words).toContain('How sure can we be?')
  })

  it('what was not linked is told, and not taken for nothing', async () => {
    const words = wordsOf(await page('rhodri', '/evaluation', { programme: 'conrane' }))
    expect(words).toMatch(/A&E visits; .* not linked, or not far enough back/)
  })

  it('twelve people are told what they can see, and no outcome is read', async () => {
    await arrangeEpisodes(
      'virtual-ward',
      people.slice(0, 12).map((one) => one.pseudonym),
    )
    await evaluate()
    expect((await answersOf('virtual-ward')).at(-1)).toMatchObject({ kind: 'not powered' })
    const words = wordsOf(await page('yasmin', '/evaluation', { programme: 'virtual-ward' }))
    expect(words).toContain('Not powered.')
    expect(words).not.toMatch(/ratio \d|person-year|fell \d/)
  })

  it('the same records twice give the same answer, and both are kept', async () => {
    const all = await answersOf('conrane')
    expect(all.length).toBeGreaterThan(2)
    expect(all.at(-1)).toEqual(all.at(-2))
    expect(wordsOf(await page('rhodri', '/evaluation/past', { programme: 'conrane' }))).toContain(
      'Past answers',
    )
  })
})

describe('a lot among near ties', () => {
  const inDraw = people.slice(1000, 1200).map((one) => one.pseudonym)

  it('is answered first where there is one, as drawn, and matching second', async () => {
    const [lot, run] = [newId(), newId()]
    await house.arrange(
      `with given as (select gen_random_uuid() as person, p from unnest($1::text[]) p),
         people as (insert into people.person (id, born_on, sex) select person, '1945-05-05', 'female' from given)
       insert into population.pseudonym (pseudonym, person_id, purpose, key_version, recorded_at)
         select p::uuid, person, 'case-finding', 1, now() from given on conflict (pseudonym) do nothing`,
      [inDraw],
    )
    await house.arrange(
      `insert into case_finding.run (id, programme_id, programme_version, load_id, index_on, covered_to, sources,
         percent, from_age, considered, cut, listed, with_us, objected, admissions_mean, admissions_variance, ranked_at)
       select $1, $2, 1, l.id, '2024-02-01', '2024-01-31', '[]', 5, 18, 2400, 200, 200, 0, 0, 0.1, 0.3, now()
       from population.load l limit 1`,
      [run, programmeId('conrane')],
    )
    await house.arrange(
      `insert into case_finding.lot (id, programme_id, n, run_id, drawn_on, drawn_at, approved_by, reason, places, band,
         band_width, in_line, before_band, in_draw, drawn, seed)
       values ($1, $2, 1, $3, '2024-02-01', now(), $4, 'More people than places.', 80, 'alike', 0, 200, 0, 200, 80, $5)`,
      [lot, programmeId('conrane'), run, staffId('rhodri'), 'a'.repeat(32)],
    )
    await house.arrange(
      `insert into case_finding.lot_person (lot_id, pseudonym, rank, turn, is_drawn)
       select $1, p::uuid, n, n, n <= 80 from unnest($2::text[]) with ordinality as d (p, n)`,
      [lot, inDraw],
    )
    await evaluate()
    const words = wordsOf(await page('rhodri', '/evaluation', { programme: 'conrane' }))
    expect(words).toMatch(/One draw on 1 February 2024: 80 people were drawn, of whom .* 120 people were not/)
    expect(words.indexOf('By lot: we cannot tell yet.')).toBeGreaterThan(-1)
    expect(words.indexOf('By lot:')).toBeLessThan(words.indexOf('Their own rate fell'))
  })

  it('who was in it is read by the program alone, and logged', async () => {
    await expect(house.as('rhodri', ({ db }) => inLots(db, programmeId('conrane')))).rejects.toThrow(
      'permission denied',
    )
    const [entry] = await house.arrange(
      `select list_hash is not null as "hasList" from access.entry where verb = 'read who was in a draw by lot'
       order by id desc limit 1`,
    )
    expect(entry).toEqual({ hasList: true })
  })
})

describe('whom it reached and whom it helped', () => {
  it('is told by ethnic group as well, and a carer where somebody is coded as one', async () => {
    const [row] = await house.arrange(
      `select r.answer -> 'further' -> 'subgroups' as subgroups, r.service -> 'reach' as reach from evaluation.result r
       join evaluation.study s on s.id = r.study_id where s.programme_id = $1 and r.answer ? 'further' limit 1`,
      [programmeId('conrane')],
    )
    const [subgroups, reach] = [JSON.stringify(row?.subgroups), JSON.stringify(row?.reach)]
    expect(subgroups).toContain('"Asian, Black, mixed and other ethnic groups"')
    expect(subgroups).not.toContain('carer')
    expect(reach).toContain('"of":"Ethnic group","group":"Asian or Asian British"')
  })
})

describe('a withheld result', () => {
  it('shows what differs and no effect anywhere on the page', async () => {
    const answered = (await answersOf('conrane')).at(-1)
    if (answered?.kind !== 'answered') throw new Error('expected an answer to withhold')
    const { ratio, helped: one, matched, regression, verdict, ...compared } = answered
    const withheld = {
      ...compared,
      kind: 'withheld',
      breaches: [{ label: 'Age', found: '0.31 apart, limit 0.10' }],
    }
    await house.arrange(
      `insert into evaluation.result (id, study_id, load_id, ran_at, data_to, answer)
       select $1, s.id, (select id from population.load limit 1), now() + interval '1 day', '2026-03-31', $2
       from evaluation.study s where s.programme_id = $3`,
      [newId(), JSON.stringify(withheld), programmeId('conrane')],
    )
    const words = wordsOf(await page('rhodri', '/evaluation', { programme: 'conrane' }))
    expect(words).toContain('We cannot tell yet: the groups are not alike.')
    expect(words).toContain('Age: 0.31 apart, limit 0.10.')
    expect(words).not.toMatch(/ratio \d|person-year|fell \d|Month by month|How much of the fall/)
  })
})

describe('the report as a file from the command line', () => {
  const papers = testFolder('evaluation-paper')
  const file = join(papers, 'report.pdf')
  const write = (key: string | undefined, kind: 'report' | 'one-page' = 'report') =>
    writePaper(
      { inVisit: (work) => house.asSystem('export report', work) },
      { kind, key, file, furniture: async () => plainFurniture },
    )

  it('withholds what the page withholds, and says SYNTHETIC on every page', async () => {
    mkdirSync(papers, { recursive: true })
    for (const kind of ['report', 'one-page'] as const) {
      expect(await write('conrane', kind)).toMatchObject({ bytes: expect.any(Number) })
      const { words, pages } = readPdf(readFileSync(file))
      expect(words).toContain('We cannot tell yet: the groups are not alike.')
      expect(words).not.toMatch(/person-year|How much of the fall/)
      expect(words.match(/SYNTHETIC/g)).toHaveLength(pages)
    }
    expect(existsSync(`${file}.part`)).toBe(false)
    rmSync(papers, { recursive: true })
  })

  it('is not written of a programme that is not there, nor where it is not said which', async () => {
    for (const key of ['nowhere', undefined])
      expect(await write(key)).toEqual({ refused: expect.stringMatching(/^Say which programme: .*conrane/) })
    expect(existsSync(file)).toBe(false)
  })
})

describe('who may read what', () => {
  it('who joined is read by the program alone, by pseudonym, and the access log says so', async () => {
    await expect(
      house.as('rhodri', (visit) => many(visit.db, sql`select * from evaluation.enrolments()`)),
    ).rejects.toThrow('permission denied')
    const rows = await house.arrange(
      `select system, purpose, list_hash is not null as "hasList" from access.entry
       where purpose = 'evaluation' and verb = 'read who joined' order by id desc limit 1`,
    )
    expect(rows).toEqual([{ system: 'evaluate', purpose: 'evaluation', hasList: true }])
  })

  it('who was on the list of a day is that of the newest list before it, by the program alone and logged', async () => {
    const list = async (indexOn: string, rank: number) => {
      const run = newId()
      await house.arrange(
        `insert into case_finding.run (id, programme_id, programme_version, load_id, index_on, covered_to, sources,
           percent, from_age, considered, cut, listed, with_us, objected, admissions_mean, admissions_variance, ranked_at)
         select $1, $2, 1, l.id, $3::date, $3::date - 1, '[]', 5, 18, 1000, 1, 1, 0, 0, 0.1, 0.3, now()
         from population.load l limit 1`,
        [run, programmeId('conrane'), indexOn],
      )
      await house.arrange(
        `insert into case_finding.suggestion (run_id, rank, pseudonym, practice_code, emergency_admissions, ae_visits,
           conditions) values ($1, 1, $2::uuid, 'Z00001', 2, 2, '{}')`,
        [run, pseudonym(rank)],
      )
    }
    await list('2024-06-01', 71)
    await list('2024-07-01', 72)
    const asked = ['2024-01-31', '2024-06-30', '2024-07-01'].flatMap((text) => readDate(text) ?? [])
    const found = await house.asSystem('evaluate', ({ db }) => listedOn(db, programmeId('conrane'), asked))
    expect(found).toEqual([
      { onDay: '2024-06-30', person: pseudonym(71) },
      { onDay: '2024-07-01', person: pseudonym(72) },
    ])
    await expect(house.as('rhodri', ({ db }) => listedOn(db, programmeId('conrane'), asked))).rejects.toThrow(
      'permission denied',
    )
    const [entry] = await house.arrange(
      `select system, verb from access.entry where purpose = 'evaluation' order by id desc limit 1`,
    )
    expect(entry).toEqual({ system: 'evaluate', verb: 'read who was listed' })
  })

  it('somebody who objects is not read', async () => {
    const [before] = await house.asSystem('evaluate', (visit) =>
      many<{ n: number }>(visit.db, sql`select count(*) as n from evaluation.enrolments()`),
    )
    await house.arrange(
      `insert into people.wish (id, person_id, kind, purpose, answer, source, since, recorded_at)
       select gen_random_uuid(), person_id, 'objection', 'type 1', 'yes', 'test', '2025-01-01', now()
       from people.episode limit 1`,
    )
    const [after] = await house.asSystem('evaluate', (visit) =>
      many<{ n: number }>(visit.db, sql`select count(*) as n from evaluation.enrolments()`),
    )
    expect(after?.n).toBe((before?.n ?? 0) - 1)
  })

  it('every page of it takes the activity see evaluation, and every form lock studies, but approving what another wrote and what staff say of their own work', () => {
    for (const { method, path, may } of room.screens) {
      const own = path.endsWith('/approve')
        ? 'see counts'
        : path === '/evaluation/staff/answer'
          ? 'see people'
          : undefined
      expect([path, may]).toEqual([path, own ?? (method === 'GET' ? 'see evaluation' : 'lock studies')])
    }
  })

  it('an answer can be added to by no page, and changed by nobody', async () => {
    for (const statement of [
      sql`delete from evaluation.result`,
      sql`update evaluation.result set data_to = '2030-01-01'`,
      sql`update evaluation.study set sha256 = ''`,
    ])
      for (const role of ['page', 'program'])
        await expect(
          role === 'page'
            ? house.as('rhodri', (visit) => many(visit.db, statement))
            : house.asSystem('evaluate', (visit) => many(visit.db, statement)),
        ).rejects.toThrow('permission denied')
  })

  it('a method that was changed after it was written down, under the same version, is refused', async () => {
    const { protocol } = await import('./protocol.data.ts')
    await expect(
      house.asSystem('evaluate', (visit) =>
        lockStudy(visit.db, {
          programmeId: programmeId('conrane'),
          protocol: { ...protocol, ratio: 1 },
          sha256: 'f'.repeat(64),
          lockedAt: visit.now,
          codeVersion: 'test',
        }),
      ),
    ).rejects.toThrow('changed after it was locked')
  })
})

describe('a study somebody writes', () => {
  const draft = {
    programme: 'conrane',
    question: 'Does it change emergency admissions within a year?',
    ratio: '2',
    leastFollowUpDays: '90',
    smallestThatMattersPercent: '15',
    otherInitiatives: 'A new falls clinic from May.',
    whatChanged: 'Two matched people each: three left too many unlike.',
    outcome: 'emergencies',
    horizonDays: '365',
    pool: 'everywhere',
    covariates: usualChoices.covariates,
    subgroups: usualChoices.subgroups,
  }
  const send = (path: string, form: Readonly<Record<string, string | readonly string[]>>) => {
    const route = room.screens.find((one) => one.path === path && one.method === 'POST')
    if (!route) throw new Error(`nothing is sent to ${path}`)
    return house.as('yasmin', (visit) => route.answer(visit, askedWith({ form })))
  }
  const study = () => page('yasmin', '/evaluation/protocol', { programme: 'conrane' }).then(wordsOf)

  it('R-270 must say what changes once an answer has been seen', async () => {
    const answer = await send('/evaluation/protocol', { ...draft, whatChanged: '' })
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    expect(pageOf(answer)).toContain('Say what changes and why')
  })

  it('is checked before it is locked: how alike, what it could see, and no outcome read', async () => {
    const openings = () => house.arrange('select id from evaluation.opening')
    await send('/evaluation/protocol', draft)
    expect(await study()).toContain('It waits to be checked.')
    const before = await openings()
    await room.tasks?.['check study']?.(workshop, { programmeId: programmeId('conrane') })
    const words = await study()
    expect(words).toMatch(/With \d+ people it can see falls of \d+% or more\./)
    expect(words).toContain('No outcome was read.')
    expect(await openings()).toEqual(before)
  })

  it('is locked by a named person, and the next answer is by it and kept beside the old ones', async () => {
    const [kept] = await house.arrange('select id from evaluation.draft order by written_at desc limit 1')
    await send('/evaluation/protocol/lock', { programme: 'conrane', draft: String(kept?.id) })
    await evaluate()
    const words = await study()
    expect(words).toMatch(/Locked .* by Yasmin Haddad/)
    expect(words).toContain('Two matched people each: three left too many unlike.')
    expect(words).toContain('Every version there has been (2)')
    const [newest] = await house.arrange(
      `select s.protocol_version, r.answer, (select max(opened_at) from evaluation.opening o where o.study_id = s.id) >= s.locked_at
         as opened_after from evaluation.result r join evaluation.study s on s.id = r.study_id
       where s.programme_id = $1 and s.locked_by is not null`,
      [programmeId('conrane')],
    )
    expect(newest).toMatchObject({ protocol_version: 2, opened_after: true })
  })

  it('has its method tried on made-up services when somebody asks, and the page says how often it spoke', async () => {
    expect(await study()).toContain('It has not been tried here yet.')
    expect(await send('/evaluation/protocol/try', { programme: 'conrane' })).toMatchObject({ kind: 'go' })
    await house.arrange(
      `insert into evaluation.method_trial (id, study_id, load_id, ran_at, services, withheld, said_effect)
       select gen_random_uuid(), s.id, (select id from population.load limit 1), now(), 200, 3, 9
       from evaluation.study s where s.programme_id = $1 and s.locked_by is not null`,
      [programmeId('conrane')],
    )
    expect(await study()).toContain('Says “effect” in 9 of 197, should be about 10; withheld in 3.')
  })

  const narrower = {
    ...draft,
    question: 'Does it change emergency admissions within half a year, from 65?',
    horizonDays: '180',
    fromAge: '65',
    further: ['deaths', 'gpContacts'],
    subgroups: ['women'],
    covariates: ['deprivation'],
    whatChanged: 'Half a year is what the contract asks.',
  }

  it('keeps everything that was typed and ticked, and says what the records cannot answer', async () => {
    const answer = await send('/evaluation/protocol', {
      ...narrower,
      outcome: 'attendances',
      'joinedFrom-day': '31',
      'joinedFrom-month': '2',
      'joinedFrom-year': '2025',
    })
    expect(answer).toMatchObject({ status: 422 })
    const html = pageOf(answer)
    for (const message of [
      'A&amp;E visits are not in the records that were loaded. Select something else, or load them first',
      'Day of joining must be a real date, like 27 3 2026',
    ])
      expect(html.split(message).length).toBeGreaterThan(2)
    for (const kept of ['deaths', 'gpContacts', 'women'])
      expect(html).toMatch(new RegExp(`checked=""[^>]*value="${kept}"|value="${kept}"[^>]*checked=""`))
    expect(html).not.toMatch(/checked=""[^>]*value="carers"|value="carers"[^>]*checked=""/)
    expect(html).toContain('value="31"')
  })

  it('a question that no longer fits what was chosen is asked for anew', async () => {
    const answer = await send('/evaluation/protocol', { ...narrower, question: draft.question })
    expect(pageOf(answer)).toContain('Write the question anew')
  })

  it('R-270 what is chosen drives the answer, stands in the next version, and says in what it differs', async () => {
    await send('/evaluation/protocol', narrower)
    await room.tasks?.['check study']?.(workshop, { programmeId: programmeId('conrane') })
    const [kept] = await house.arrange('select id from evaluation.draft order by n desc limit 1')
    await send('/evaluation/protocol/lock', { programme: 'conrane', draft: String(kept?.id) })
    await evaluate()
    const words = await study()
    expect(words).toContain('Everybody whose episode opened, 65 or over on that day')
    expect(words).toContain('Version 3, in force')
    expect(words).toMatch(
      /Question, Who was helped, .*Alike in, Counted beside it, Followed for, Groups looked at/,
    )
    const [locked] = await house.arrange(
      `select s.sha256, s.protocol, r.answer from evaluation.study s join evaluation.result r on r.study_id = s.id
       where s.programme_id = $1 and s.protocol_version = 3`,
      [programmeId('conrane')],
    )
    expect(locked?.answer).toMatchObject({
      asked: { outcome: 'emergencies', horizonDays: 180, pool: 'everywhere' },
      // One of them objected above.
      joined: older.length - 1,
    })
    expect(sha256Of(locked?.protocol)).toBe(locked?.sha256)
  })

  it('is written and locked by nobody who only reads answers', async () => {
    for (const statement of [sql`update evaluation.draft set plan = '{}'`, sql`delete from evaluation.study`])
      await expect(house.as('yasmin', (visit) => many(visit.db, statement))).rejects.toThrow(
        'permission denied',
      )
    expect(await page('rhodri', '/evaluation/protocol', { programme: 'conrane' })).not.toContain(
      'Write the next version',
    )
  })
})

describe('an answer asked for at once', () => {
  it('is promised under one mark however often it is asked, by the analyst alone', async () => {
    const route = room.screens.find(({ path }) => path === '/evaluation/now')
    if (!route) throw new Error('nothing can be asked for now')
    expect(route.may).toBe('lock studies')
    const ask = () =>
      house.as('yasmin', (visit) => route.answer(visit, askedWith({ form: { programme: 'conrane' } })))
    const waiting = () =>
      house.arrange(
        `select flags from graphile_worker.jobs where task_identifier = 'evaluate' and locked_at is null`,
      )
    const before = (await waiting()).length
    expect(await ask()).toMatchObject({ kind: 'go', to: '/evaluation?programme=conrane' })
    await ask()
    // What waits under one mark is done as one when the first of it begins (jobs.test.ts).
    expect((await waiting()).slice(before)).toEqual([
      { flags: { evaluate: true } },
      { flags: { evaluate: true } },
    ])
    expect(await page('yasmin', '/evaluation', { programme: 'conrane' })).toContain('Work it out now')
    expect(await page('rhodri', '/evaluation', { programme: 'conrane' })).not.toContain('Work it out now')
  })
})

describe('the page for a board', () => {
  it('says whether the programme is run by its own rules, counted by the program alone', async () => {
    const words = wordsOf(await page('rhodri', '/evaluation/one-page', { programme: 'virtual-ward' }))
    expect(words).toMatch(/Is it run as designed\? Mostly not 0 of 12 were in touch with somebody/)
    await expect(
      house.as('yasmin', ({ db }) => many(db, sql`select * from evaluation.run_as_designed('2026-04-01')`)),
    ).rejects.toThrow('permission denied')
  })

  it('counts somebody looked at on a ward round as in touch with', async () => {
    const inTouch = () =>
      house.asSystem('evaluate', async ({ db }) => {
        const of = programmeId('virtual-ward')
        const counted = sql`select in_touch from evaluation.run_as_designed('2026-04-01') where programme_id = ${of}`
        return (await many<{ in_touch: number }>(db, counted))[0]?.in_touch
      })
    expect(await inTouch()).toBe(0)
    await house.arrange(
      `with one as (select id, person_id from people.episode where programme_id = $1 and closed_on is null limit 1),
         round as (insert into ward.round (id, ward_id, held_on, started_at, started_by)
           values (gen_random_uuid(), $2, '2026-03-31', '2026-03-31 09:00Z', $3) returning id),
         bed as (insert into ward.bed (id, ward_id, n) values (gen_random_uuid(), $2, 901) returning id),
         stay as (insert into ward.stay (id, person_id, episode_id, bed_id, during, seen, next_look_on, recorded_at, recorded_by)
           select gen_random_uuid(), one.person_id, one.id, bed.id, '[2026-03-30 09:00Z,)', 'seen every day', '2026-04-01',
             '2026-03-30 09:00Z', $3 from one, bed returning id, person_id)
       insert into ward.discussion (stay_id, n, person_id, round_id, decision, next_look_on, discussed_at, recorded_by)
         select stay.id, 1, stay.person_id, round.id, 'seen every day', '2026-04-01', '2026-03-31 09:30Z', $3 from stay, round`,
      [programmeId('virtual-ward'), places.ward, staffId('pat')],
    )
    expect(await inTouch()).toBe(1)
  })

  it('is a PDF too, named SYNTHETIC', async () => {
    const route = room.screens.find(({ path }) => path === '/evaluation/one-page/pdf')
    if (!route) throw new Error('there is no PDF of the page for a board')
    const file = await house.as('rhodri', (visit) =>
      route.answer(visit, askedWith({ query: { programme: 'conrane' } })),
    )
    expect(file).toMatchObject({
      kind: 'file',
      name: 'SYNTHETIC-conrane-one-page.pdf',
      contentType: 'application/pdf',
    })
  })
})

describe('what is taken away', () => {
  const take = (who: Cast, path: string, query: Readonly<Record<string, string>>) => {
    const route = room.screens.find((one) => one.path === path)
    if (!route) throw new Error(`there is no ${path}`)
    return house.as(who, (visit) => route.answer(visit, askedWith({ query })))
  }

  it('is the protocol with its number, the versions and every table, and says SYNTHETIC', async () => {
    const answer = await take('rhodri', '/evaluation/report/bundle', { programme: 'conrane' })
    if (answer.kind !== 'file') throw new Error('expected a file')
    const bundle = JSON.parse(String(answer.body))
    expect(bundle.synthetic).toContain('SYNTHETIC')
    expect(createHash('sha256').update(bundle.protocol.text).digest('hex')).toBe(bundle.protocol.sha256)
    expect(bundle.tables.map(({ name }: { name: string }) => name)).toContain('reach')
    expect(String(answer.body)).not.toContain(helped[0])
  })

  it('a table is a file of its own, and one that is not there is nobody’s', async () => {
    const csv = await take('rhodri', '/evaluation/report/table', { programme: 'conrane', table: 'balance' })
    expect(csv).toMatchObject({ kind: 'file', name: 'SYNTHETIC-conrane-balance.csv' })
    await expect(take('rhodri', '/evaluation/report/table', { table: 'people' })).rejects.toThrow(
      'not for you',
    )
  })

  it('the report says which items of the reporting standards it lacks', async () => {
    const words = wordsOf(await page('rhodri', '/evaluation/report', { programme: 'conrane' }))
    expect(words).toContain('Experience, outcomes and cost')
    expect(words).toContain('No data. Nobody has asked people yet.')
    expect(words).toMatch(/\d+ are not, and have to be written by people\./)
  })

  it('a price is kept with its source and who entered it', async () => {
    const route = room.screens.find(({ method, path }) => method === 'POST' && path === '/evaluation/prices')
    const enter = (form: Readonly<Record<string, string>>) =>
      house.as('yasmin', (visit) => {
        if (!route) throw new Error('no prices can be entered')
        return route.answer(visit, askedWith({ form }))
      })
    const price = { item: 'staff hour', pounds: '42.50', priceYear: '2025', source: 'Finance, March' }
    expect(await enter({ ...price, source: '' })).toMatchObject({ kind: 'page', status: 422 })
    await enter(price)
    expect(wordsOf(await page('rhodri', '/evaluation/prices'))).toContain('42.5 2025 Finance, March')
  })
})
