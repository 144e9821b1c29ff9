import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { freshness, loadExtract, room } from '#population'
import { assets } from '#ui'
import { askerOf, pageOf, wordsOf } from '../../test/asking.ts'
import { axeCheck, browserOrSkip, noSidewaysScroll, openBrowser } from '../../test/browser.ts'
import { type SmallExtract, smallExtract, testWorkshop, writeExtract } from '../../test/extract.ts'
import { openHouse } from '../../test/house.ts'
import { withStore } from './reader.ts'
import { relinkStore } from './relink.ts'
import { currentLoad } from './store.ts'
import { tasks } from './tasks.ts'

const house = await openHouse()
const workshop = testWorkshop(house, 'screens')

const visitTo = askerOf(room.screens, () => house)

const chen = {
  nhs_number: '',
  arrived_at: '2026-01-16 10:00:00',
  by_ambulance: 'false',
  disposal: '03',
  local_id: '',
  given_name: 'Lihua',
  family_name: 'Chen',
  date_of_birth: '1958-07-08',
  sex: '2',
  postcode: 'XX1 1AH',
}
const extract: SmallExtract = {
  ...smallExtract,
  people: [
    ...(smallExtract.people ?? []),
    {
      ...smallExtract.people?.[0],
      nhs_number: '9991011307',
      given_name: 'Hua Li',
      family_name: 'Chen',
      date_of_birth: '1958-07-08',
      postcode: 'XX1 1AH',
    },
  ],
  emergency_department: [...(smallExtract.emergency_department ?? []), chen],
  gp_contacts: [
    ...(smallExtract.gp_contacts ?? []),
    { nhs_number: '9991010106', date: '2061-01-01', kind: 'telephone' },
  ],
}

const doubtId = async () => (await house.arrange('select id from people.doubt'))[0]?.id as string

describe('the page of loads', () => {
  it('says so before anything was loaded', async () => {
    expect(wordsOf(pageOf(await visitTo('jo', 'GET', '/population')))).toContain('Nothing was loaded yet')
  })

  it('tells of each file what was read, taken and refused, and how fresh the sources are', async () => {
    const outcome = await loadExtract(workshop, { folder: writeExtract('screens', extract) })
    expect(outcome.ok).toBe(true)
    const words = wordsOf(pageOf(await visitTo('yasmin', 'GET', '/population')))
    expect(words).toContain('gp_contacts 31 March 2026 3 2 1 refused')
    expect(words).toContain('All sources to 31 March 2026')
    expect(words).not.toContain('Load an extract')
    expect(await house.asSystem('test', ({ db }) => freshness(db))).toEqual(['All sources to 31 March 2026'])
  })

  it('HZ34 names each refused row by file, line, column and reason, and finds it again', async () => {
    const load = await house.asSystem('test', ({ db }) => currentLoad(db))
    const params = { load: load?.id ?? '' }
    const all = wordsOf(pageOf(await visitTo('yasmin', 'GET', '/population/loads/:load', { params })))
    expect(all).toContain('gp_contacts.csv 4 date it is after the last day the source covers')
    const none = await visitTo('yasmin', 'GET', '/population/loads/:load', {
      params,
      query: { words: 'inpatient' },
    })
    expect(wordsOf(pageOf(none))).toContain('Showing none')
    for (const [name, value] of [
      ['page', '99'],
      ['page', '9'.repeat(40)],
      ['words', 'gp\0_contacts'],
    ] as const) {
      const query = { [name]: value }
      const past = await visitTo('yasmin', 'GET', '/population/loads/:load', { params, query })
      expect(wordsOf(pageOf(past))).toMatch(/Showing 1 to \d+ of \d+/)
    }
    const file = await visitTo('yasmin', 'GET', '/population/loads/:load/refused.csv', { params })
    expect(file.kind === 'file' && file.body).toBe(
      'SYNTHETIC\r\nfile,line,column,reason\r\ngp_contacts.csv,4,date,it is after the last day the source covers\r\n',
    )
  })

  it('asks for a load by the name of a folder, never a path', async () => {
    const bad = await visitTo('jo', 'POST', '/population/new', { form: { folder: '../../etc' } })
    expect(bad.kind === 'page' && bad.status).toBe(422)
    expect(wordsOf(pageOf(bad))).toContain('Enter the name of a folder')
    const good = await visitTo('jo', 'POST', '/population/new', { form: { folder: 'extract-2026-04' } })
    expect(good).toMatchObject({ kind: 'go', to: '/population' })
    await expect(visitTo('yasmin', 'POST', '/population/new', { form: { folder: 'x' } })).rejects.toThrow(
      'not for you',
    )
  })

  it('says why nothing was loaded by the name that was given, not by a path of the server', async () => {
    await tasks.load?.(workshop, { folder: 'extract-2026-04' })
    expect(workshop.said.at(-1)).toBe('Nothing was loaded. There is no folder incoming/extract-2026-04.')
  })
})

