import { beforeAll, describe, expect, it } from 'vitest'
import { askedWith, pageOf, wordsOf } from '../../test/asking.ts'
import { type Cast, type House, openHouse, places, staffId, testClock } from '../../test/house.ts'
import { asStaff } from '../visit.ts'
import { type Answer, newId, permit, Refused, room } from './index.ts'

let house: House
let june: string
beforeAll(async () => {
  house = await openHouse()
  june = await house.arrangePerson({
    family: 'Okafor',
    given: 'June',
    nhsNumber: '9991010106',
    bornOn: '1936-03-14',
    postcode: 'XX1 1AA',
  })
  await house.arrangePerson({
    family: 'Whitcombe',
    given: 'Harold',
    nhsNumber: '9991010203',
    bornOn: '1940-02-29',
    practice: 'canalSide',
  })
})

type Fields = Readonly<Record<string, string>>
type Browser = (method: 'GET' | 'POST', path: string, form?: Fields, query?: Fields) => Promise<Answer>

/** Somebody at work: pages of this room in one session, a transaction each. */
async function browserOf(who: Cast): Promise<Browser> {
  const token = await house.signIn(who)
  return async (method, path, form = {}, query = {}) => {
    const { route, params } = routeFor(method, path)
    const answer = await asStaff(house.pool, token, testClock, (visit) =>
      route.answer(visit, askedWith({ params, form, query })),
    )
    if (!answer) throw new Error(`${who} is not signed in`)
    return answer
  }
}

function routeFor(method: string, path: string) {
  for (const route of room.screens) {
    const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '')
    const match = new RegExp(`^${route.path.replace(/:\w+/g, '([^/]+)')}$`).exec(path)
    if (route.method === method && match) {
      return { route, params: Object.fromEntries(names.map((name, at) => [name, match[at + 1] ?? ''])) }
    }
  }
  throw new Error(`no page ${method} ${path}`)
}

async function find(who: Cast, words: string): Promise<string> {
  const browser = await browserOf(who)
  const sent = await browser('POST', '/find', { words })
  if (sent.kind !== 'go') return wordsOf(pageOf(sent))
  expect(sent.to).toMatch(/^\/find\/[0-9a-f-]{36}$/)
  return wordsOf(pageOf(await browser('GET', sent.to)))
}

const born = (day: string, month: string, year: string): Fields => ({
  'born-day': day,
  'born-month': month,
  'born-year': year,
})
const junesBirth = born('14', '3', '1936')
const logOf = (person: string | null, verb: string) =>
  house.arrange(
    `select purpose, outcome, staff_id from access.entry
     where person_id is not distinct from $1 and verb = $2 order by id`,
    [person, verb],
  )

