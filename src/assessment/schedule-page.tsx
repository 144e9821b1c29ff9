import { z } from 'zod'
import {
  type Answer,
  type Asked,
  type Form,
  notForYou,
  type Problem,
  type Route,
  require,
  type StaffVisit,
} from '#access'
import { publishProgramme } from '#administration'
import { suitsPart } from '#case-finding'
import { type Programme, programmes, programmeVersions } from '#organisations'
import { Button, Checkboxes, Chips, EmptyState, HiddenFields, PostForm, renderPage, Section } from '#ui'
import { importedOnly } from './imported.data.ts'
import { type Library, needsLicence } from './library.ts'
import { libraryIn } from './pack-store.ts'
import { measuresPart } from './programme-part.ts'
import { scorings } from './scorings.ts'
import { schedulesOf } from './store.ts'
import { moments, type Schedule } from './types.ts'
import { momentWords, sentence } from './words.ts'

const address = '/measures/schedule'
const may = 'run programmes'

const addressFor = (key: string) => `${address}?programme=${encodeURIComponent(key)}`

/** What a programme asks and when, and the form that changes it: the next version of the programme. */
async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  const all = await programmes(visit.db)
  const key = asked.form.text('programme') || asked.query.text('programme')
  const programme = all.find((one) => one.key === key) ?? all[0]
  const schedule = programme && (await schedulesOf(visit.db)).get(programme.id)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'What is asked, and when',
    caption: programme?.template.name,
    lead: 'A change is the programme’s next version, in force at once. What was asked before stays.',
    problems,
    typed:
      problems.length > 0
        ? Object.fromEntries(scorings.map(({ key: one }) => [`at-${one}`, asked.form.all(`at-${one}`)]))
        : undefined,
    children: programme ? (
      <>
        {all.length > 1 && (
          <Chips
            label="Programme"
            chips={all.map((one) => ({
              href: addressFor(one.key),
              words: one.template.name,
              isCurrent: one.key === programme.key,
            }))}
          />
        )}
        <Choosing
          programme={programme}
          schedule={schedule ?? []}
          library={await libraryIn(visit.db, visit.today)}
        />
      </>
    ) : (
      <EmptyState says="No programme has been published yet." />
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

function Choosing(props: {
  readonly programme: Programme
  readonly schedule: Schedule
  readonly library: Library
}) {
  const { programme, schedule, library } = props
  return (
    <PostForm action={address}>
      <HiddenFields fields={{ programme: programme.key, from: String(programme.version) }} />
      <Section heading="Measures">
        <p className="kw-second">
          Few questions that are asked are worth more than many that are not. The same measure at the start
          and later is what a change is told from.
        </p>
        {scorings.map(({ key, name }) => (
          <Checkboxes
            key={key}
            name={`at-${key}`}
            label={name}
            hint={hintFor(key, library)}
            choices={moments.map((moment) => ({ value: moment, words: sentence(momentWords(moment)) }))}
            isInline
            ticked={schedule.find(({ instrument }) => instrument === key)?.at ?? []}
          />
        ))}
      </Section>
      <Button>Publish version {programme.version + 1}</Button>
    </PostForm>
  )
}

function hintFor(key: string, library: Library): string | undefined {
  if (importedOnly.some((one) => one.key === key))
    return 'Written down from a form used under its own licence'
  return library.unlicensed.some((one) => one.key === key)
    ? `${sentence(needsLicence)}. Asked from the day its words are put in`
    : undefined
}

const readSchedule = (form: Form): Schedule =>
  scorings.flatMap(({ key }) => {
    const chosen = form.all(`at-${key}`)
    const at = moments.filter((moment) => chosen.includes(moment))
    return at.length > 0 ? [{ instrument: key, at }] : []
  })

const inOrder = (schedule: Schedule): string =>
  JSON.stringify(
    scorings.map(({ key }) => {
      const at = schedule.find(({ instrument }) => instrument === key)?.at ?? []
      return moments.filter((moment) => at.includes(moment))
    }),
  )

/** Publishes the programme's next version with what was chosen; nothing else of it changes. */
async function send(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, may)
  const key = asked.form.text('programme')
  const programme = (await programmes(visit.db)).find((one) => one.key === key)
  const [newest] = programme ? await programmeVersions(visit.db, key) : []
  if (!programme || !newest) throw notForYou()
  const measures = readSchedule(asked.form)
  const before = (await schedulesOf(visit.db)).get(programme.id) ?? []
  if (inOrder(before) === inOrder(measures))
    return { kind: 'go', to: addressFor(key), saved: 'Nothing was changed.' }
  const template = z.record(z.string(), z.unknown()).parse(newest.template)
  const written = { ...template, measures }
  const from = Number(asked.form.text('from')) || 0
  const parts = { measures: measuresPart, suits: suitsPart }
  const outcome = await publishProgramme(visit, { key, from, written }, parts)
  if (!outcome.ok) return show(visit, asked, outcome.problems)
  return { kind: 'go', to: addressFor(key), saved: `Version ${outcome.value.version} published.` }
}

/** The page of what each programme asks. */
export const scheduleScreens: readonly Route[] = [
  { method: 'GET', path: address, may, answer: (visit, asked) => show(visit, asked) },
  { method: 'POST', path: address, may, answer: send },
]
