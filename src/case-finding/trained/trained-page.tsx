import type { Answer, Asked, Problem, Route, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import {
  Button,
  Checkboxes,
  DataTable,
  DateField,
  EmptyState,
  Panel,
  PostForm,
  renderPage,
  Section,
} from '#ui'
import { modelInUse } from '../model/model-store.ts'
import { colleaguesOf, signTraining } from './actions.ts'
import { clinicianRoles, standingOf } from './rules.ts'
import { trainingsGiven } from './store.ts'

const may = 'judge candidates'
type Standing = ReturnType<typeof standingOf>[number]

/** Who works down the lists and was trained to, by whom and when; and where a clinician signs for having trained somebody. */
async function showTrained(visit: StaffVisit, asked: Asked, problems?: readonly Problem[]): Promise<Answer> {
  const { db, caller } = visit
  const colleagues = await colleaguesOf(visit)
  const all = standingOf(colleagues, await trainingsGiven(db), (await modelInUse(db))?.id)
  const trained = all.filter(({ last }) => last).length
  const others = colleagues.filter(({ id }) => id !== caller.staffId)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Who was trained to read the lists',
    lead: `${trained} of ${all.length} people who work down lists here or in the teams have a training on record.`,
    back: { href: '/case-finding', words: 'Back to the list' },
    problems,
    typed: problems && asked.form.typed,
    children: (
      <>
        <What />
        {all.length === 0 ? (
          <EmptyState says="Nobody who works down lists has a post here or in a team." />
        ) : (
          <Standings all={all} />
        )}
        {clinicianRoles.includes(caller.role) && others.length > 0 && <Sign others={others} />}
      </>
    ),
  })
  return { kind: 'page', html, status: problems ? 422 : 200 }
}

const What = () => (
  <Panel kind="caution" heading="What a training covers">
    <ul className="nhsuk-list nhsuk-list--bullet">
      <li>The list is an order to look at people in. It decides about nobody</li>
      <li>What puts somebody high, what each reason rests on, and what the records do not show</li>
      <li>Whom it finds less often, and how to add somebody it missed</li>
      <li>Those with many admissions in a year have fewer in the next, with or without help</li>
      <li>What to say to somebody who asks why they were looked at, or who objects</li>
    </ul>
  </Panel>
)

const Standings = ({ all }: { readonly all: readonly Standing[] }) => (
  <Section heading="People who work down lists" count={all.length}>
    <DataTable
      caption="People who work down lists, and their newest training"
      isCaptionHidden
      rows={all}
      keyOf={({ colleague }) => colleague.id}
      columns={[
        { head: 'Name', cell: ({ colleague }) => colleague.name },
        {
          head: 'Trained on',
          cell: ({ last }) => (last ? dateWords(last.trainedOn) : 'No training on record'),
        },
        { head: 'By', cell: ({ last }) => (last ? `${last.trainedByName}, ${last.trainerRole}` : '') },
        { head: 'About', width: 'wide', cell: aboutWords },
      ]}
    />
  </Section>
)

function aboutWords({ last, isOfThisList }: Standing): string {
  if (!last) return ''
  const about = last.modelName ? `Numbers of the model ${last.modelName}` : 'The list by the rule'
  return isOfThisList ? about : `${about}. The list is ordered in another way now`
}

const Sign = ({ others }: { readonly others: readonly { readonly id: string; readonly name: string }[] }) => (
  <Section heading="Sign for a training you gave">
    <PostForm action="/case-finding/trained">
      <Checkboxes
        name="staff"
        label="Whom did you train?"
        choices={others.map(({ id, name }) => ({ value: id, words: name }))}
      />
      <DateField name="on" label="On what day?" hint="For example, 27 3 2026" />
      <Checkboxes
        name="signed"
        label="Your name"
        choices={[{ value: 'yes', words: 'I am a clinician and trained them myself in what stands above' }]}
      />
      <Button>Sign the training</Button>
    </PostForm>
  </Section>
)

async function sign(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { text, all } = asked.form
  const outcome = await signTraining(visit, {
    staff: all('staff'),
    on: { day: text('on-day'), month: text('on-month'), year: text('on-year') },
    isSigned: text('signed') === 'yes',
  })
  if (!outcome.ok) return showTrained(visit, asked, outcome.problems)
  const { people } = outcome.value
  return {
    kind: 'go',
    to: '/case-finding/trained',
    saved: `${people} ${people === 1 ? 'person has' : 'people have'} a training on record.`,
  }
}

/** Who was trained to read the lists. */
export const trainedRoutes: readonly Route[] = [
  { method: 'GET', path: '/case-finding/trained', may, answer: (visit, asked) => showTrained(visit, asked) },
  { method: 'POST', path: '/case-finding/trained', may, answer: sign },
]