describe('finding a person', () => {
  it.each(['Okafor', 'okaf', 'june okafor', 'OKAFOR, June', 'XX1 1AA', '14 3 1936', 'june okafor xx1 1aa'])(
    'a GP finds somebody of the practice by %s',
    async (words) => {
      expect(await find('drLund', words)).toContain(
        'OKAFOR, June Born 14 March 1936, NHS number 999 101 0106',
      )
    },
  )

  it.each(['jose', 'José', 'muniz', 'Muñiz', 'jose muniz', 'MUNIZ, jose'])(
    'finds José Muñiz by "%s": accents do not matter, and a given name alone is enough',
    async (words) => {
      await house.arrangePerson({ family: 'Muñiz', given: 'José' })
      expect(await find('drLund', words)).toContain('MUÑIZ, José')
    },
  )

  it('a given name alone finds nobody of another practice', async () => {
    await house.arrangePerson({ family: 'Far', given: 'Oswaldina', practice: 'canalSide' })
    expect(await find('drLund', 'oswaldina')).not.toContain('FAR')
  })

  it.each(['999 101 0106', '9991010106'])(
    'HZ02 one exact NHS number (%s) still asks whether this is the person',
    async (words) => {
      const page = await find('drLund', words)
      expect(page).toContain(
        'Is this the person? Name OKAFOR, June Born 14 March 1936 (90) Address 7 Ropewalk, XX1 1AA',
      )
      expect(page).toContain('Yes, open the record')
    },
  )

  it.each([
    ['Okafor', 'Nobodysname'],
    ['999 101 0106', '999 000 0018'],
    ['14 3 1936', '15 4 1911'],
  ])('A03 somebody of another practice (%s) and nobody at all are answered alike', async (real, made) => {
    const without = (page: string) =>
      page.replace(/“.*?”|NHS number \d{3}.\d{3}.\d{4}|born \d+ \w+ \d{4}/, '')
    const other = await find('drBello', real)
    expect(other).not.toContain('June')
    expect(without(other)).toBe(without(await find('drBello', made)))
  })

  it('no name, number or birth date is in an address', async () => {
    const browser = await browserOf('drLund')
    const sent = await browser('POST', '/find', { words: '999 101 0106' })
    expect(JSON.stringify(sent)).not.toMatch(/999 ?101|okafor/i)
  })

  it('an answer’s address opens nothing for somebody else', async () => {
    const sent = await (await browserOf('drLund'))('POST', '/find', { words: 'Okafor' })
    const address = sent.kind === 'go' ? sent.to : ''
    expect(await (await browserOf('drBello'))('GET', address)).toMatchObject({ kind: 'go', to: '/find' })
  })

  it('who was found is on the access log, by list', async () => {
    await find('drLund', 'Okafor')
    const rows = await house.arrange(
      `select e.verb from access.entry e join access.people_list l on l.hash = e.list_hash
       where l.people = array[$1::uuid] and e.verb = 'found people' and e.staff_id = $2`,
      [june, staffId('drLund')],
    )
    expect(rows.length).toBeGreaterThan(0)
  })

  it('the people opened last are one press away, in this session only', async () => {
    const token = await house.signIn('drLund')
    const page = (held: string) =>
      asStaff(house.pool, held, testClock, (visit) =>
        routeFor('GET', '/find').route.answer(visit, askedWith()),
      )
    await asStaff(house.pool, token, testClock, (visit) =>
      permit(visit, june, {
        may: 'see people',
        part: 'whole',
        purpose: 'direct care',
        verb: 'read the record',
      }),
    )
    expect(wordsOf(pageOf((await page(token)) ?? { kind: 'go', to: '' }))).toContain(
      'Opened last OKAFOR, June',
    )
    const other = await page(await house.signIn('drLund'))
    expect(wordsOf(pageOf(other ?? { kind: 'go', to: '' }))).not.toContain('OKAFOR')
  })

  it('more than 50 are never shown without saying so', async () => {
    await house.arrange(`
      with made as (insert into people.person (id, born_on) select gen_random_uuid(), '1950-01-01' from generate_series(1, 60)
                    returning id),
           named as (insert into people.name (id, person_id, family, given)
                     select gen_random_uuid(), id, 'Patelson', 'Asha' from made)
      insert into people.registration (id, person_id, practice_id, during)
      select gen_random_uuid(), id, '${places.lundStreet}', '[2010-01-01,)' from made`)
    const page = await find('drLund', 'Patelson')
    expect(page).toContain(
      'More than 50 people match “Patelson”. Add a given name, a date of birth or a postcode.',
    )
    expect(page).toContain('Showing 1 to 50')
  })

  it('a common name shows the people of one’s own place', async () => {
    await house.arrange(`
      with made as (insert into people.person (id, born_on) select gen_random_uuid(), '1951-01-01' from generate_series(1, 201)
                    returning id)
      insert into people.name (id, person_id, family, given) select gen_random_uuid(), id, 'Smithson', 'Ada' from made`)
    await house.arrangePerson({ family: 'Smithson', given: 'Grace' })
    const page = await find('drLund', 'Smithson')
    expect(page).toContain('Only people of your practice or team are shown.')
    expect(page).toContain('SMITHSON, Grace')
    expect(page).not.toContain('SMITHSON, Ada')
  })

  it('A22 what looks like SQL is looked for as a name', async () => {
    expect(await find('drLund', `O'Brien' or true --`)).toContain('Nobody you have to do with matches')
    expect(await find('drLund', '%')).toContain('Nobody you have to do with matches')
  })

  it('A39 after 60 searches in 5 minutes: wait', async () => {
    await house.arrange(
      `insert into access.throttle values ($1, date_bin('5 minutes', now(), '2000-01-01 00:00Z'), 60)
       on conflict (key, window_at) do update set count = 60`,
      [`find:${staffId('omar')}`],
    )
    await expect(find('omar', 'Okafor')).rejects.toMatchObject({ words: 'Wait 5 minutes, then try again.' })
    expect(await find('priya', 'Okafor')).toContain('Nobody')
  })
})

