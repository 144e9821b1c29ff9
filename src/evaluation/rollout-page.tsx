import { type Answer, type Asked, notForYou, type Problem, type Room, type StaffVisit } from '#access'
import { readDateBoxes } from '#calendar'
import { type Organisation, organisationsOf, type Programme, programmes } from '#organisations'
import {
  Button,
  Checkboxes,
  DateField,
  EmptyState,
  FieldRow,
  PostForm,
  renderPage,
  Section,
  Select,
  TextField,
} from '#ui'
import { approveRollout } from './rollout-actions.ts'
import { OneRollout, RolloutPower } from './rollout-parts.tsx'
import { readRollout } from './rollout-rules.ts'
import { insertRollout, rollouts } from './rollout-store.ts'

/** The pages of the phased start, for this room's list. */
export const rolloutScreens: Room['screens'] = [
  { method: 'GET', path: '/evaluation/rollouts', may: 'see evaluation', answer: showRollouts },
  { method: 'POST', path: '/evaluation/rollouts', may: 'lock studies', answer: sendRollout },
  { method: 'POST', path: '/evaluation/rollouts/approve', may: 'see counts', answer: sendApproval },
]

/** Every phased start: what it could show, its order by lot, and what came of it. */
function showRollouts(visit: StaffVisit, asked: Asked): Promise<Answer> {
  return show(visit, asked, [])
}

async function show(visit: StaffVisit, asked: Asked, problems: readonly Problem[]): Promise<Answer> {
  const all = await rollouts(visit.db)
  const practices = await practicesHere(visit)
  const known = await programmes(visit.db)
  const { activities, staffId } = visit.caller
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Start in turn, by lot',
    lead: 'Where not everybody can start at once, let a lot decide who starts first. Then the order itself shows what the service did.',
    back: { href: '/evaluation', words: 'Back to Did it help?' },
    isStamped: true,
    problems,
    typed: problems.length > 0 ? { ...asked.form.typed, practices: asked.form.all('practices') } : undefined,
    children: (
      <>
        <Section heading="Phased starts" count={all.length} id="approve">
          {all.length === 0 && <EmptyState says="No phased start has been planned yet." />}
          {all.map((rollout) => (
            <OneRollout
              key={rollout.id}
              rollout={rollout}
              programme={known.find(({ id }) => id === rollout.programmeId)?.template.name ?? 'A programme'}
              nameOf={(code) => practices.find((one) => one.code === code)?.name ?? code}
              mayApprove={activities.has('see counts') && rollout.draftedById !== staffId}
            />
          ))}
        </Section>
        <RolloutPower asked={asked} />
        {activities.has('lock studies') && <Plan practices={practices} programmes={known} />}
      </>
    ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

const practicesHere = async (visit: StaffVisit): Promise<readonly Organisation[]> =>
  (await organisationsOf(visit.db, 'practice')).filter(({ code }) => code !== undefined)

function Plan(props: {
  readonly practices: readonly Organisation[]
  readonly programmes: readonly Programme[]
}) {
  return (
    <Section heading="Plan a phased start">
      <PostForm action="/evaluation/rollouts">
        <Select
          name="programme"
          label="Which programme?"
          prompt="Choose one"
          choices={props.programmes.map(({ id, template }) => ({ value: id, words: template.name }))}
        />
        <Checkboxes
          name="practices"
          label="Which practices take part?"
          hint="All of them agree beforehand to start when the lot says"
          choices={props.practices.map(({ code = '', name }) => ({ value: code, words: name }))}
        />
        <DateField
          name="starts"
          label="First day of the time before anybody starts"
          hint="The first day of a month, like 1 7 2026"
        />
        <FieldRow>
          <TextField name="steps" label="Steps" widthChars={3} />
          <TextField name="months" label="Months each lasts" widthChars={3} />
          <TextField
            name="least"
            label="Count people with at least so many emergency admissions in the year before"
            hint="0 is everybody"
            widthChars={3}
          />
        </FieldRow>
        <Button>Write the plan down</Button>
      </PostForm>
    </Section>
  )
}

/** Keeps a plan. Nothing is drawn until somebody else approves it. */
async function sendRollout(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const { text, all } = asked.form
  const programme = (await programmes(visit.db)).find(({ id }) => id === text('programme'))
  const read = readRollout(text, all('practices'), {
    known: (await practicesHere(visit)).flatMap(({ code }) => (code ? [code] : [])),
    startsOn: readDateBoxes(text('starts-day'), text('starts-month'), text('starts-year')),
    fromAge: programme?.template.fromAge ?? 18,
    today: visit.today,
  })
  const problems: readonly Problem[] = [
    ...(programme ? [] : [{ field: 'programme', message: 'Select the programme' }]),
    ...('problems' in read ? read.problems : []),
  ]
  if (!programme || 'problems' in read) return show(visit, asked, problems)
  const by = visit.caller.staffId
  await insertRollout(visit.db, { programmeId: programme.id, plan: read.plan, by, at: visit.now })
  return {
    kind: 'go',
    to: '/evaluation/rollouts',
    saved: 'Written down. Somebody else must approve it before the lot is drawn.',
  }
}

/** Draws the lot of a plan, in the name of somebody who did not write it. */
async function sendApproval(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const rollout = (await rollouts(visit.db)).find(({ id }) => id === asked.form.text('rollout'))
  if (!rollout || rollout.lock) throw notForYou()
  const approved = await approveRollout(visit, rollout)
  if (!approved.ok) return show(visit, asked, approved.problems)
  await visit.later('judge rollouts', {}, 'judge rollouts')
  return { kind: 'go', to: '/evaluation/rollouts', saved: 'The lot is drawn, and locked in your name.' }
}
