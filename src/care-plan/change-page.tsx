import {
  type Asked,
  newId,
  type Permit,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { timeWords } from '#calendar'
import { aboutPerson, personTabs } from '#people'
import { Button, ButtonRow, HiddenFields, PostForm, renderPage, TextArea } from '#ui'
import { savePlan } from './actions.ts'
import { clashPage } from './clash-page.tsx'
import { readForm, type Values, valuesOf, withEmptyRows, withRowAdded } from './form.ts'
import { ownerChoices } from './owners.ts'
import { Agreement, Goals, IfThens } from './plan-fields.tsx'
import { planOf } from './questions.ts'
import { draftOf, fieldNames, problemsWith, unfinished } from './rules.ts'
import type { PlanDraft } from './types.ts'

const changing = {
  may: 'write plans',
  part: 'whole',
  purpose: 'direct care',
  verb: 'change the care plan',
} as const

const emptyDraft: PlanDraft = { from: 0, whatMatters: '', goals: [], ifThens: [] }

/** The form, as the plan stands now. */
export async function showChange(visit: StaffVisit, asked: Asked) {
  const leave = await permit(visit, asked.params.person ?? '', changing)
  const plan = await planOf(visit.db, leave)
  const values = valuesOf(withEmptyRows(plan ? draftOf(plan) : emptyDraft), newId)
  return changePage(visit, asked, leave, { values })
}

/** Saves, or adds a row and shows the form again with everything typed. */
export async function sendChange(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', changing)
  const wanted = asked.form.text('do')
  if (wanted.startsWith('add ')) {
    return changePage(visit, asked, leave, { values: withRowAdded(asked.form.typed, wanted, newId) })
  }
  const { draft, problems: unread } = readForm(asked.form)
  const unanswered = [...unread, ...(await strangers(visit, leave, draft))]
  if (unanswered.length > 0) {
    const problems = besideRules(asked, draft, unanswered, visit.today)
    return changePage(visit, asked, leave, { values: asked.form.typed, problems })
  }
  const outcome = await savePlan(visit, leave, draft)
  if (outcome.ok) {
    const { version, keptToo } = outcome.value
    const also = keptToo ? ` ${keptToo.byName}’s changes of ${timeWords(keptToo.at)} are kept too.` : ''
    return {
      kind: 'go' as const,
      to: `/people/${leave.person}/plan`,
      saved: `Plan saved as version ${version}.${also}`,
    }
  }
  if (outcome.changed) return clashPage(visit, asked, leave, outcome.changed)
  return changePage(visit, asked, leave, { values: asked.form.typed, problems: outcome.problems })
}

// Everything to put right at once: nobody should save three times to be told three things.
function besideRules(
  asked: Asked,
  draft: PlanDraft,
  unanswered: readonly Problem[],
  today: StaffVisit['today'],
): readonly Problem[] {
  const agreedBy = asked.form.text(fieldNames.agreedBy)
  const isAgreed = agreedBy !== '' && agreedBy !== 'not yet'
  const said = new Set(unanswered.map(({ field }) => field))
  const others = [
    ...problemsWith({ ...draft, agreement: undefined }, today),
    ...(isAgreed ? unfinished(draft) : []),
  ]
  return [...others.filter(({ field }) => !said.has(field)), ...unanswered]
}

// A name that is not on the list was not chosen from it.
async function strangers(
  visit: StaffVisit,
  leave: Permit<'whole'>,
  draft: PlanDraft,
): Promise<readonly Problem[]> {
  const known = await ownerChoices(visit, leave, await aboutPerson(visit, leave))
  return draft.goals.flatMap((goal, at) =>
    goal.actions.flatMap(({ owner }, place) =>
      owner && !known.some(({ value }) => value === owner)
        ? [{ field: fieldNames.owner(at, place), message: 'Select who will do this' }]
        : [],
    ),
  )
}

type Shown = { readonly values: Values; readonly problems?: readonly Problem[] }

async function changePage(visit: StaffVisit, asked: Asked, leave: Permit<'whole'>, shown: Shown) {
  const about = await aboutPerson(visit, leave)
  const { values, problems = [] } = shown
  const owners = await ownerChoices(visit, leave, about)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Change the care plan',
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Plan'),
    back: { href: `/people/${leave.person}/plan`, words: 'Back to the plan' },
    lead: 'One goal and one action are enough to begin.',
    problems,
    typed: values,
    children: (
      <PostForm action={`/people/${leave.person}/plan/change`} personToken={leave.person}>
        <HiddenFields fields={{ from: values.from ?? '0' }} />
        <TextArea
          name={fieldNames.whatMatters}
          label={`What matters to ${about.called}?`}
          hint={`In ${about.called}’s own words`}
          labelSize="m"
          isOptional
        />
        <Goals values={values} owners={owners} />
        <IfThens values={values} about={about} />
        <Agreement about={about} />
        <ButtonRow>
          <Button name="do" value="save" quickKey="S">
            Save the plan
          </Button>
        </ButtonRow>
      </PostForm>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}