describe('tracing', () => {
  const traced = (who: Cast, form: Fields) =>
    browserOf(who).then((browser) => browser('POST', '/trace', form))
  const purpose = { purpose: 'direct care' }

  it('number and birth date give name, birth date, postcode, practice and whether a team knows them', async () => {
    const page = wordsOf(pageOf(await traced('amina', { number: '999 101 0106', ...junesBirth, ...purpose })))
    expect(page).toContain(
      'OKAFOR, June Born 14 March 1936, XX1 1AA, Lund Street Surgery Known to a team: no',
    )
    expect(page).not.toContain('Ropewalk')
    expect(page).not.toContain('Open record')
    expect(await logOf(june, 'traced')).toMatchObject([
      { purpose: 'direct care', outcome: 'done', staff_id: staffId('amina') },
    ])
  })

  it('family name, birth date and initial do as well', async () => {
    const form = { family: 'whitcombe', initial: 'H', ...born('29', '2', '1940'), ...purpose }
    expect(wordsOf(pageOf(await traced('amina', form)))).toContain('WHITCOMBE, Harold')
  })

  it.each([
    ['half a family name', { family: 'whit', initial: 'H', ...born('29', '2', '1940') }],
    ['another birth date', { number: '999 101 0203', ...born('28', '2', '1940') }],
    ['a number nobody has', { number: '999 000 0018', ...born('29', '2', '1940') }],
  ])('A39 %s gives nobody, in the same words', async (_, form) => {
    const page = wordsOf(pageOf(await traced('amina', { ...form, ...purpose })))
    expect(page).toContain('Nobody was found with what you entered.')
    expect(page).not.toContain('Harold')
    expect((await logOf(null, 'traced, nobody found')).length).toBeGreaterThan(0)
  })

  it('asks for both halves and for what it is', async () => {
    const answer = await traced('amina', { family: 'whitcombe' })
    expect(answer).toMatchObject({ status: 422 })
    const page = wordsOf(pageOf(answer))
    expect(page).toContain('Enter how the given name begins')
    expect(page).toContain('Enter the date of birth, like 14 3 1936')
    expect(page).toContain('Select why you are tracing this person')
    expect(pageOf(answer)).toContain('value="whitcombe"')
  })

  it('A39 after 20 in 5 minutes: wait', async () => {
    await house.arrange(
      `insert into access.throttle values ($1, date_bin('5 minutes', now(), '2000-01-01 00:00Z'), 20)`,
      [`trace:${staffId('omar')}`],
    )
    await expect(traced('omar', { number: '999 101 0106', ...junesBirth, ...purpose })).rejects.toThrow(
      Refused,
    )
  })
})