describe('doubtful identities', () => {
  it('shows both records side by side and offers three answers, none chosen', async () => {
    const list = wordsOf(pageOf(await visitTo('miriam', 'GET', '/population/doubts')))
    expect(list).toContain('CHEN, Lihua and CHEN, Hua Li')
    const html = pageOf(
      await visitTo('miriam', 'GET', '/population/doubts/:doubt', { params: { doubt: await doubtId() } }),
    )
    const words = wordsOf(html)
    expect(words).toContain('999\u00a0101\u00a01307'.replaceAll('\u00a0', ' '))
    expect(html.match(/<button[^>]*name="answer"/g)).toHaveLength(3)
    const [log] = await house.arrange(
      `select count(*)::int as n from access.entry where verb = 'compare two records' and list_hash is not null`,
    )
    expect(log?.n).toBe(1)
  })

  it('HZ03 are joined only when a second person agrees', async () => {
    const params = { doubt: await doubtId() }
    await visitTo('miriam', 'POST', '/population/doubts/:doubt', { params, form: { answer: 'same person' } })
    const alone = await visitTo('miriam', 'POST', '/population/doubts/:doubt/join', { params })
    expect(alone.kind === 'page' && alone.status).toBe(422)
    const [before] = await house.arrange('select agreed_at from people.merge')
    expect(before?.agreed_at).toBeNull()
    await visitTo('jo', 'POST', '/population/doubts/:doubt/join', { params })
    const [after] = await house.arrange('select agreed_at is not null as joined from people.merge')
    expect(after?.joined).toBe(true)
  })

  it('HZ03 joined, count as one in the store, and parted again are two: nothing was lost', async () => {
    const people = async () => {
      const load = await house.asSystem('test', ({ db }) => currentLoad(db))
      return await withStore(join(workshop.folder, load?.folder ?? ''), (store) =>
        store.rows<{ visits: number }>(
          `select (select count(*)::int from emergency_department e where e.person = p.person) as visits from people p
           where birth_year = 1958 order by 1`,
        ),
      )
    }
    expect(await people()).toEqual([{ visits: 0 }, { visits: 1 }])
    await relinkStore(workshop)
    expect(await people()).toEqual([{ visits: 1 }])
    await visitTo('miriam', 'POST', '/population/doubts/:doubt/part', { params: { doubt: await doubtId() } })
    await relinkStore(workshop)
    expect(await people()).toEqual([{ visits: 0 }, { visits: 1 }])
    const [record] = await house.arrange(
      `select count(*)::int as n from people.name where family = 'Chen' and ended_at is null`,
    )
    expect(record?.n).toBe(2)
  })

  it('said to be two people’s, are asked about again when that is taken back, once', async () => {
    const params = { doubt: await doubtId() }
    await visitTo('miriam', 'POST', '/population/doubts/:doubt', {
      params,
      form: { answer: 'not the same person' },
    })
    const page = await visitTo('jo', 'GET', '/population/doubts/:doubt', { params })
    expect(wordsOf(pageOf(page))).toContain('Take this answer back')
    await visitTo('jo', 'POST', '/population/doubts/:doubt/again', { params })
    const list = await visitTo('jo', 'GET', '/population/doubts', { query: { show: 'unsure' } })
    expect(wordsOf(pageOf(list))).toContain('CHEN, Lihua and CHEN, Hua Li')
    await expect(visitTo('miriam', 'POST', '/population/doubts/:doubt/again', { params })).rejects.toThrow(
      'meanwhile',
    )
  })

  it('are found by a name or number of either, former names too, and no search stands in an address', async () => {
    const find = async (words: string) => {
      const html = pageOf(
        await visitTo('miriam', 'POST', '/population/doubts', { query: { show: 'unsure' }, form: { words } }),
      )
      expect(html).not.toMatch(new RegExp(`(href|action)="[^"]*${words.slice(0, 4)}`, 'i'))
      return wordsOf(html)
    }
    for (const words of ['chen', 'Lihua Chen', 'CHEN Hua Li', '999 101 1307'])
      expect(await find(words), words).toContain('CHEN, Lihua and CHEN, Hua Li')
    for (const words of ['Lihua', 'hen', '9991010106', 'Okafor', '%'])
      expect(await find(words), words).toContain('Nobody of this name or number is here')
    await house.arrange(
      `insert into people.name (id, person_id, given, family, recorded_at, ended_at)
       select gen_random_uuid(), person_id, given, 'Wójcik', recorded_at, now() from people.name where given = 'Lihua'`,
    )
    expect(await find('wojcik')).toContain('CHEN, Lihua and CHEN, Hua Li')
    const [log] = await house.arrange(
      `select count(*)::int as n from access.entry e join access.people_list l on l.hash = e.list_hash
       where e.verb = 'read the doubtful identities' and cardinality(l.people) = 2`,
    )
    expect(log?.n).toBeGreaterThanOrEqual(5)
  })

  it('many at once are shown 50 on a page and all on request, and past the end is the last page', async () => {
    const [pair] = await house.arrange('select person_id, other_person_id from people.doubt')
    await house.arrange(
      `with made as (
         insert into people.person (id, recorded_at) select gen_random_uuid(), now() from generate_series(1, 120) returning id),
       named as (
         insert into people.name (id, person_id, given, family, recorded_at)
         select gen_random_uuid(), id, 'Many', 'Doubted', now() from made)
       insert into people.doubt (id, person_id, other_person_id, why, raised_at)
       select gen_random_uuid(), $1, id, 'arranged', now() from made`,
      [pair?.person_id],
    )
    const list = async (query: Record<string, string>) =>
      wordsOf(pageOf(await visitTo('miriam', 'GET', '/population/doubts', { query })))
    expect(await list({})).toContain('Showing 1 to 50 of 120')
    expect(await list({ page: '9' })).toContain('Showing 101 to 120 of 120')
    expect(await list({ page: 'all' })).toContain('Showing 1 to 120 of 120')
    await house.arrange(`delete from people.doubt where why = 'arranged'`)
  })

  it('HZ03 of two NHS numbers are never joined, by anybody', async () => {
    const [pair] = await house.arrange(
      `insert into people.doubt (id, person_id, other_person_id, why, raised_at)
       select gen_random_uuid(), min(person_id::text)::uuid, max(person_id::text)::uuid, 'arranged', now() from people.identifier
       where value in ('9991010106', '9991010203') returning id`,
    )
    const answer = await visitTo('miriam', 'POST', '/population/doubts/:doubt', {
      params: { doubt: String(pair?.id) },
      form: { answer: 'same person' },
    })
    expect(answer.kind === 'page' && answer.status).toBe(422)
    expect(wordsOf(pageOf(answer))).toContain('two NHS numbers')
    const [merges] = await house.arrange(
      'select count(*)::int as n from people.merge where undone_at is null',
    )
    expect(merges?.n).toBe(0)
  })

  it('are for those who settle identities: an unknown one and a stranger’s look the same', async () => {
    await expect(
      visitTo('miriam', 'POST', '/population/doubts/:doubt', {
        params: { doubt: '01900000-0000-7000-8000-00000000ffff' },
      }),
    ).rejects.toThrow('not for you')
    await expect(
      visitTo('amina', 'POST', '/population/doubts/:doubt', { params: { doubt: await doubtId() } }),
    ).rejects.toThrow('not for you')
  })
})

