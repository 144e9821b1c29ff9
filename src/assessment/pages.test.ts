import { renderToStaticMarkup } from 'react-dom/server'
import { beforeAll, describe, expect, it } from 'vitest'
import { newId, type Route } from '#access'
import { addDays } from '#calendar'
import { openTasks } from '#co-ordination'
import { askerOf, pageOf, wordsOf } from '../../test/asking.ts'
import { someoneInCare, withPerson } from '../../test/care.ts'
import { type Cast, type House, openHouse, testDay } from '../../test/house.ts'
import { measuresOf, room } from './index.ts'
import { screens } from './screens.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})

type Sent = Readonly<Record<string, string>>
type Params = { readonly person: string; readonly instrument?: string; readonly answers?: string }

const askAs = askerOf(screens, () => house)
const send = (who: Cast, method: Route['method'], path: string, params: Params, form: Sent = {}) =>
  askAs(who, method, path, { params, form, query: method === 'GET' ? form : {} })

const askPath = '/people/:person/measures/:instrument'
const show = (who: Cast, person: string, instrument = 'phq-9') =>
  send(who, 'GET', askPath, { person, instrument })
const save = (who: Cast, person: string, form: Sent, instrument = 'phq-9') =>
  send(who, 'POST', askPath, { person, instrument }, { _person: person, ...form })

const whoHowWhen = { who: 'the person', via: 'telephone', 'on-day': '1', 'on-month': '4', 'on-year': '2026' }
const answers = (values: readonly number[]): Sent =>
  Object.fromEntries(values.map((value, at) => [`answer-${at + 1}`, String(value)]))
const fourteen = answers([2, 2, 2, 2, 2, 2, 1, 1, 0])

const kept = (person: string) =>
  withPerson(house, 'amina', person, (visit, leave) => measuresOf(visit.db, leave))

async function answersPage(person: string, who: Cast = 'amina'): Promise<string> {
  const measure = (await kept(person)).at(-1)
  return pageOf(
    await send(who, 'GET', '/people/:person/measures/answers/:answers', {
      person,
      answers: measure?.id ?? '',
    }),
  )
}