describe('opening a record in an emergency', () => {
  const emergency = {
    number: '999 101 0106',
    ...junesBirth,
    reason: 'life or serious harm',
    words: 'Found collapsed at home',
  }
  const open = async (who: Cast, form: Fields = emergency) =>
    (await browserOf(who))('POST', '/emergency', form)

  it('HZ36 opens at once for 4 hours, is in the person’s journal and waits for the privacy officer', async () => {
    const look = {
      may: 'see people',
      part: 'whole',
      purpose: 'direct care',
      verb: 'read the record',
    } as const
    await expect(house.as('karl', (visit) => permit(visit, june, look))).rejects.toThrow(Refused)
    expect(await open('karl')).toMatchObject({ kind: 'go', to: `/people/${june}` })
    const leave = await house.as('karl', (visit) => permit(visit, june, look))
    expect(leave.tie).toBe('break-glass')
    const claims = await house.arrange(
      `select extract(epoch from until - since)::int as seconds from access.claim where staff_id = $1`,
      [staffId('karl')],
    )
    expect(claims).toEqual([{ seconds: 4 * 3600 }])
    const notes = await house.arrange(`select facts from journal.entry where what = 'opened in an emergency'`)
    expect(notes).toMatchObject([{ facts: { reason: 'life or serious harm' } }])
    await house.arrange(
      `update access.claim set since = since - interval '5 hours', until = until - interval '5 hours'`,
    )
    await expect(house.as('karl', (visit) => permit(visit, june, look))).rejects.toThrow(Refused)
  })

  it('an out-of-hours clinician lands on the emergency summary', async () => {
    expect(await open('drAshe')).toMatchObject({ to: `/people/${june}/emergency` })
  })

  it('A11 HZ36 is never refused for how often', async () => {
    const browser = await browserOf('drAshe')
    for (let time = 0; time < 30; time++) {
      expect(await browser('POST', '/emergency', emergency)).toMatchObject({ kind: 'go' })
    }
  })

  it('A11 asks for a coded reason and for words', async () => {
    const answer = await open('karl', { ...emergency, reason: '', words: 'x' })
    expect(answer).toMatchObject({ status: 422 })
    const page = wordsOf(pageOf(answer))
    expect(page).toContain('Select why you need this record')
    expect(page).toContain('Say in a few words what is happening')
  })

  it('a number and a birth date that do not belong together open nobody, and the try is on the log', async () => {
    const answer = await open('karl', { ...emergency, ...born('15', '3', '1936') })
    expect(wordsOf(pageOf(answer))).toContain(
      'Nobody has this NHS number and date of birth together. Check both',
    )
    expect(await logOf(null, 'opened in an emergency')).toMatchObject([{ outcome: 'refused' }])
  })

  it('A11 nobody opens their own record', async () => {
    await house.arrange('update organisations.staff set own_person_id = $1 where id = $2', [
      june,
      staffId('ana'),
    ])
    const answer = await open('ana')
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    expect(wordsOf(pageOf(answer))).toContain('Nobody opens their own record here.')
    expect(await find('ana', '999 101 0106')).not.toContain('June')
    await house.arrange('update organisations.staff set own_person_id = null where id = $1', [staffId('ana')])
  })

  it('a worker says that they give care, for 24 hours, at most 5 times an hour', async () => {
    const browser = await browserOf('omar')
    const form = { ...emergency, reason: 'seeing them today', words: 'Visit booked today' }
    expect(await browser('POST', '/claim', form)).toMatchObject({ kind: 'go', to: `/people/${june}` })
    const leave = await house.as('omar', (visit) =>
      permit(visit, june, {
        may: 'see people',
        part: 'whole',
        purpose: 'direct care',
        verb: 'read the record',
      }),
    )
    expect(leave.tie).toBe('self-claimed')
    for (let time = 0; time < 4; time++) await browser('POST', '/claim', form)
    await expect(browser('POST', '/claim', form)).rejects.toMatchObject({ kind: 'too many' })
  })
})