describe('what a load changed', () => {
  const [june, jean, , hua] = extract.people ?? []
  const later: SmallExtract = {
    ...extract,
    people: [
      { ...june, practice_code: 'Z00002', registered_on: '2026-02-03', family_name: 'Okafor-Bell' },
      { ...jean, died_on: '2026-03-03' },
      { ...hua },
      {
        ...june,
        nhs_number: '9991010602',
        given_name: 'Idris',
        family_name: 'Vale',
        date_of_birth: '1950-01-02',
      },
    ],
    inpatient: (extract.inpatient ?? []).map((row) => ({ ...row, specialty_name: 'Geriatrics' })),
    gp_contacts: Array.from({ length: 9 }, (_, at) => ({
      nhs_number: ['9991010106', '9991010203', '9991011307', '9991010602'][at % 4] ?? '',
      date: `2026-02-0${at + 1}`,
      kind: at < 3 ? 'e-consult' : 'telephone',
    })),
  }
  const params = async () => ({
    load: (await house.asSystem('test', ({ db }) => currentLoad(db)))?.id ?? '',
  })

  it('HZ34 names who died, moved, came, went and has another name, to those who settle identities', async () => {
    const outcome = await loadExtract(workshop, { folder: writeExtract('changed', later) })
    expect(outcome.ok && outcome.value.people).toMatchObject({ added: 1, ended: 1 })
    const path = '/population/loads/:load/changes'
    const words = wordsOf(pageOf(await visitTo('miriam', 'GET', path, { params: await params() })))
    expect(words).toContain('OKAFOR-BELL, June')
    expect(words).toContain('Moved from Lund Street Surgery to Canal Side Practice')
    expect(words).toContain('Name: June Okafor before, June Okafor-Bell now')
    expect(words).toContain('Died 3 March 2026')
    expect(words).toContain('No longer sent or registered; was at Canal Side Practice')
    expect(words).toContain('New here')
    expect(words).not.toContain('CHEN')
    const gone = await visitTo('miriam', 'GET', path, { params: await params(), query: { show: 'gone' } })
    expect(wordsOf(pageOf(gone))).toContain('Showing 1 to 1 of 1')
    const found = await visitTo('miriam', 'POST', path, { params: await params(), form: { words: 'vale' } })
    expect(wordsOf(pageOf(found))).toContain('VALE, Idris')
    expect(wordsOf(pageOf(found))).not.toContain('PILLAY')
    const [log] = await house.arrange(
      `select count(*)::int as n from access.entry where verb = 'read what a load changed' and list_hash is not null`,
    )
    expect(log?.n).toBe(3)
  })

  it('go on saying of a load what it changed, whatever later loads make of that', async () => {
    const end = `update people.name set ended_at = now() where family = 'Okafor-Bell' and ended_at is null`
    await house.arrange(end)
    await house.arrange(
      `insert into people.name (id, person_id, given, family, recorded_at)
       select gen_random_uuid(), person_id, given, 'Okafor-Later', now() from people.name where family = 'Okafor-Bell'`,
    )
    const words = wordsOf(
      pageOf(await visitTo('miriam', 'GET', '/population/loads/:load/changes', { params: await params() })),
    )
    expect(words).toContain('Name: June Okafor before, June Okafor-Bell now')
    await house.arrange(`delete from people.name where family = 'Okafor-Later'`)
    await house.arrange(`update people.name set ended_at = null where family = 'Okafor-Bell'`)
  })

  it('says only how many to others, never a number under 8, and who looked at it', async () => {
    const path = '/population/loads/:load/changes'
    const before = wordsOf(pageOf(await visitTo('yasmin', 'GET', path, { params: await params() })))
    expect(before).toContain('Died fewer than 8')
    expect(before).not.toMatch(/PILLAY|Pillay/)
    const review = { params: await params(), form: { remark: 'Canal Side is right' } }
    await expect(visitTo('yasmin', 'POST', '/population/loads/:load/review', review)).rejects.toThrow(
      'not for you',
    )
    await visitTo('miriam', 'POST', '/population/loads/:load/review', review)
    await expect(visitTo('jo', 'POST', '/population/loads/:load/review', review)).rejects.toThrow('meanwhile')
    expect(wordsOf(pageOf(await visitTo('yasmin', 'GET', path, { params: await params() })))).toContain(
      'Canal Side is right',
    )
  })

  it('shows how each heading was read, what was left unread and what is on no list', async () => {
    const path = '/population/loads/:load/mapping'
    const stays = await visitTo('yasmin', 'GET', path, {
      params: await params(),
      query: { file: 'inpatient' },
    })
    expect(wordsOf(pageOf(stays))).toContain('Headings not read (1)')
    expect(wordsOf(pageOf(stays))).toContain('specialty_name')
    const contacts = { params: await params(), query: { file: 'gp_contacts', show: 'unknown' } }
    const words = wordsOf(pageOf(await visitTo('yasmin', 'GET', path, contacts)))
    // Fewer than 8 people have it: it is counted, and not shown.
    expect(words).toContain('3 rows: 3 rows with rarer codes, which are not shown')
    expect(words).not.toContain('e-consult')
  })

  it('shows the quality of each source load by load', async () => {
    const newest = wordsOf(pageOf(await visitTo('yasmin', 'GET', '/population/quality')))
    expect(newest).toContain('9 February 2026')
    expect(newest).toMatch(/inpatient test supplier .* 31 March 2026 nothing unusual/)
    await house.arrange(`insert into population.load (id, folder, index_on, covered_to, sources, files, people, left_out,
      policy_version, key_version, taken_at, seconds) select gen_random_uuid(), folder, index_on, covered_to, sources, files, people,
      left_out, policy_version, key_version, taken_at, seconds from population.load order by n desc limit 1`)
    const query = { file: 'gp_contacts' }
    const words = wordsOf(pageOf(await visitTo('yasmin', 'GET', '/population/quality', { query })))
    expect(words).toContain('Showing 1 to 3 of 3')
    expect(words).toContain('gp_contacts from test supplier: in 100 rows')
  })

  browserOrSkip()('breaks no rule of WCAG 2.2 AA, and never scrolls sideways', async () => {
    const load = `/population/loads/:load`
    const pages = [
      pageOf(await visitTo('miriam', 'GET', '/population')),
      pageOf(await visitTo('miriam', 'GET', `${load}/changes`, { params: await params() })),
      pageOf(await visitTo('miriam', 'GET', `${load}/mapping`, { params: await params() })),
      pageOf(await visitTo('miriam', 'GET', '/population/quality', { query: { file: 'gp_contacts' } })),
    ]
    const browser = await openBrowser()
    const page = await browser.newPage()
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url())
      const asset = assets().find(({ path }) => path === pathname)
      const html = pages[Number(pathname.slice(1))]
      return asset
        ? route.fulfill({ contentType: asset.contentType, body: Buffer.from(asset.body) })
        : route.fulfill({ contentType: 'text/html; charset=utf-8', body: html ?? '' })
    })
    for (const at of pages.keys()) {
      await page.goto(`http://127.0.0.1/${at}`)
      await axeCheck(page)
      await noSidewaysScroll(page, [320, 1280])
    }
    await browser.close()
  })
})