describe('the page that asks one measure', () => {
  it.each(['phq-9', 'gad-7', 'ons4', 'loneliness', 'fft', 'experience'])(
    '%s starts with nothing chosen, and says whose work it is',
    async (instrument) => {
      const person = await someoneInCare(house)
      const html = pageOf(await show('amina', person, instrument))
      expect(html).not.toMatch(/type="radio"[^>]*checked/)
      expect(html).toMatch(/licen[cs]ed? under|Licence|No permission is needed|own words, under the licence/)
    },
  )

  it('whoever goes back after saving is shown what is saved; sent again with other answers, nothing typed is lost', async () => {
    const person = await someoneInCare(house)
    const id = newId()
    await save('amina', person, { ...whoHowWhen, ...fourteen, id })
    const back = await send('amina', 'GET', askPath, { person, instrument: 'phq-9' }, { id })
    const there = {
      to: `/people/${person}/measures/answers/${id}`,
      saved: expect.stringContaining('already'),
    }
    expect(back).toMatchObject(there)
    expect(await save('amina', person, { ...whoHowWhen, ...fourteen, id })).toMatchObject(there)
    const other = pageOf(await save('amina', person, { ...whoHowWhen, ...fourteen, 'answer-1': '0', id }))
    expect(wordsOf(other)).toContain('Other answers are saved already from this form')
    expect(other).toMatch(/name="answer-1" checked="" value="0"/)
    const next = /name="id" value="([^"]+)"/.exec(other)?.[1] ?? id
    await save('amina', person, { ...whoHowWhen, ...fourteen, 'answer-1': '0', id: next })
    expect(await kept(person)).toHaveLength(2)
  })

  it('says at each field what is missing, and keeps every answer', async () => {
    const person = await someoneInCare(house)
    const answer = await save('amina', person, fourteen)
    expect(answer).toMatchObject({ kind: 'page', status: 422 })
    const html = pageOf(answer)
    for (const words of [
      'Select who answered',
      'Select how they answered',
      'Enter the day it was answered',
    ]) {
      expect(wordsOf(html)).toContain(words)
    }
    expect(html.match(/type="radio"[^>]*checked/g)).toHaveLength(9)
    expect(await kept(person)).toEqual([])
  })

  it('HZ28 puts what to do now above the errors when question 9 was answered', async () => {
    const person = await someoneInCare(house)
    const words = wordsOf(pageOf(await save('amina', person, { 'answer-9': '2' })))
    expect(words).toContain('Talk to June about question 9 now')
    expect(words).toContain('These answers are not saved yet')
    expect(words).toContain('999')
  })

  it('HZ28 when saved, says the same with whom the task is', async () => {
    const person = await someoneInCare(house)
    const form = { ...whoHowWhen, ...answers([0, 0, 0, 0, 0, 0, 0, 0, 1]) }
    expect(await save('amina', person, form)).toMatchObject({ kind: 'go' })
    expect(wordsOf(await answersPage(person))).toContain(
      'An urgent task for today is with Quayside co-ordination team until somebody takes it.',
    )
    const tasks = await withPerson(house, 'amina', person, (visit) => openTasks(visit.db, [person]))
    expect(tasks).toMatchObject([{ isUrgent: true, dueOn: testDay }])
  })

  it('keeps that somebody did not want to answer the rest, and is not asked again for the moment', async () => {
    const person = await someoneInCare(house)
    await save('amina', person, { ...whoHowWhen, 'answer-1': '2', do: 'declined' })
    expect((await kept(person))[0]?.answers).toMatchObject({ 1: 2, 2: 'prefers not to say' })
    const page = await send('amina', 'GET', '/people/:person/measures', { person })
    expect(wordsOf(pageOf(page))).not.toContain('Ask PHQ-9 at the start')
    expect(wordsOf(pageOf(page))).toContain('No score: 8 of 9 questions not answered')
  })

  it('HZ07 a made-up answer is refused and the page comes back', async () => {
    const person = await someoneInCare(house)
    for (const value of ['4', '-1', '1.5', 'lots']) {
      const answer = await save('amina', person, { ...whoHowWhen, ...fourteen, 'answer-3': value })
      expect(answer).toMatchObject({ kind: 'page', status: 422 })
      expect(wordsOf(pageOf(answer))).toContain('Select one of the answers')
    }
    expect(await kept(person)).toEqual([])
  })

  it('HZ01 drawn for one person and sent to another’s address saves nothing', async () => {
    const [a, b] = [await someoneInCare(house), await someoneInCare(house)]
    await expect(save('amina', b, { ...whoHowWhen, ...fourteen, _person: a })).rejects.toMatchObject({
      kind: 'changed meanwhile',
    })
    expect(await kept(b)).toEqual([])
  })

  it('is not drawn for somebody who died, nor without an episode', async () => {
    const [died, never] = [await someoneInCare(house), await house.arrangePerson()]
    await house.arrange('update people.person set died_on = $1 where id = $2', [testDay, died])
    await expect(show('amina', died)).rejects.toMatchObject({ kind: 'changed meanwhile' })
    await expect(show('drLund', never)).rejects.toMatchObject({ kind: 'changed meanwhile' })
  })

  it.each(['karl', 'pat', 'drAshe', 'yasmin', 'rhodri'] as const)('is not for %s', async (who) => {
    const person = await someoneInCare(house)
    await expect(show(who, person)).rejects.toMatchObject({ kind: 'not for you' })
  })
})

describe('a measure on paper', () => {
  const paper = (who: Cast, person: string, instrument: string) =>
    send(who, 'GET', '/people/:person/measures/:instrument/paper', { person, instrument })

  it('has every question as it stands with a box for each answer, whose it is and by what terms', async () => {
    const person = await someoneInCare(house, { family: 'Paperly', given: 'June' })
    const words = wordsOf(pageOf(await paper('amina', person, 'phq-9')))
    expect(words).toContain(
      'PAPERLY, June, born 14 September 1941. Give it back to Quayside co-ordination team.',
    )
    expect(words).toContain('Feeling down, depressed, or hopeless')
    expect(words.match(/☐ Nearly every day/g)).toHaveLength(9)
    expect(words).toContain('No permission is needed')
  })

  it('HZ28 says what to do at once on one that asks about self-harm, because nobody reads it before it is back', async () => {
    const person = await someoneInCare(house)
    expect(wordsOf(pageOf(await paper('amina', person, 'phq-9')))).toMatch(
      /Nobody reads this before.*999.*111/,
    )
    expect(wordsOf(pageOf(await paper('amina', person, 'fft')))).not.toContain('999')
  })

  it('is not there for one that may not be shown, nor for somebody else', async () => {
    const person = await someoneInCare(house)
    for (const key of ['swemwbs', 'eq-5d-5l'])
      await expect(paper('amina', person, key)).rejects.toMatchObject({ kind: 'not for you' })
    await expect(paper('karl', person, 'phq-9')).rejects.toMatchObject({ kind: 'not for you' })
  })
})