describe('the privacy officer’s review', () => {
  it('lists openings by reference, without who or about whom', async () => {
    const html = pageOf(await (await browserOf('miriam'))('GET', '/privacy/openings'))
    const page = wordsOf(html)
    expect(page).toMatch(/To review \(\d+\)/)
    expect(page).toContain('case manager, Hillside co-ordination team')
    expect(html).not.toMatch(/Karl|Ashe|June|OKAFOR|999 ?101/i)
  })

  it('says once whether an opening was right, with why', async () => {
    const miriam = await browserOf('miriam')
    const [claim] = await house.arrange('select id from access.claim where staff_id = $1', [staffId('karl')])
    const address = `/privacy/openings/${claim?.id}`
    const page = wordsOf(pageOf(await miriam('GET', address)))
    expect(page).toContain('Opened by Karl Jensen Person OKAFOR, June, born 14 March 1936')
    expect(page).toContain('Found collapsed at home')
    expect(await logOf(june, 'looked into an opening')).toMatchObject([{ purpose: 'audit and privacy' }])
    const empty = await miriam('POST', address, {})
    expect(wordsOf(pageOf(empty))).toContain('Select whether the opening was justified Enter why')
    const answer = { review: 'justified', words: 'Ambulance record agrees' }
    expect(await miriam('POST', address, answer)).toMatchObject({ kind: 'go', to: '/privacy/openings' })
    await expect(miriam('POST', address, answer)).rejects.toMatchObject({ kind: 'changed meanwhile' })
    expect(wordsOf(pageOf(await miriam('GET', address)))).toContain('Miriam Katz')
  })

  it('A10 nobody reviews their own opening', async () => {
    const id = newId()
    await house.arrange(
      `insert into access.claim (id, person_id, staff_id, kind, reason, words, since, until)
       values ($1, $2, $3, 'break-glass', 'life or serious harm', 'mine', now(), now() + interval '1 hour')`,
      [id, june, staffId('miriam')],
    )
    const miriam = await browserOf('miriam')
    const page = wordsOf(pageOf(await miriam('GET', `/privacy/openings/${id}`)))
    expect(page).toContain('You opened this yourself, so somebody else reviews it.')
    await expect(
      miriam('POST', `/privacy/openings/${id}`, { review: 'justified', words: 'x' }),
    ).rejects.toThrow(Refused)
  })

  it('is for the privacy officer alone', async () => {
    await expect((await browserOf('amina'))('GET', '/privacy/openings')).rejects.toThrow(Refused)
  })

  it('finds by reason and says what it filtered by', async () => {
    const miriam = await browserOf('miriam')
    const query = { state: 'all', words: 'nothing like this' }
    const page = wordsOf(pageOf(await miriam('GET', '/privacy/openings', {}, query)))
    expect(page).toContain('None matches “nothing like this”.')
    expect(page).toContain('Showing none')
  })
})

describe('who looked at this record', () => {
  it('says who, in what role, what for, when, alone or in a list', async () => {
    const drLund = await browserOf('drLund')
    const page = wordsOf(pageOf(await drLund('GET', `/people/${june}/who-looked`)))
    expect(page).toContain('Karl Jensen case manager, Hillside co-ordination team Opened in an emergency')
    expect(page).toContain('Found people, in a list')
    expect(page).toContain('Dr Astrid Lund GP, Lund Street Surgery Read who looked Audit and privacy')
  })

  it('is searched, filtered and counted', async () => {
    const drLund = await browserOf('drLund')
    const query = { words: 'karl jensen', kind: 'alone' }
    const page = wordsOf(pageOf(await drLund('GET', `/people/${june}/who-looked`, {}, query)))
    expect(page).toMatch(/Showing 1 to (\d+) of \1 , newest first/)
    expect(page).not.toContain('Dr Tom Ashe')
  })

  it('shows tries that were refused, one’s own record among them', async () => {
    const token = await house.signIn('drBello')
    await house.arrange(`insert into access.entry (staff_id, post_id, purpose, verb, person_id, outcome)
      select staff_id, post_id, 'direct care', 'read the record', '${june}', 'refused' from access.session
      where token_hash = sha256(convert_to('${token}', 'UTF8'))`)
    const query = { kind: 'refused' }
    const page = wordsOf(
      pageOf(await (await browserOf('drLund'))('GET', `/people/${june}/who-looked`, {}, query)),
    )
    expect(page).toContain('Dr Tunde Bello')
    expect(page).toContain('Refused (2)')
  })

  it('is 50 a page, and all on request', async () => {
    await house.arrange(
      `insert into access.entry (staff_id, purpose, verb, person_id, outcome)
       select $1, 'direct care', 'read the record', $2, 'done' from generate_series(1, 60)`,
      [staffId('priya'), june],
    )
    const drLund = await browserOf('drLund')
    const query = { words: 'priya' }
    const first = wordsOf(pageOf(await drLund('GET', `/people/${june}/who-looked`, {}, query)))
    expect(first).toContain('Showing 1 to 50 of 60')
    const all = { ...query, page: 'all' }
    expect(wordsOf(pageOf(await drLund('GET', `/people/${june}/who-looked`, {}, all)))).toContain(
      'Showing 1 to 60',
    )
  })

  it('is refused to somebody without a relationship, like everything about the person', async () => {
    await expect((await browserOf('drBello'))('GET', `/people/${june}/who-looked`)).rejects.toThrow(Refused)
  })
})
