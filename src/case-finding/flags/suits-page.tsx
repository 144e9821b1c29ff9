import { z } from 'zod'
import {
  type Answer,
  type Asked,
  notForYou,
  type Problem,
  type Route,
  require,
  type StaffVisit,
} from '#access'
import { publishProgramme } from '#administration'
import { dateWords } from '#calendar'
import { type Programme, programmes, programmeTemplate, programmeVersions } from '#organisations'
import { Button, Checkboxes, DataTable, EmptyState, HiddenFields, PostForm, renderPage, Section } from '#ui'
import { programmeFor } from '../candidates.ts'
import { ProgrammeChips } from '../programme-chips.tsx'
import { careGaps, flagListsVersion } from './flag-lists.data.ts'
import { suitsOf, suitsPart } from './programme-part.ts'
import { flagWords } from './rules.ts'

const address = '/case-finding/suits'
const may = 'run programmes'
const addressFor = (key: string) => `${address}?programme=${encodeURIComponent(key)}`

/** Whom a programme says that it might suit, and what each flag is. A change is the programme's next version. */
async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []): Promise<Answer> {
  const key = asked.form.text('programme') || asked.query.text('programme')
  const programme = await programmeFor(visit, key)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Whom a programme might suit',
    caption: programme?.template.name,
    lead: 'It is said beside people with these flags, in words. It puts nobody higher, and leaves nobody out.',
    problems,
    typed: problems.length > 0 ? { suits: asked.form.all('suits') } : undefined,
    children: programme ? (
      <>
        <ProgrammeChips all={await programmes(visit.db)} chosen={programme} hrefFor={addressFor} />
        <PostForm action={address}>
          <HiddenFields fields={{ programme: programme.key, from: String(programme.version) }} />
          <Checkboxes
            name="suits"
            label="It might suit people with"
            choices={flagWords.map((flag) => ({ value: flag.key, words: flag.filter, hint: flag.means }))}
            ticked={suitsOf(programme).suits}
          />
          <Button>Publish version {programme.version + 1}</Button>
        </PostForm>
        <Gaps />
      </>
    ) : (
      <EmptyState says="No programme has been published yet." />
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const Gaps = () => (
  <Section heading="What a gap in care is">
    <DataTable
      caption="What a gap in care is"
      isCaptionHidden
      rows={careGaps}
      keyOf={({ key }) => `gap-${key}`.replaceAll(/[^a-z0-9]+/g, '-')}
      columns={[
        {
          head: 'Gap',
          cell: ({ words }) => words.charAt(0).toUpperCase() + words.slice(1),
          width: 'wide',
        },
        { head: 'Rests on', cell: ({ source }) => source, width: 'wide' },
      ]}
    />
    <p className="kw-second">
      List of {dateWords(flagListsVersion)}, not yet confirmed by a clinician. A practice that has such a
      record of nobody is not looked at for it. Reviews, foot and eye checks and urine tests are in no file
      that is loaded, so nothing is said of them.
    </p>
  </Section>
)

/** Readers of the parts of a template that are other rooms': they stay as they are. */
const othersOf = (template: object) =>
  Object.fromEntries(
    Object.keys(template)
      .filter((name) => !Object.hasOwn(programmeTemplate.shape, name))
      .map((name) => [name, z.unknown()]),
  )

const kept = z.record(z.string(), z.unknown())

async function send(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, may)
  const key = asked.form.text('programme')
  const programme: Programme | undefined = (await programmes(visit.db)).find((one) => one.key === key)
  const [newest] = programme ? await programmeVersions(visit.db, key) : []
  if (!programme || !newest) throw notForYou()
  const suits = flagWords.map((flag) => flag.key).filter((flag) => asked.form.all('suits').includes(flag))
  if (suits.join() === suitsOf(programme).suits.join())
    return { kind: 'go', to: addressFor(key), saved: 'Nothing was changed.' }
  const template = kept.parse(newest.template)
  const from = Number(asked.form.text('from')) || 0
  const parts = { ...othersOf(template), suits: suitsPart }
  const outcome = await publishProgramme(visit, { key, from, written: { ...template, suits } }, parts)
  if (!outcome.ok) return show(visit, asked, outcome.problems)
  return { kind: 'go', to: addressFor(key), saved: `Version ${outcome.value.version} published.` }
}

/** The page on which whoever runs programmes says whom each might suit. */
export const suitsRoutes: readonly Route[] = [
  { method: 'GET', path: address, may, answer: (visit, asked) => show(visit, asked) },
  { method: 'POST', path: address, may, answer: send },
]