describe('what somebody answered', () => {
  it('is shown with its score, its band in the instrument’s words, who answered and the version', async () => {
    const person = await someoneInCare(house)
    await save('amina', person, { ...whoHowWhen, who: 'a carer, for them', ...fourteen })
    const words = wordsOf(await answersPage(person))
    for (const said of ['14 of 27, moderate', 'A carer, for June', 'PHQ-9 English', 'Several days']) {
      expect(words).toContain(said)
    }
  })

  it('can be struck with a reason, and then says so and counts no more', async () => {
    const person = await someoneInCare(house)
    await save('amina', person, { ...whoHowWhen, ...fourteen })
    const params = { person, answers: (await kept(person))[0]?.id ?? '' }
    const path = '/people/:person/measures/answers/:answers'
    expect(await send('amina', 'POST', path, params, { reason: '' })).toMatchObject({ status: 422 })
    expect(await send('amina', 'POST', path, params, { reason: 'Her sister’s' })).toMatchObject({
      kind: 'go',
    })
    expect(wordsOf(await answersPage(person))).toContain('These answers were struck: they do not count')
    const page = wordsOf(pageOf(await send('amina', 'GET', '/people/:person/measures', { person })))
    expect(page).toContain('Ask PHQ-9 at the start')
  })

  it('of the Friends and Family Test is told as the answer itself, and has no score', async () => {
    const person = await someoneInCare(house)
    await save('amina', person, { ...whoHowWhen, 'answer-1': '2', words: 'They rang back.' }, 'fft')
    const words = wordsOf(pageOf(await send('amina', 'GET', '/people/:person/measures', { person })))
    expect(words).toMatch(/Experience Answered by 1 April.* Good June, telephone/)
    expect(words).not.toContain('No score')
    expect(wordsOf(await answersPage(person))).toContain('They rang back.')
  })

  it('HZ39 on the person’s page a change stands beside what would have come anyway', async () => {
    const person = await someoneInCare(house, { openedOn: addDays(testDay, -90) })
    const first = { ...whoHowWhen, 'on-day': '2', 'on-month': '1' }
    await save('amina', person, { ...first, ...fourteen })
    await save('amina', person, { ...whoHowWhen, ...answers([1, 1, 1, 1, 0, 0, 0, 0, 0]) })
    const panel = await withPerson(house, 'amina', person, (visit, leave) => {
      if (!room.panelFor) throw new Error('there is no panel')
      return room.panelFor(visit, leave)
    })
    const html = pageOf(await send('amina', 'GET', '/people/:person/measures', { person }))
    const words = wordsOf(renderToStaticMarkup(panel?.contents))
    expect(words).toContain('10 down since 2 January 2026, better, a reliable change (6 or more)')
    expect(words).toContain('One person’s change is not proof that the service did it.')
    expect(html).toMatch(/role="img" aria-label="PHQ-9 total: 14 on 2 January 2026, 4 on 1 April 2026"/)
  })
})

describe('the list of what is due', () => {
  const list = async (who: Cast, query: Sent = {}) =>
    wordsOf(pageOf(await send(who, 'GET', '/measures', { person: '' }, query)))

  it('has the team’s people, the longest overdue first, narrowed by an address anybody may share', async () => {
    await someoneInCare(house, { family: 'Abara', owner: 'omar', openedOn: addDays(testDay, -30) })
    await someoneInCare(house, { family: 'Zeller', owner: 'amina' })
    await someoneInCare(house, { family: 'Elsewhere', owner: 'karl', team: 'otherTeam' })
    const everybody = await list('amina')
    expect(everybody).toMatch(/ABARA.*Overdue 30 days.*ZELLER/)
    expect(everybody).not.toContain('ELSEWHERE')
    expect(await list('amina', { mine: 'yes' })).not.toContain('ABARA')
    expect(await list('amina', { state: 'overdue' })).not.toContain('ZELLER')
    expect(await list('amina', { measure: 'fft' })).not.toContain('ZELLER')
    expect(await list('amina', { measure: 'nonsense' })).toContain('ZELLER')
  })

  it('is drawn where nothing is due', async () => {
    expect(await list('ana')).toContain('Nothing is due to be asked now.')
  })
})
